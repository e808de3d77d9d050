/**
 * What is asked, as it stands in the page's address, so that a reload and a shared link ask the same. Sheet and
 * parcel number are what a person typed; what was found is named by its identifier or by its feature.
 * @typedef {{point?: [number, number], sheet?: string, parcel?: string, unit?: string, identifier?: string,
 *   feature?: {layer: string, id: string}}} Question
 */

const NAMES = ["point", "sheet", "parcel", "unit", "identifier", "feature"];

/** @returns {Question|null} the question in the address */
export function readQuestion() {
  const query = new URLSearchParams(location.search);
  const identifier = query.get("identifier");
  if (identifier) return { identifier };
  const [sheet, parcel, unit] = ["sheet", "parcel", "unit"].map((name) => query.get(name) ?? undefined);
  if (sheet && parcel) return { sheet, parcel, unit };
  const feature = /^([a-z_]+)\/(\d+)$/.exec(query.get("feature") ?? "");
  if (feature) return { feature: { layer: feature[1], id: feature[2] } };
  const point = (query.get("point") ?? "").split(",").map(Number);
  return point.length === 2 && point.every(Number.isFinite) ? { point: [point[0], point[1]] } : null;
}

/**
 * Put a question in the address; null takes it out.
 * @param {Question|null} question
 * @param {{replace?: boolean}} [how] replace: the same question better put, no new step back
 */
export function writeQuestion(question, { replace = false } = {}) {
  const query = new URLSearchParams(location.search);
  for (const name of NAMES) query.delete(name);
  for (const [name, value] of Object.entries(parameters(question ?? {}))) query.set(name, value);
  if (question?.feature) query.set("feature", `${question.feature.layer}/${question.feature.id}`);
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  const address = `${location.pathname}${text ? `?${text}` : ""}${location.hash}`;
  if (address === location.pathname + location.search + location.hash) return;
  history[replace ? "replaceState" : "pushState"](null, "", address);
}

/** The look-up's parameters for a question. @param {Question} question @returns {Record<string, string>} */
export function parameters(question) {
  if (question.identifier) return { identifier: question.identifier };
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
