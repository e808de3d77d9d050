import { config } from "../config.js";
import { el } from "../dom.js";
import { date, moment } from "../format.js";
import { t } from "../texts.js";
import { field } from "./fields.js";
import { send } from "./send.js";
import { who } from "./who.js";

/** Notes of colleagues, then what happened, the newest first; neither can be changed. */
export function journal(one, tools) {
  const notes = one.hidden.includes("notes") ? el("p", { class: "quiet" }, t("case.hidden", { unit: one.unit_name })) : list(one);
  return el("section", { class: "panel", "aria-labelledby": "journal-title" },
    el("h2", { id: "journal-title" }, t("journal.notes")), notes, !one.hidden.includes("notes") && form(tools),
    el("details", { open: true }, el("summary", {}, t("journal.title")),
      el("ol", { class: "journal", reversed: true }, ...[...one.journal].reverse().map(line))));
}

function list(one) {
  if (one.notes.length === 0) return el("p", { class: "quiet" }, t("journal.no_notes"));
  return el("ul", { class: "notes" }, ...one.notes.map((note) => el("li", {}, el("p", {}, note.words), el("p", { class: "small" }, t("fact.by", { moment: moment(note.at), name: note.by })))));
}

function form(tools) {
  const words = field(t("journal.add"), el("textarea", { name: "words", maxlength: 4000, rows: 2 }), t("move.note_hint"));
  return el("form", { class: "form", "aria-label": t("journal.add"), onsubmit: async (event) => {
    event.preventDefault();
    if (!words.input.value.trim()) return words.blame(t("move.words_missing"));
    await send("POST", `${tools.address}/notes`, { words: words.input.value.trim() });
    await tools.look();
  } }, words.whole, el("div", { class: "turns" }, el("button", { type: "submit", class: "button quiet" }, t("journal.add"))));
}

/** What the console has no words for is told as it is called. */
const line = (one) => (`entry.${one.action.replace(/[.-]/g, "_")}` in config.texts ? entry(one)
  : el("li", {}, el("p", {}, t("entry.other", { action: one.action })), el("p", { class: "small" }, t("fact.by", { moment: moment(one.at), name: who(one.actor) }))));

function entry(one) {
  const { detail } = one;
  const day = (iso) => (iso && iso !== "None" ? date(iso) : t("due.none"));
  const words = t(`entry.${one.action.replace(/[.-]/g, "_")}`, {
    move: detail.move_title ?? "", from: detail.from_title ?? "", to: detail.to_title ?? detail.to ?? t("line_case.nobody"),
    kind: detail.kind_title ?? "", submission: detail.submission ?? "", clock: detail.clock_title ?? "", body: detail.body ?? "", answer: detail.answer_title ?? "", before: day(detail.before), now: day(detail.now),
  });
  return el("li", {}, el("p", {}, words), detail.reason && el("p", {}, t("journal.reason", { reason: detail.reason })),
    el("p", { class: "small" }, t("fact.by", { moment: moment(one.at), name: who(one.actor) })));
}
