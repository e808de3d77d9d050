import { el } from "../dom.js";
import { date, today } from "../format.js";
import { t } from "../texts.js";

/** Why a move cannot be made yet, each with where to mend it; the server refuses it for the same reasons. */
export function obstacles(one, move) {
  return [...unstated(one, move), ...papers(one, move), ...consulted(one, move), ...once(one, move), ...tooEarly(one, move)];
}

/** What stands in the way, said before the button is pressed. @returns {HTMLElement|null} */
export function told(one, move) {
  const found = obstacles(one, move);
  if (found.length === 0) return null;
  return el("div", { class: "told warn", id: `before-${move.name}` }, ...found.map(({ words, to, link }) =>
    el("p", {}, words, to && " ", to && el("a", { href: to, class: "link" }, link))));
}

/** What is proposed is the building that was handed in last. */
function unstated(one, move) {
  const needed = one.workflow.name === "building_permit" && move.name === "propose" && !one.details.some((each) => each.name === "kind" && each.value === "extension");
  if (!needed || one.journal.some((entry) => entry.action.startsWith("building."))) return [];
  return [{ words: t("move.no_building"), to: "#building", link: t("move.to_building") }];
}

function papers(one, move) {
  const held = new Set(one.documents.map((document) => document.kind));
  const lacking = one.document_kinds.filter((kind) => move.needs.documents.includes(kind.name) && !held.has(kind.name));
  if (lacking.length === 0) return [];
  return [{ words: t("move.lacks", { documents: lacking.map((kind) => kind.title).join(", ") }), to: "#documents", link: t("move.to_documents") }];
}

function consulted(one, move) {
  if (!move.needs.consulted) return [];
  const waiting = (one.consultations ?? []).filter((each) => each.outcome === "waiting");
  if (waiting.length === 0) return [];
  const bodies = waiting.map((each) => (each.due_on ? t("move.until", { body: each.body, date: date(each.due_on) }) : each.body));
  return [{ words: t("move.consulting", { bodies: bodies.join("; ") }), to: "#consultations", link: t("move.to_consultations") }];
}

function once(one, move) {
  const made = move.once && one.journal.find((entry) => entry.detail.move === move.name);
  return made ? [{ words: t("move.made_once", { date: date(made.at) }) }] : [];
}

function tooEarly(one, move) {
  const clock = move.after && one.clocks.find((each) => each.title === move.after);
  if (clock && !clock.due_on) return [{ words: t("move.uncounted", { clock: clock.title }) }];
  return clock?.due_on && clock.due_on >= today() ? [{ words: t("move.too_early", { clock: clock.title, date: date(clock.due_on) }) }] : [];
}
