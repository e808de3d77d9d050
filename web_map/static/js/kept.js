import { ask } from "./ask.js";
import { config, inWords } from "./config.js";
import { el } from "./dom.js";
import { date, moment, number } from "./format.js";
import { t } from "./texts.js";

/** A kept answer, with what has changed since. @param {string} id @param {AbortSignal} signal */
export const askKept = (id, signal) =>
  ask(`/answers/${encodeURIComponent(id)}`, inWords, { signal, worded: true });

/**
 * That this is the answer of a day gone by, what has changed since, and a way to ask again.
 * @param {any} answer as it was kept
 * @param {() => void} again
 */
export function keptBanner({ language, receipt, since }, again) {
  const days = { day: date(since.as_of), date: date(since.checked_on) };
  const ofItsDay = since.as_of === since.checked_on ? "kept.changed" : "kept.corrected";
  return el("section", { class: "kept", "data-changed": String(!since.unchanged), "aria-label": t("kept.title") },
    el("h3", {}, t("kept.title")),
    el("p", {}, t("kept.made", { at: moment(receipt.made_at) })),
    isForeign(language) && el("p", { class: "kept-language" }, t("kept.language")),
    receipt.statement && el("p", {}, el("strong", {}, t("kept.statement", {
      number: receipt.statement.number, office: receipt.statement.office, at: moment(receipt.statement.signed_at),
    }))),
    since.unchanged && el("p", {}, t("kept.unchanged", days)),
    ...listed(ofItsDay, since.changes, days), ...listed("kept.today", since.today, days),
    el("button", { type: "button", class: "button", onclick: again }, t(isForeign(language) ? "kept.again_here" : "kept.again")));
}

/** What was given in one language stays in it: it is what a receipt is for. @param {string|undefined} language */
const isForeign = (language) => language !== undefined && language !== config.language;

/** Changes under a line that says of what; nothing where there are none. @param {string} told @param {any[]} changes @param {Record<string, string>} days */
const listed = (told, changes, days) => changes.length === 0 ? [] : [
  el("p", {}, t(told, { ...days, n: number(changes.length) })),
  el("ul", { class: "kept-changes" }, ...changes.map((change) => el("li", {}, change.sentence))),
];
