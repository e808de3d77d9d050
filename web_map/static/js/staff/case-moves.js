import { el } from "../dom.js";
import { t } from "../texts.js";
import { obstacles, told } from "./case-obstacles.js";
import { confirmThat } from "./dialog.js";
import { field, tick } from "./fields.js";

/** The one next step as a clear button; every other way on stands behind "Khác". */
export function moves(one, tools) {
  const { next, others, why_none: why } = one.moves;
  if (why) return el("section", { class: "panel", "aria-label": t("move.title") }, el("p", { class: "quiet" }, t(`why_none.${why}`, { unit: one.unit_name })));
  return el("section", { class: "panel next", "aria-labelledby": "next-title" },
    el("h2", { id: "next-title" }, t("move.title")),
    next && el("p", {}, next.help),
    next && told(one, next),
    next && el("div", { class: "turns" }, el("button", { type: "button", class: "button big", id: "next-step", ...held(one, next), onclick: () => ask(one, next, tools) }, next.title)),
    others.length > 0 && el("details", { class: "others" }, el("summary", {}, t("move.others")),
      el("ul", {}, ...others.map((move) => el("li", {},
        el("button", { type: "button", class: `button quiet ${move.grave ? "danger" : ""}`, ...held(one, move), onclick: () => ask(one, move, tools) }, move.title),
        el("div", {}, el("p", { class: "small" }, move.help, move.once && ` ${t("move.once")}`), told(one, move)))))));
}

/** A button that would be refused cannot be pressed, and says why. */
const held = (one, move) => (obstacles(one, move).length ? { disabled: true, "aria-describedby": `before-${move.name}` } : {});

function ask(one, move, tools) {
  const area = (name) => el("textarea", { name, maxlength: name === "reason" ? 500 : 4000, rows: 3 });
  const reason = move.needs.reason ? field(t("move.reason"), area("reason"), t("move.reason_hint")) : null;
  const note = field(t(move.needs.note ? "move.note" : "move.note_free"), area("note"), t("move.note_hint"));
  const asks = move.asks.map((each) => ({ each, ...field(each.required ? each.title : t("move.if_needed", { title: each.title }), el("input", { type: "text", name: each.name, maxlength: each.most, autocomplete: "off" }), each.hint) }));
  const looked = move.needs.subject_confirmed && one.subject?.changed ? tick(t("subject.looked"), { name: "looked" }) : null;
  confirmThat({
    title: t("move.sure", { step: move.title }), yes: move.title, danger: move.grave && move !== one.moves.next,
    content: [
      el("p", {}, move.help), el("p", {}, t("move.leads", { state: move.to })),
      move.tells_applicant && el("p", { class: "quiet" }, t("move.tells")),
      move.once && el("p", { class: "quiet" }, t("move.once")),
      move.grave && one.results.length > 0 && el("dl", { class: "facts" }, ...one.results.map((each) => el("div", {}, el("dt", {}, each.title), el("dd", {}, each.text)))),
      ...asks.map((input) => input.whole), reason?.whole, note.whole, looked?.whole,
    ],
    act: async () => {
      const said = (which) => which?.input.value.trim() || undefined;
      if (reason && !said(reason)) return t("move.reason_missing");
      if (move.needs.note && !said(note)) return t("move.words_missing");
      let lacking = false;
      for (const one of asks) {
        const empty = one.each.required && !said(one);
        one.blame(empty ? t("move.words_missing") : null);
        lacking ||= empty;
      }
      if (lacking) return t("move.words_missing");
      if (looked && !looked.input.checked) return t("subject.look_first");
      await tools.act("moves", {
        move: move.name, version: one.version, reason: said(reason), note: said(note),
        given: Object.fromEntries(asks.filter(said).map((input) => [input.each.name, said(input)])),
        confirm_subject_version: looked ? one.subject.version : undefined,
      });
      return null;
    },
  });
}
