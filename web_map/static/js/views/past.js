import { ask } from "../ask.js";
import { readQuestion } from "../address.js";
import { config, inWords } from "../config.js";
import { dayAsked, plainStyle, writeDay } from "../day.js";
import { showMark } from "./mark.js";

/** Told on the document when the map shows another day than before. */
export const DAY_CHANGED = "gis:day";

/**
 * @typedef {import("./stops.js").Days} Days
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

/**
 * Show a view on a map that is there already. Tiles and filters become otherwise in one step: MapLibre drops the word of
 * new tiles (`setTiles`) while a filter or anything else of the same source waits for the next picture, and keeps those
 * it has. A source with another address is put in place of the old one; nothing of another day stays on the map.
 * @param {import("maplibre-gl").Map} map @param {View} view @param {Days} known
 */
export function showOn(map, view, known) {
  const wanted = styleOf(view, known);
  const filters = new Map(wanted.layers.map((layer) => [layer.id, layer.filter]));
  map.setStyle(wanted, { transformStyle: dressed });

  /** What the map is now, with the sources and filters of the view: what was switched, faded or lit up stays so. */
  function dressed(now) {
    const sources = { ...now.sources };
    for (const [id, { tiles }] of Object.entries(wanted.sources)) {
      if (!sources[id] || !tiles || sources[id].tiles.join() === tiles.join()) continue;
      delete map.getContainer().dataset.idle;
      sources[id] = { ...sources[id], tiles };
    }
    const layers = now.layers.map(({ filter, ...layer }) => {
      const asked = filters.has(layer.id) ? filters.get(layer.id) : filter;
      return asked ? { ...layer, filter: asked } : layer;
    });
    return { ...now, sources, layers };
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
