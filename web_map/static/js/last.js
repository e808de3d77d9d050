import { addressOf } from "./address.js";
import { config } from "./config.js";
import { el } from "./dom.js";
import { moment } from "./format.js";
import { t } from "./texts.js";

/**
 * The last answer stays on the device, to be seen again without a network. Only what everybody is told: who is
 * signed in leaves nothing behind.
 */
const NAME = "last-answer";

/**
 * @param {any} answer @param {any} parcel the one of it that is shown; null for all of them as one site
 * @param {import("./address.js").Question} question that finds it again
 */
export function rememberAnswer(answer, parcel, question) {
  if (config.account) return forgetAnswer();
  const kept = { language: config.language, address: addressOf(question, ""), at: new Date().toISOString(), parcel: parcel?.id ?? null, answer };
  try {
    localStorage.setItem(NAME, JSON.stringify(kept));
  } catch {
    forgetAnswer(); // no room, or none allowed
  }
}

/** @returns {{address: string, at: string, parcel: any, answer: any}|null} */
export function lastAnswer() {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? "null");
    const parcel = kept?.answer.parcels.find((one) => one.id === kept.parcel) ?? null;
    return kept && (parcel || kept.parcel === null) ? { ...kept, parcel } : null;
  } catch {
    return null;
  }
}

/** What the answer on the device is called. @param {{parcel: any, answer: any}} last */
export const lastTitle = ({ parcel, answer }) => t("last.open", {
  what: parcel ? t("answer.parcel", { parcel: parcel.parcel_no, sheet: parcel.sheet_no })
    : t("site.title", { n: answer.parcels.length }),
});

export function forgetAnswer() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // nothing may be stored here, so nothing is
  }
}

/** That this was answered before the network went. @param {string} at @param {() => void} again */
export const rememberedBanner = (at, again) => el("section", { class: "kept", "data-changed": "true", "aria-label": t("last.title") },
  el("h3", {}, t("last.title")),
  el("p", {}, t("last.text", { at: moment(at) })),
  el("button", { type: "button", class: "button", onclick: again }, t("kept.again")));
