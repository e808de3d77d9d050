/**
 * What is asked, as it stands in the page's address, so that a reload and a shared link ask the same: a parcel has
 * its own address under /thua, a kept answer under /d, anything else stands behind the question mark. Sheet and parcel
 * number are what a person typed; what was found is named by its identifier or by its feature.
 * @typedef {{point?: [number, number], sheet?: string, parcel?: string, unit?: string, identifier?: string,
 *   address?: string, feature?: {layer: string, id: string}, answer?: string, ids?: string[]}} Question
 */

const NAMES = ["point", "sheet", "parcel", "unit", "identifier", "address", "feature", "parcels"];
/** Numbers and identifiers that can stand in a path. */
const SAFE = /^[0-9A-Za-z\u00c0-\u1ef9.-]+$/;

/** @returns {Question|null} the question in the address */
export function readQuestion() {
  const query = new URLSearchParams(location.search);
  const path = questionOfPath();
  const feature = /^([a-z_]+)\/(\d+)$/.exec(query.get("feature") ?? "");
  if (feature && !path?.answer) return { ...path, feature: { layer: feature[1], id: feature[2] } };
  return path ?? questionOfQuery(query);
}

function questionOfPath() {
  const [place, ...names] = location.pathname.split("/").filter(Boolean).map(decoded);
  if (place === "d" && names.length === 1) return { answer: names[0] };
  if (place !== "thua") return null;
  if (names.length === 1) return { identifier: names[0] };
  const [unit, sheet, parcel] = names;
  return names.length === 3 ? { unit, sheet, parcel } : null;
}

function questionOfQuery(query) {
  const identifier = query.get("identifier");
  if (identifier) return { identifier };
  const address = query.get("address");
  if (address) return { address };
  const [sheet, parcel, unit] = ["sheet", "parcel", "unit"].map((name) => query.get(name) ?? undefined);
  if (sheet && parcel) return { sheet, parcel, unit };
  const ids = (query.get("parcels") ?? "").split(",").filter((id) => /^\d+$/.test(id));
  if (ids.length > 0) return { ids };
  const point = (query.get("point") ?? "").split(",").map(Number);
  return point.length === 2 && point.every(Number.isFinite) ? { point: [point[0], point[1]] } : null;
}

/**
 * Put a question in the address; null takes it out.
 * @param {Question|null} question
 * @param {{replace?: boolean}} [how] replace: the same question better put, no new step back
 */
export function writeQuestion(question, { replace = false } = {}) {
  const address = addressOf(question) + location.hash;
  if (address === location.pathname + location.search + location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
}

/** Path and query of a question, beside what else the address says. @param {Question|null} question @param {string} [beside] */
export function addressOf(question, beside = location.search) {
  const query = new URLSearchParams(beside);
  for (const name of NAMES) query.delete(name);
  const path = pathOf(question ?? {});
  if (!path) for (const [name, value] of Object.entries(parameters(question ?? {}))) query.set(name, value);
  if (question?.feature) query.set("feature", `${question.feature.layer}/${question.feature.id}`);
  if (question?.ids) query.set("parcels", question.ids.join(","));
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  return `${path ?? "/"}${text ? `?${text}` : ""}`;
}

/** The path that names what is asked, null where only a query can. */
function pathOf({ answer, identifier, unit, sheet, parcel }) {
  if (answer) return `/d/${encodeURIComponent(answer)}`;
  if (identifier) return SAFE.test(identifier) ? `/thua/${encodeURIComponent(identifier)}` : null;
  const name = plain(unit ?? "");
  if (!name || ![sheet, parcel].every((number) => SAFE.test(number ?? ""))) return null;
  return `/thua/${[name, sheet, parcel].map(encodeURIComponent).join("/")}`;
}

/** A unit as it can be read out: "Phường 5" is phuong-5. Codes stay. @param {string} unit */
const plain = (unit) => unit.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u0110\u0111]/g, "d").toLowerCase()
  .replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The look-up's parameters for a question. @param {Question} question @returns {Record<string, string>} */
export function parameters(question) {
  if (question.feature) return {};
  if (question.identifier) return { identifier: question.identifier };
  if (question.address) return { address: question.address };
  if (question.sheet && question.parcel) {
    const { sheet, parcel, unit } = question;
    return unit ? { sheet, parcel, unit } : { sheet, parcel };
  }
  return question.point ? { point: question.point.map((degrees) => degrees.toFixed(6)).join(",") } : {};
}

/** Another language for the same question and view, in the same step of the history. @param {HTMLAnchorElement} link */
export function keepQuestionIn(link) {
  const language = new URLSearchParams(link.search).get("lang");
  link.addEventListener("click", (event) => {
    const query = new URLSearchParams(location.search);
    query.set("lang", language ?? "vi");
    link.href = `?${query}${location.hash}`;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(link.href);
  });
}
