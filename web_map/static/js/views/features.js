import { ask } from "../ask.js";
import { config } from "../config.js";
import { asOf, dayAsked } from "../day.js";
import { nameOf, words } from "../feature.js";
import { landUse } from "../format.js";
import { t } from "../texts.js";
import { awayFrom } from "./where.js";

/** Features asked for at once. A layer with no more in view is at hand as a whole, and is put in any order here. */
const PORTION = 200;
const collator = new Intl.Collator(config.language, { numeric: true });

/**
 * @typedef {{id: string, name: string, texts: (string|null)[], values: unknown[], away: {metres: number, way: number}}} Row
 * @typedef {{by: number|"name"|"away"|null, down: boolean}} Order by a column, by name, by distance, or as stored
 */

/**
 * The features of a layer within a box, read in portions.
 * @param {any} layer an entry of the legend
 * @param {number[]} box west, south, east, north
 * @param {[number, number]} centre
 * @param {AbortSignal} signal
 */
export function makeFeatures(layer, box, centre, signal) {
  const columns = layer.brief.map((name) => layer.properties.find((property) => property.name === name));
  /** @type {Row[]} */
  let rows = [];
  /** @type {string|null} */
  let next = null;
  /** @type {number|null} how many there are; null where they are more than the server counts */
  let matched = 0;
  /** @type {Order} */
  let order = { by: null, down: false };

  const whole = () => next === null && rows.length === matched;

  async function begin() {
    rows = [];
    next = null;
    const on = layer.history ? asOf() : {};
    const only = dayAsked() ? layer.only_on?.replaceAll("$day", dayAsked()) : layer.only;
    const sortby = sortedBy();
    await take(await ask(`/ogc/collections/${layer.id}/items`, {
      f: "json", bbox: box.map((degrees) => degrees.toFixed(6)).join(","), limit: PORTION, ...on,
      ...(only && { filter: only }), ...(sortby && { sortby }),
    }, { signal }));
  }

  function sortedBy() {
    if (order.by === null || order.by === "away") return null;
    const name = order.by === "name" ? layer.heading : columns[order.by].name;
    return `${order.down ? "-" : ""}${name}`;
  }

  function take(page) {
    matched = page.numberMatched ?? null;
    next = page.links.find((link) => link.rel === "next")?.href ?? null;
    rows.push(...page.features.map(row));
  }

  /** @returns {Row} */
  function row(feature) {
    const values = columns.map((property) => feature.properties[property.name]);
    return {
      id: String(feature.id),
      name: nameOf(layer, feature) ?? t("list.unnamed"),
      values,
      texts: columns.map((property, index) => said(property, values[index])),
      away: awayFrom(feature.geometry, centre),
    };
  }

  /** Puts what is here as a whole in order; what is not is asked for anew in that order. @param {Order} wanted */
  async function sort(wanted) {
    order = wanted;
    if (!whole()) return begin();
    const of = {
      away: (one) => one.away.metres, name: (one) => one.name,
    }[order.by] ?? ((one) => one.values[order.by] ?? null);
    rows.sort((one, other) => compare(of(one), of(other), order.down));
  }

  return {
    columns,
    begin: async () => {
      await begin();
      if (whole()) await sort({ by: "away", down: false });
    },
    sort,
    order: () => order,
    matched: () => matched,
    whole,
    /** Can a column put the list in order? @param {Order["by"]} by */
    sortable(by) {
      if (whole()) return true;
      const property = by === "name" ? layer.properties.find((each) => each.name === layer.heading) : columns[by];
      return by !== "away" && Boolean(property?.sortable);
    },
    /** Some rows; those not here yet are asked for. @param {number} from @param {number} count */
    async rows(from, count) {
      while (rows.length < from + count && next !== null) {
        const address = new URL(next);
        take(await ask(`${address.pathname}${address.search}`, {}, { signal }));
      }
      return rows.slice(from, from + count);
    },
    /** Do more follow after these? @param {number} count */
    more: (count) => next !== null || rows.length > count,
  };
}

/** What has no value comes last either way. */
function compare(one, other, down) {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order = typeof one === "number" && typeof other === "number" ? one - other : collator.compare(flat(one), flat(other));
  return down ? -order : order;
}

const flat = (value) => (typeof value === "object" ? JSON.stringify(value) : String(value));

/** A value as people read it in a list; of several land uses their names alone. */
function said(property, value) {
  if (Array.isArray(value) && value[0]?.code) return value.map((one) => landUse(one.code)).join("; ");
  return words(property, value);
}
