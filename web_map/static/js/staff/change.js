import { el } from "../dom.js";
import { area, date, number, share } from "../format.js";
import { t } from "../texts.js";
import { kindName } from "./kinds.js";
import { evidence } from "./evidence.js";
import { withName } from "./parts.js";

/**
 * One change: what it is, what is different, and where.
 * @param {any} change
 * @param {any} layer
 * @param {any} stage the map
 * @param {any} state of the delivery
 */
export function changeCard(change, layer, stage, state, ...more) {
  return el("article", { class: "change", "data-kind": change.kind, "data-change": change.change_no },
    el("div", { class: "change-head" },
      el("h4", {}, el("span", { class: "swatch", "data-kind": change.kind, "aria-hidden": "true" }), el("span", {}, `${kindName(change.kind)}: ${nameOf(change, layer, state)}`)),
      change.doubtful && el("span", { class: "chip warn" }, chipOf(change))),
    comparison(change, layer, state),
    change.doubtful && evidence(change.evidence, layer),
    el("div", { class: "turns" },
      change.bbox && el("button", { type: "button", class: "link", onclick: () => stage.showBox(change.bbox) }, t("findings.on_map")), ...more));
}

/** What was said of a doubtful change; else why it is one. */
function chipOf({ decision, confidence, evidence: noted }) {
  if (decision) return t(noted?.edited_on && decision === "accepted" ? "doubt.corrects" : `doubt.${decision}`);
  return noted?.edited_on ? t("doubt.edited") : t("doubt.sure", { share: share(confidence) });
}

/** What people call the feature: its key, or its number. */
export function nameOf(change, layer, state) {
  const held = change.after ?? change.before ?? {};
  const key = (layer?.key ?? []).filter((name) => held[name]);
  const title = (name) => layer.properties.find((each) => each.name === name)?.title ?? name;
  if (key.length) return key.map((name) => withName(state, name, held[name]) ?? `${title(name)} ${held[name]}`).join(", ");
  return (layer?.heading && held[layer.heading]) || t("findings.feature", { id: change.feature ?? change.row_no });
}

/** Before and after side by side; of a change only what differs. */
function comparison(change, layer, state) {
  const both = change.before && change.after;
  const rows = (layer?.properties ?? [])
    .filter((each) => each.name !== "source_date")
    .map((each) => [each, change.before?.[each.name], change.after?.[each.name]])
    .filter(([each, old, fresh]) => (both ? each.name in change.after && !same(old, fresh) : (old ?? fresh ?? null) !== null))
    .slice(0, both ? 40 : 6)
    .map(([each, old, fresh]) => [each.title, ...[old, fresh].map((value) => withName(state, each.name, value) ?? shown(each, value))]);
  const moved = Math.abs((change.area_before_m2 ?? 0) - (change.area_after_m2 ?? 0)) >= 0.05;
  if (moved) rows.push([t("change.area"), squared(change.area_before_m2), squared(change.area_after_m2)]);
  if (rows.length === 0) return el("p", { class: "small" }, t(both ? "change.shape_only" : "change.nothing_said"));
  const head = ["change.property", "change.before", "change.after"].map((key) => el("th", { scope: "col" }, t(key)));
  return el("div", { class: "table", tabindex: "0", role: "group", "aria-label": nameOf(change, layer, state) },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)),
      el("tbody", {}, ...rows.map(([title, old, fresh]) => el("tr", {}, el("th", { scope: "row" }, title), el("td", {}, old), el("td", {}, fresh))))));
}

/** What a list within a property holds, number by number as people write them. */
const inside = (one) => Object.values(one).filter((each) => each !== null).map((each) => (typeof each === "number" ? number(each) : String(each))).join(", ");
const same = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const squared = (value) => (typeof value === "number" ? `${area(value)} m²` : "–");

function shown(property, value) {
  if (value === null || value === undefined || value === "") return "–";
  if (property.values?.[value]) return property.values[value];
  if (typeof value === "number") return number(value) + (property.unit ? ` ${property.unit}` : "");
  if (typeof value === "boolean") return t(value ? "change.yes" : "change.no");
  if (Array.isArray(value)) return value.map((one) => (typeof one === "object" ? inside(one) : String(one))).join("; ") || "–";
  if (typeof value === "object") return inside(value);
  return /^\d{4}-\d{2}-\d{2}/.test(value) ? date(value) : String(value);
}
