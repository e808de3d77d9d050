import { ask } from "../ask.js";
import { readQuestion } from "../address.js";
import { config, inWords } from "../config.js";
import { dayAsked, plainStyle, writeDay } from "../day.js";
import { date } from "../format.js";
import { showMark } from "./mark.js";

/** Told on the document when the map shows another day than before. */
export const DAY_CHANGED = "gis:day";

/**
 * @typedef {{today: string, layers: {id: string, title: string, begins: string|null, days: {day: string, features: number}[]}[]}} Days
 * @typedef {{day: string|null, plan?: string}} View what a map shows: a day, null being today, and of the plans one alone
 */

/** @type {Promise<Days>|null} */
let days = null;

/** On which days each layer changed. @returns {Promise<Days>} */
export function readDays() {
  days ??= ask("/api/layers/days", inWords);
  days.catch(() => { days = null; });
  return days;
}

/**
 * The day to ask a layer for, so that days between which nothing changed are the same tiles: null is today.
 * @param {Days["layers"][number]} layer @param {string|null} day
 */
function dayOf(layer, day) {
  if (day === null || !layer.days.some((change) => change.day > day)) return null;
  return layer.days.findLast((change) => change.day <= day)?.day ?? day;
}

/** The map's style for a view. @param {View} view @param {Days} known */
export function styleOf({ day, plan }, known) {
  const style = plainStyle();
  const sources = { ...style.sources };
  for (const layer of known.layers) {
    const source = sources[layer.id];
    const asked = dayOf(layer, day);
    if (source && asked) sources[layer.id] = { ...source, tiles: source.tiles.map((address) => `${address}?as_of=${asked}`) };
  }
  const layers = style.layers.map((layer) => {
    const then = day && layer.metadata?.["gis:filter_on"];
    const filters = [then ? JSON.parse(JSON.stringify(then).replaceAll('"$day"', JSON.stringify(day))) : layer.filter];
    if (plan && layer.source === config.plans) filters.push(["==", ["get", "plan_code"], plan]);
    const given = filters.filter(Boolean);
    if (given.length === 0) return layer;
    return { ...layer, filter: given.length > 1 ? ["all", ...given] : given[0] };
  });
  return { ...style, sources, layers };
}

/** Show a view on a map that is there already. @param {import("maplibre-gl").Map} map @param {View} view @param {Days} known */
export function showOn(map, view, known) {
  const style = styleOf(view, known);
  for (const [id, { tiles }] of Object.entries(style.sources)) {
    const source = map.getSource(id);
    // A source that is not ready yet knows its tiles only as it was told of them.
    if (!source || !tiles || (source.tiles ?? source.serialize().tiles).join() === tiles.join()) continue;
    delete map.getContainer().dataset.idle;
    source.setTiles(tiles);
  }
  for (const layer of style.layers) {
    if (!layer.filter && !layer.metadata?.["gis:filter_on"] && layer.source !== config.plans) continue;
    if (map.getLayer(layer.id)) map.setFilter(layer.id, layer.filter ?? null);
  }
}

/** @type {ReturnType<typeof begin>|null} */
let past = null;

/** The one keeper of the day of the map. @param {any} parts */
export function make(parts) {
  past ??= begin(parts);
  return past;
}

function begin({ map, inquiry, layers }) {
  let shown = dayAsked();
  let plan;
  if (shown) readDays().then(told);

  /** What the map shows now is said on the map, and to whoever listens. */
  function told(known) {
    showMark(shown, known, layers.shown(), () => goTo(null));
    document.dispatchEvent(new CustomEvent(DAY_CHANGED, { detail: shown }));
  }

  /** Move the map to another day; what is asked of it is asked anew. @param {string|null} day */
  async function goTo(day) {
    const known = await readDays();
    const next = day !== null && day < known.today ? day : null;
    writeDay(next);
    if (next === shown) return;
    shown = next;
    showOn(map, { day: shown, plan }, known);
    told(known);
    const question = readQuestion();
    if (question) inquiry.look(question, { again: true });
  }

  return {
    goTo,
    day: () => shown,
    /** Show one plan alone, or all of them again. @param {string|undefined} code */
    async onlyPlan(code) {
      plan = code;
      showOn(map, { day: shown, plan }, await readDays());
    },
    /** After a step in the history. The question is asked anew by whoever took the step. */
    async follow() {
      if (dayAsked() === shown) return;
      const known = await readDays();
      shown = dayAsked();
      showOn(map, { day: shown, plan }, known);
      told(known);
    },
  };
}

/** The days on which anything changed, up to today, each with what did. @param {Days} known */
export function stopsOf(known) {
  const stops = new Map();
  for (const { title, days: changes } of known.layers) {
    for (const { day, features } of changes) {
      if (day <= known.today) stops.set(day, [...(stops.get(day) ?? []), { title, features }]);
    }
  }
  return [...stops].sort(([one], [other]) => (one < other ? -1 : 1)).map(([day, changes]) => ({ day, changes }));
}

/** The day before one, as ISO. @param {string} day */
export const dayBefore = (day) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

/** A day as people write it, or the word for today. @param {string|null} day @param {string} today the word */
export const dayInWords = (day, today) => (day === null ? today : date(day));
