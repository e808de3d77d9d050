import { ask, Refusal } from "./ask.js";
import { config } from "./config.js";
import { el } from "./dom.js";
import { featureFacts, nameOf, words } from "./feature.js";
import { askBody, askPlans } from "./plans.js";
import { t } from "./texts.js";

const IN_FORCE = "issued";

/**
 * The planning answer for the lot of a house: the one that its number was given for, else what stands at its gate.
 * @param {any} house GeoJSON of the layer @param {AbortSignal} signal
 * @returns {Promise<any>} null where it has no lot
 */
export async function askHouse({ properties }, signal) {
  const { parcel_id: id, address, unit_code: unit } = properties;
  const ways = [
    id && (() => askBody({ id }, signal)),
    address && (() => askPlans({ address: [address, unit].filter(Boolean).join(", ") }, signal)),
  ].filter(Boolean);
  for (const way of ways) {
    try {
      return await way();
    } catch (fault) {
      if (!(fault instanceof Refusal) || fault.status !== 404) throw fault;
    }
  }
  return null;
}

/**
 * What an answer is called: by the house where a house was asked for, else by its parcel.
 * @param {any} answer @param {any} parcel @param {{layer: any, feature: any}|null} house
 */
export function houseName({ query }, { parcel_no: parcel, sheet_no: sheet }, house) {
  const address = house ? nameOf(house.layer, house.feature) : query?.address;
  return address ? t("house.title", { address, parcel, sheet }) : t("answer.parcel", { parcel, sheet });
}

/** What is known of the number itself, below what its lot is asked for. @param {{layer: any, feature: any}} house */
export function houseFacts({ layer, feature }) {
  return el("details", { class: "slivers house" },
    el("summary", {}, t("house.about")), ...standing(layer, feature), ...featureFacts(layer, feature).slice(1));
}

/** A house whose lot nobody knows: that is said, then what its record has. */
export const withoutLot = (layer, feature) =>
  [el("p", { class: "told" }, t("house.no_lot")), ...standing(layer, feature), ...featureFacts(layer, feature)];

/** That a number is not in force. */
function standing(layer, { properties }) {
  if (!properties.state || properties.state === IN_FORCE) return [];
  const state = layer.properties.find((property) => property.name === "state");
  return [el("p", { class: "told" }, `${state.title}: ${words(state, properties.state)}`)];
}

/**
 * Of a number that its street does not have: what to try instead. Null where not even the street is known.
 * @param {any} problem of the look-up @param {string} address @param {AbortSignal} signal
 * @param {(feature: {layer: string, id: string}) => void} open
 * @returns {Promise<{title: string, content: Node[]}|null>}
 */
export async function missingHouse(problem, address, signal, open) {
  const [street] = problem?.streets ?? [];
  const number = problem?.looked_for?.number;
  if (!street || !number) return null;
  const choices = [
    ...await nearestNumbers(address, signal),
    ...problem.streets.map((one) => [[t("house.whole_street", { street: one.name }), one.units].filter(Boolean).join(", "),
      { layer: config.streets, id: String(one.id) }]),
  ];
  const line = ([text, feature]) => el("li", {},
    el("button", { type: "button", class: "choice", onclick: () => open(feature) }, el("strong", {}, text)));
  return {
    title: t("house.missing", { number, street: t("house.street", { street: street.name }) }),
    content: [el("p", { class: "told" }, t("house.missing_text")), el("ul", { class: "choices" }, ...choices.map(line))],
  };
}

async function nearestNumbers(address, signal) {
  try {
    const { results } = await ask("/api/geocode", { q: address, limit: 8 }, { signal });
    return results.filter(({ kind, match }) => kind === "house" && match === "nearest_number")
      .map((house) => [house.address, { layer: config.houses, id: String(house.id) }]);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    return [];
  }
}
