import { el } from "../dom.js";
import { lasting } from "../format.js";
import { t } from "../texts.js";

/** The parcel a remark speaks of, as people call it. @param {any} remark */
export function parcelName({ parcel }) {
  if (!parcel) return t("remark.no_parcel");
  const unit = parcel.unit_name ?? parcel.unit_code;
  const now = parcel.unit_now && parcel.unit_now !== unit ? t("remark.unit_now", { unit, now: parcel.unit_now }) : unit;
  return `${t("remark.parcel", { parcel: parcel.parcel_no, sheet: parcel.sheet_no })}, ${now}`;
}

/** How long it waits, or what came of it. @param {any} remark */
export function stateChip(remark) {
  if (remark.closed_at) return el("span", { class: "chip good" }, t(`resolution.${remark.resolution ?? "none"}`));
  const days = Math.floor((Date.now() - Date.parse(remark.filed_at)) / 86400000);
  if (days < 1) return el("span", { class: "chip" }, t("remarks.today"));
  return el("span", { class: `chip ${days > 7 ? "bad" : "warn"}` }, t("remarks.waited", { days: lasting("day", days) }));
}
