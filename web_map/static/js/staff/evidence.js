import { el } from "../dom.js";
import { date, number, share } from "../format.js";
import { config } from "../config.js";
import { t } from "../texts.js";

/** Why it was taken for that: as the comparison noted it. @param {Record<string, any>|null} noted @param {any} layer */
export function evidence(noted, layer) {
  const title = (name) => layer?.properties.find((each) => each.name === name)?.title ?? name;
  const lines = Object.entries(noted ?? {})
    .filter(([name, value]) => `evidence.${name}` in config.texts && value !== null && value.length !== 0)
    .map(([name, value]) => el("li", {}, t(`evidence.${name}`, { value: said(name, Array.isArray(value) ? value.map(title) : value) })));
  if (lines.length === 0) return null;
  return el("div", {}, el("p", { class: "small" }, t("doubt.why")), el("ul", { class: "bullets small" }, ...lines));
}

function said(name, value) {
  if (name === "edited_on") return date(value);
  if (name === "by") return `found_by.${value}` in config.texts ? t(`found_by.${value}`) : String(value);
  if (typeof value === "number") return /iou|covered|alike/.test(name) && value <= 1 ? share(value) : number(value);
  if (Array.isArray(value)) return value.join(", ");
  return String(value);
}
