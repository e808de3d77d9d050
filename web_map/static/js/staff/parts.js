import { t } from "../texts.js";

/** A value as people say it: what a code stands for with the code beside, where the delivery knows. */
export function withName(state, property, value) {
  const name = state.summary?.names?.[property]?.[value];
  return name ? t("part.named", { name, code: value }) : null;
}

/** A part as people call it: unit and sheet where it has them. */
export function partName(part, state) {
  if (part.unit_code) {
    const unit = withName(state, "unit_code", part.unit_code) ?? t("part.unit", { code: part.unit_code });
    return part.sheet_no ? t("part.sheet", { unit, sheet: part.sheet_no }) : unit;
  }
  return part.part || t("part.whole");
}
