import { ask, isGivenUp, Refusal } from "./ask.js";
import { config, inWords } from "./config.js";
import { el, isPhone } from "./dom.js";
import { area, number, share } from "./format.js";
import { setOpen } from "./sheet.js";
import { t } from "./texts.js";

const ADDRESS = "/api/planning/strip";
const FIRST_METRES = 10;
const MOST_METRES = 300;
const LISTED = 50;

/**
 * "Within N metres": what lies along a street's planned line, as a list, on the map, and as a table to save.
 * @param {number|string} street its id
 * @param {(geometries: GeoJSON.Geometry[], how?: {move?: boolean}) => void} light
 */
export function stripForm(street, light) {
  const metres = /** @type {HTMLInputElement} */ (el("input", {
    type: "number", inputmode: "decimal", min: "0", max: String(MOST_METRES), step: "any", required: true,
    value: String(FIRST_METRES), id: "strip-metres",
  }));
  const found = el("div", { class: "strip-found", "aria-live": "polite" });
  let running = new AbortController();
  const form = el("form", { class: "strip-form", onsubmit: look },
    el("label", { for: "strip-metres" }, t("strip.within")), metres, el("span", {}, t("strip.metres")),
    el("button", { type: "submit", class: "button" }, t("strip.look")));
  return el("section", { class: "bucket strip" }, el("h3", { class: "plain" }, t("strip.title")),
    el("p", { class: "small" }, t("strip.about")), form, found);

  /** @param {Event} event */
  async function look(event) {
    event.preventDefault();
    running.abort();
    running = new AbortController();
    found.replaceChildren(el("p", { class: "small" }, t("strip.looking")));
    const asked = { street, metres: metres.value, limit: LISTED, ...inWords };
    try {
      const told = await ask(ADDRESS, asked, { signal: running.signal, worded: true });
      found.replaceChildren(...result(told));
      light([told.strip.geometry], { move: true });
    } catch (fault) {
      if (isGivenUp(fault)) return;
      if (!(fault instanceof Refusal)) throw fault;
      found.replaceChildren(el("p", { class: "told" }, fault.message));
    }
  }

  /** On a phone the list steps aside, or the map would be behind it. */
  function see(geometries) {
    if (isPhone()) setOpen(false);
    light(geometries, { move: true });
  }

  function result(told) {
    const { totals } = told;
    const parcels = el("ul", { class: "choices" });
    const all = [told.strip.road];
    const add = (page) => {
      all.push(...page.parcels.map((parcel) => parcel.geometry));
      parcels.append(...page.parcels.map((parcel) => parcelLine(parcel)));
    };
    add(told);
    return [
      el("p", { class: "strip-total" }, t("strip.total", {
        n: totals.parcels, taken: totals.taken_parcels, area: area(totals.taken_m2) })),
      ...told.notices.map((notice) => el("p", { class: "told" }, notice)),
      el("p", { class: "strip-links" },
        el("a", { class: "button quiet", download: true, href: tableAddress(told.metres) }, t("strip.csv")),
        el("button", { type: "button", class: "button quiet", onclick: () => see(all) }, t("strip.show_all"))),
      totals.parcels > 0 && el("h4", { class: "group" }, t("strip.parcels", { n: totals.parcels })),
      parcels,
      more(told, add),
      ...told.layers.map(others),
      told.hidden_layers > 0 && el("p", { class: "small" }, t("strip.hidden", { n: told.hidden_layers })),
      el("p", { class: "disclaimer" }, told.disclaimer),
    ].filter(Boolean);
  }

  function parcelLine(parcel) {
    const taken = parcel.taken_m2 >= 0.5;
    const distance = parcel.distance_m > 0 ? t("strip.distance", { m: number(parcel.distance_m) }) : t("strip.touches");
    return el("li", {},
      el("button", {
        type: "button", class: "choice", onclick: () => see([parcel.geometry]),
      },
        el("strong", {}, t("answer.parcel", { parcel: parcel.parcel_no, sheet: parcel.sheet_no })),
        parcel.address && el("span", {}, parcel.address),
        el("span", { class: "small" }, `${distance} – ${t("strip.area", {
          area: area(parcel.area_m2), share: share(parcel.share) })}`),
        taken && el("span", { class: "strip-taken" }, t("strip.taken", { area: area(parcel.taken_m2) }))));
  }

  /** The next page of parcels, added to the list. */
  function more(told, add) {
    const next = (page) => page.links.find((link) => link.rel === "next");
    if (!next(told)) return null;
    let page = told;
    const button = el("button", { type: "button", class: "button quiet", onclick: async () => {
      const asked = Object.fromEntries(new URL(next(page).href).searchParams);
      try {
        page = await ask(ADDRESS, asked, { worded: true });
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        return button.after(el("p", { class: "told" }, fault.message));
      }
      add(page);
      if (!next(page)) button.remove();
    } }, t("strip.more"));
    return button;
  }

  function others({ title, total, features }) {
    const named = features.slice(0, LISTED);
    const line = ({ title: name, distance_m: distance }) => el("li", {}, name ?? "–", el("span", { class: "small" },
      ` – ${distance > 0 ? t("strip.distance", { m: number(distance) }) : t("strip.touches")}`));
    return el("details", { class: "strip-layer" }, el("summary", {}, t("strip.layer", { layer: title, n: total })),
      el("ul", {}, ...named.map(line)),
      total > named.length && el("p", { class: "small" }, t("strip.more_in_table")));
  }

  function tableAddress(within) {
    const address = new URL(ADDRESS, location.origin);
    for (const [name, value] of Object.entries({ street, metres: within, f: "csv", lang: config.language })) {
      address.searchParams.set(name, String(value));
    }
    return address.href;
  }
}
