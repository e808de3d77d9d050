import { config } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { squareMetres } from "./draft-words.js";

/** What a draft would change, first in a plain sentence, then by kind of change, and the lists to take along. */
export function draftTotals(state, address) {
  const totals = state.totals;
  const sentences = [
    totals.parcels === 0 ? t("draft_totals.none") : t("draft_totals.parcels", {
      parcels: number(totals.parcels), area: squareMetres(totals.parcels_m2), changed: number(totals.changed), unchanged: number(totals.unchanged),
    }),
    totals.undecided > 0 && t("draft_totals.undecided", { n: number(totals.undecided) }),
    totals.road_parcels > 0 && t("draft_totals.roads", { n: number(totals.road_parcels), area: squareMetres(totals.road_m2), more: squareMetres(totals.road_new_m2) }),
    totals.houses > 0 && t("draft_totals.houses", { n: number(totals.houses), changed: number(totals.houses_changed) }),
    ...totals.cases.filter((each) => each.count).map((each) => t("draft_totals.cases", { kind: each[`title_${config.language}`].toLocaleLowerCase(), n: number(each.count) })),
    totals.only_slivers > 0 && t("draft_totals.slivers", { n: number(totals.only_slivers) }),
  ].filter(Boolean);
  const tile = (each) => el("li", { "data-change": each.change, "data-empty": String(!each.parcels) },
    el("strong", {}, number(each.parcels)), el("span", {}, each.title),
    el("span", { class: "small" }, each.parcels ? squareMetres(each.area_m2) : ""));
  const lists = ["csv", "gpkg"].map((form) =>
    el("a", { class: "button quiet", href: `${address}/effects.${form}?lang=${config.language}`, download: "" }, t(`draft_list.${form}`)));
  return el("section", { class: "panel", "aria-labelledby": "totals-title" },
    el("h2", { id: "totals-title" }, t("draft_totals.title")),
    el("p", { class: "verdict" }, sentences.join(" ")),
    el("ul", { class: "counts", "aria-label": t("draft_totals.by_change") }, ...state.changes.map(tile)),
    el("div", { class: "turns" }, ...lists),
    el("p", { class: "small" }, t("draft_totals.basis", { zones: number(totals.zones), area: squareMetres(totals.zones_m2) })),
    totals.synthetic && el("p", { class: "chip warn wide" }, t("console.synthetic")));
}
