const NAME = "gis-filing";

/**
 * What was typed so far: kept in this tab alone, so that a reload loses nothing, until it is sent or cleared.
 * @typedef {object} Draft
 * @property {string} [workflow]
 * @property {{id: number, title: string, place: string}} [lot]
 * @property {string} [place] the citizen's own words for it
 * @property {Record<string, string>} details
 * @property {Record<string, string>} building
 * @property {Record<string, string|boolean>} person
 * @property {boolean} [helped]
 * @property {Record<string, string>} helper
 * @property {number} [papers] how many files had been chosen: they themselves cannot be kept
 */

/** @returns {Draft} */
const empty = () => ({ details: {}, building: {}, person: {}, helper: {} });

/** What is kept, or nothing filled in. @returns {Draft} */
export function readDraft() {
  try {
    return { ...empty(), ...JSON.parse(sessionStorage.getItem(NAME) ?? "{}") };
  } catch {
    return empty();
  }
}

/** @param {Draft} draft */
export function keepDraft(draft) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(draft));
  } catch {
    // A browser that keeps nothing: the form works all the same.
  }
}

/** Nothing of anybody stays on this device. */
export function forgetDraft() {
  try {
    sessionStorage.removeItem(NAME);
  } catch {
    // There was nothing.
  }
}
