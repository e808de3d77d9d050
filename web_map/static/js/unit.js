import { ask, Refusal } from "./ask.js";
import { inWords } from "./config.js";
import { el } from "./dom.js";
import { nameOf } from "./feature.js";

/**
 * Whether a ward is one of today, or what it belongs to now: in the words of the search, which knows.
 * @param {any} layer @param {any} feature @param {AbortSignal} signal
 * @returns {Promise<Node[]>}
 */
export async function unitToday(layer, feature, signal) {
  try {
    const { results } = await ask("/api/search", { q: nameOf(layer, feature), limit: 20, ...inWords }, { signal });
    const found = results.find((result) => result.layer === layer.id && String(result.id) === String(feature.id));
    return found?.subtitle ? [el("p", { class: "told" }, found.subtitle)] : [];
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return [];
  }
}
