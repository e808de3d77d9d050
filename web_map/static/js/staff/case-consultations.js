import { el } from "../dom.js";
import { date, today } from "../format.js";
import { t } from "../texts.js";
import { working } from "./case-clocks.js";
import { isoDay } from "./days.js";
import { confirmThat } from "./dialog.js";
import { field, select } from "./fields.js";

const ANSWERS = ["agrees", "conditions", "objects"];
const MOOD = { waiting: "warn", agrees: "good", conditions: "warn", objects: "bad", silent: "good" };

/** Which bodies were asked about the case, what they said, and until when silence is no consent yet. */
export function consultations(one, tools) {
  const asked = one.consultations ?? [];
  if (!one.may_consult && asked.length === 0) return null;
  return el("section", { class: "panel", id: "consultations", "aria-labelledby": "consultations-title" },
    el("h2", { id: "consultations-title", tabindex: "-1" }, t("consult.title")),
    asked.length === 0 ? el("p", { class: "quiet" }, t("consult.none")) : el("ul", { class: "consultations" }, ...asked.map((each) => line(each, one, tools))),
    one.may_consult && el("div", { class: "turns" }, el("button", { type: "button", class: "button quiet", onclick: () => ask(one, tools) }, t("consult.ask"))));
}

function line(each, one, tools) {
  return el("li", { "data-outcome": each.outcome },
    el("p", { class: "check-name" }, el("strong", {}, each.body), " ", el("span", { class: `chip ${MOOD[each.outcome]}` }, t(`consult.${each.outcome}`))),
    el("p", { class: "small" }, due(each)),
    each.question && el("p", {}, t("consult.asked", { question: each.question })),
    each.words && el("p", {}, t("consult.said", { words: each.words })),
    each.rule?.missing && el("p", { class: "told warn" }, t("clock.no_rule", { reason: each.rule.missing })),
    each.rule?.document && el("p", { class: "small" }, t("clock.rule", { document: each.rule.document, article: each.rule.article, state: each.rule.state })),
    each.working?.length > 1 && working(each),
    one.may_consult && !each.answer && el("div", { class: "turns" },
      el("button", { type: "button", class: "button quiet", onclick: () => answer(each, tools) }, t("consult.take"), el("span", { class: "unseen" }, `: ${each.body}`))));
}

/** The due day, and what silence means before and after it. */
function due(each) {
  const days = { asked: date(each.asked_on), due: each.due_on ? date(each.due_on) : "", came: each.answered_on ? date(each.answered_on) : "" };
  if (each.answer) return t(each.late ? "consult.came_late" : "consult.came", days);
  if (!each.due_on) return t("consult.no_due", days);
  return t(each.outcome === "silent" ? "consult.silence" : "consult.due", days);
}

function ask(one, tools) {
  const body = field(t("consult.body"), el("input", { type: "text", name: "body", maxlength: 200, autocomplete: "off" }), t("consult.body_hint"));
  const question = field(t("consult.question"), el("textarea", { name: "question", maxlength: 4000, rows: 4 }), t("consult.question_hint"));
  confirmThat({
    title: t("consult.ask"), yes: t("consult.ask_yes"), content: [el("p", {}, t("consult.ask_help")), body.whole, question.whole],
    act: async () => {
      const [who, what] = [body, question].map((each) => each.input.value.trim());
      body.blame(who ? null : t("consult.body_missing"));
      question.blame(what ? null : t("consult.question_missing"));
      if (!who || !what) return t("move.words_missing");
      await tools.act("consultations", { body: who, question: what, version: one.version }, "consultations-title");
      return null;
    },
  });
}

function answer(each, tools) {
  const what = field(t("consult.answer"), select(ANSWERS.map((name) => [name, t(`consult.${name}`)]), "agrees", { name: "answer" }), t("consult.answer_hint"));
  const words = field(t("consult.words"), el("textarea", { name: "words", maxlength: 4000, rows: 3 }), t("consult.words_hint"));
  const day = field(t("consult.day"), el("input", { type: "text", name: "answered_on", inputmode: "numeric", autocomplete: "off", maxlength: 10, value: date(today()) }), t("consult.day_hint"));
  confirmThat({
    title: t("consult.take_from", { body: each.body }), yes: t("consult.take_yes"), content: [what.whole, day.whole, words.whole],
    act: async () => {
      const said = words.input.value.trim(), on = isoDay(day.input.value), lacking = what.input.value !== "agrees" && !said;
      words.blame(lacking ? t("consult.words_missing") : null);
      day.blame(on ? null : t("consult.day_missing"));
      if (lacking) return t("consult.words_missing");
      if (!on) return t("consult.day_missing");
      await tools.act(`consultations/${each.id}/answer`, { answer: what.input.value, words: said || undefined, answered_on: on === today() ? undefined : on }, "consultations-title");
      return null;
    },
  });
}
