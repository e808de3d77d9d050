import { ask } from "./ask.js";
import { config, inWords } from "./config.js";
import { el } from "./dom.js";
import { date, moment, number } from "./format.js";
import { t } from "./texts.js";

/**
 * What is known of one feature of any layer, in the words of the layer.
 * @param {any} layer an entry of the legend
 * @param {any} feature GeoJSON
 * @returns {Node[]}
 */
export function featureFacts(layer, feature) {
  const rows = layer.properties
    .filter((property) => property.name !== layer.heading && property.name !== "source_date" && isTold(layer, property.name))
    .map((property) => [property.title, words(property, feature.properties[property.name])])
    .filter(([, text]) => text !== null);
  const asOf = feature.properties.source_date;
  return [
    el("p", { class: "unit" }, layer.title),
    asOf && el("ul", { class: "badges" }, el("li", { class: "badge" }, t("source.as_of", { date: date(asOf) }))),
    el("dl", { class: "facts" }, ...rows.map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, text)))),
    layer.hidden.length > 0 && el("p", { class: "small" }, t("feature.hidden", { names: layer.hidden.join(", ") })),
  ].filter(Boolean);
}

/** What only ties rows together is no fact for people who look; who is signed in may have to look it up. */
const INNER = /_id$|^(generation|parent_code)$/;
const isTold = ({ heading }, name) => (config.account || !INNER.test(name)) && !(name === "name" && heading === "full_name");

/** The name of a feature, for a heading. */
export function featureName(layer, feature) {
  return nameOf(layer, feature) ?? layer.title;
}

/** What people call a feature, or null where it has no name. */
export function nameOf(layer, { properties }) {
  const names = [...(layer.named ?? "").matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const told = (name) => properties[name] !== null && properties[name] !== undefined && properties[name] !== "";
  if (names.length > 0 && names.every(told)) return layer.named.replace(/\{(\w+)\}/g, (_, name) => properties[name]);
  return layer.heading && told(layer.heading) ? String(properties[layer.heading]) : null;
}

/** A value in the words of its layer; null where there is none. @param {any} property of the legend @param {unknown} value */
export function words(property, value) {
  if (value === null || value === undefined || value === "") return null;
  if (Array.isArray(value)) return listed(property, value);
  if (typeof value === "object") return isStep(value) ? step(value) : members(property, value);
  if (typeof value === "boolean") return t(value ? "feature.yes" : "feature.no");
  if (property.values && String(value) in property.values) return property.values[String(value)];
  if (typeof value === "number") return number(value) + (property.unit ? ` ${property.unit}` : "");
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return moment(value);
  return date(String(value));
}

/** A step of the way to a house: the number of an alley or its own, with a letter. */
const isStep = (value) => typeof value?.number === "number" && Object.keys(value).every((name) => ["number", "suffix"].includes(name));
const step = ({ number: own, suffix }) => `${own}${suffix ?? ""}`;

function listed(property, values) {
  if (values.length > 0 && values.every(isStep)) return values.map(step).join("/");
  const nested = values.some((value) => typeof value === "object");
  return values.map((value) => words(property, value)).filter((text) => text !== null).join(nested ? "; " : ", ") || null;
}

/** What a value is made of: each part with its name, in the order of the layer; else as it came. */
function members(property, value) {
  const known = property.members ?? Object.keys(value).map((name) => ({ name }));
  return known.filter(({ name }) => config.account || !INNER.test(name)).map((member) => {
    const text = words(member, value[member.name]);
    return text === null || !member.title ? text : `${member.title}: ${text}`;
  }).filter((text) => text !== null).join(", ") || null;
}

/** The newest readings of a station, each with its age and how far it may be trusted. @param {string} code */
export async function latestReadings(code) {
  const { readings } = await ask(`/api/sensors/${encodeURIComponent(code)}/latest`, inWords);
  const heading = el("h3", {}, t("feature.readings"));
  if (readings.length === 0) return el("section", { class: "readings" }, heading, el("p", {}, t("feature.readings_none")));
  const line = (reading) => el("li", { "data-stale": reading.stale },
    el("span", { class: "reading-name" }, reading.property_title),
    el("strong", { class: "reading-value" },
      `${reading.value === null ? "–" : number(reading.value)}${reading.unit ? ` ${reading.unit}` : ""}`),
    el("span", { class: "small" },
      [t("feature.reading_at", { time: moment(reading.observed_at) }), reading.flag_title,
        reading.stale && t("feature.stale")].filter(Boolean).join(" – ")));
  return el("section", { class: "readings" }, heading, el("ul", {}, ...readings.map(line)));
}
