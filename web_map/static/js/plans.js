import { parameters } from "./address.js";
import { ask, asJson } from "./ask.js";
import { config, inWords } from "./config.js";
import { asOf } from "./day.js";

/**
 * The planning answer for a question.
 * @param {import("./address.js").Question} question
 * @param {AbortSignal} signal
 */
export function askPlans(question, signal) {
  const given = question.feature ? { id: Number(question.feature.id) }
    : question.ids ? { parcels: question.ids.map((id) => ({ id: Number(id) })) } : null;
  if (!given) return ask("/api/planning/lookup", { ...parameters(question), ...asOf(), ...inWords }, { signal, worded: true });
  return askBody(given, signal);
}

/** The same for what fits no address. @param {object} body @param {AbortSignal} signal */
export const askBody = (body, signal) =>
  ask("/api/planning/lookup", {}, { ...asJson({ ...body, ...asOf(), ...inWords }), signal, worded: true });

/** The question that means this parcel and no other, today and after a change of numbers. @param {any} parcel */
export function exactly({ identifier, id, unit_name: name, unit_code: code, sheet_no: sheet, parcel_no: parcel }) {
  return identifier ? { identifier } : { unit: name ?? code, sheet, parcel, feature: { layer: config.parcels, id: String(id) } };
}

/** What a kept answer was asked, to ask it of today. @param {any} answer @returns {import("./address.js").Question} */
export function todayAgain({ query, parcels }) {
  if (query.identifier) return { identifier: query.identifier };
  if (query.address) return { address: query.address };
  if (query.sheet && query.parcel) return { unit: query.unit, sheet: query.sheet, parcel: query.parcel };
  const point = (query.point ?? "").split(",").map(Number);
  if (point.length === 2 && point.every(Number.isFinite)) return { point: [point[0], point[1]] };
  return parcels.length === 1 ? exactly(parcels[0]) : { ids: parcels.map((parcel) => String(parcel.id)) };
}
