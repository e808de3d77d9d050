import { area, number, share } from "../format.js";
import { t } from "../texts.js";

/** Kinds of change, what matters most first; the colours are those of drafts.css. */
const COLOURS = {
  road: "#b3261e",
  road_lifted: "#2b7a4b",
  corridor: "#7b3fa0",
  function: "#c26a00",
  limits: "#2563a8",
  new: "#00798c",
  unknown: "#5c5449",
  same: "#8d7f6a",
  sliver: "#c9bfae",
};

export const CHANGES = Object.keys(COLOURS);

/** An expression of the map that gives a kind of change its colour. @param {unknown[]} change */
export const changeColour = (change) => ["match", change, ...Object.entries(COLOURS).flat(), COLOURS.unknown];

/** Square metres with their unit. @param {number} value */
export const squareMetres = (value) => t("draft.m2", { n: area(value) });

/** A parcel as people call it. */
export const parcelName = (row) => t("draft.parcel", { sheet: row.sheet_no, parcel: row.parcel_no });

/** A zone in a few words: its function and what may be built. */
export function zoneWords(zone) {
  if (!zone) return t("draft.nothing");
  const name = zone.function_name ?? zone.title ?? zone.kind_title;
  const figures = [
    zone.max_density_pct !== null && t("draft.density", { n: number(zone.max_density_pct) }),
    zone.floors_max !== null && t("draft.floors", { n: number(zone.floors_max) }),
    zone.height_max_m !== null && t("draft.height", { n: number(zone.height_max_m) }),
    zone.far_max !== null && t("draft.far", { n: number(zone.far_max) }),
  ].filter(Boolean);
  const called = zone.function_code && name ? `${name} (${zone.function_code})` : name ?? zone.function_code;
  const unknown = zone.kind === "zone" && zone.function_known === false ? t("draft.function_unknown") : null;
  return [called, unknown, ...figures].filter(Boolean).join("; ");
}

/** How much, and of how much. */
export const amount = (row) => t("draft.amount", { area: squareMetres(row.area_m2), share: share(row.share) });
