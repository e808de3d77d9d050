import { ask, Refusal } from "../ask.js";
import { config, inWords } from "../config.js";
import { readCoordinates } from "../coordinates.js";
import { el } from "../dom.js";
import { area } from "../format.js";
import { hintFor } from "../hints.js";
import { field } from "../staff/fields.js";
import { t } from "../texts.js";
import { typed } from "./parts.js";
import { around, holds, sketch } from "./sketch.js";

const ITEMS = `/ogc/collections/${config.parcels}/items`;
/** Some twenty metres: a gate stands beside its lot. */
const NEAR = 0.0002;
const LARGE = new Set(["streets", "admin_units", "waters", "zoning"]);

/** The lot: found by its number, an address or a place, and seen before it is taken. */
export function makeLot(draft, save, live) {
  const box = el("input", { type: "text", name: "lot", inputmode: "search", enterkeyhint: "search", autocomplete: "off", spellcheck: "false", maxlength: 200 });
  const search = field(t("lot.search"), box, t("lot.search_hint"));
  const found = el("div", { class: "found", role: "group", "aria-label": t("lot.found") });
  const chosen = el("div", { class: "chosen" });
  const place = typed(t("lot.place"), /** @type {any} */ (draft), "place", { hint: t("lot.place_hint"), attributes: { maxlength: 200 }, save });

  async function find() {
    const text = box.value.normalize("NFC").trim();
    search.blame(null);
    // Who looks for another lot has none until he takes it.
    draft.lot = null;
    save();
    chosen.replaceChildren();
    if (text.length < 2) return found.replaceChildren();
    try {
      const point = readCoordinates(text);
      if (point) return await lotsAt(point.lon, point.lat);
      const { results } = await ask("/api/search", { q: text, limit: 12, ...inWords });
      const fitting = results.filter((one) => one.layer === config.parcels || one.layer === config.houses || LARGE.has(one.layer)).slice(0, 8);
      told(fitting.map(result), fitting.length ? null : hintFor(text) ?? t("search.none", { query: text, example: config.city.centre.map((n) => n.toFixed(4)).reverse().join(", ") }));
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      search.blame(fault.message);
    }
    return undefined;
  }

  function told(choices, nothing) {
    live.textContent = t("lot.n_found", { n: choices.length });
    found.replaceChildren(...choices);
    if (nothing) search.blame(nothing);
  }

  /** A lot is taken; of a house or a place those that lie there are shown. */
  function result(one) {
    if (LARGE.has(one.layer)) return el("p", { class: "large" }, el("strong", {}, one.title), el("span", { class: "small" }, t("lot.street")));
    return choice(one.title, one.subtitle, () => (one.layer === config.parcels ? take(Number(one.id), one) : lotsAt(one.lon, one.lat)));
  }

  function choice(title, text, act) {
    return el("button", { type: "button", class: "choice", onclick: async () => {
      try {
        await act();
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        search.blame(fault.message);
      }
    } }, el("span", {}, el("strong", {}, title), text && el("span", { class: "small" }, text)));
  }

  async function lotsAt(lon, lat) {
    const { features } = await ask(ITEMS, { bbox: [lon - NEAR, lat - NEAR, lon + NEAR, lat + NEAR].join(","), limit: 20 });
    const here = features.find((lot) => holds(lot.geometry, lon, lat));
    const ordered = [...(here ? [here] : []), ...features.filter((lot) => lot !== here)].slice(0, 8);
    told([...(ordered.length ? [el("p", { class: "small" }, t("lot.near"))] : []),
      ...ordered.map((lot) => choice(name(lot), words(lot), () => show(lot)))],
    ordered.length ? null : t("lot.none_near"));
    if (here) await show(here, undefined, false);
  }

  async function take(id, { title, subtitle } = {}) {
    const lot = await ask(`${ITEMS}/${id}`);
    await show(lot, title ? [title, subtitle].filter(Boolean).join(" – ") : undefined, title !== undefined);
  }

  /** @param {boolean} chose by hand: then the list has done its work */
  async function show(lot, title = [name(lot), words(lot)].filter(Boolean).join(" – "), chose = true) {
    draft.lot = { id: Number(lot.id), title: name(lot), place: title.slice(0, 300) };
    search.blame(null);
    save();
    const { middle, reach } = around(lot.geometry);
    const wide = reach * 4 + NEAR;
    const { features } = await ask(ITEMS, { bbox: [middle[0] - wide, middle[1] - wide, middle[0] + wide, middle[1] + wide].map((n) => n.toFixed(7)).join(","), limit: 80 });
    const size = lot.properties.legal_area_m2 ?? lot.properties.measured_area_m2;
    chosen.replaceChildren(
      el("p", { class: "taken", tabindex: "-1" }, el("span", { class: "chip good" }, t("lot.chosen")), " ", el("strong", {}, draft.lot.title)),
      el("p", { class: "small" }, [words(lot), size && t("lot.area", { area: area(size) })].filter(Boolean).join(" – ")),
      sketch(lot, features, (other) => show(other)),
      el("p", { class: "small" }, t("lot.sketch_hint")),
      el("p", {}, el("a", { class: "link", href: `/?feature=${config.parcels}/${lot.id}`, target: "_blank", rel: "noopener" }, t("lot.on_map"))));
    live.textContent = `${t("lot.chosen")}: ${draft.lot.title}`;
    if (!chose) return;
    found.replaceChildren();
    chosen.querySelector("p").focus();
  }

  const name = ({ properties }) => t("lot.name", { parcel: properties.parcel_no, sheet: properties.sheet_no });
  const words = ({ properties }) => properties.address ?? "";

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    find();
  });
  box.addEventListener("change", find);
  const asked = Number(new URLSearchParams(location.search).get("thua"));
  const first = draft.lot?.id ?? (Number.isSafeInteger(asked) && asked > 0 ? asked : null);
  if (first) take(first).catch((fault) => { if (!(fault instanceof Refusal)) throw fault; delete draft.lot; });

  return {
    title: t("lot.title"),
    whole: el("div", { class: "form" },
      el("div", { class: "search-line" }, search.whole, el("button", { type: "button", class: "button quiet", onclick: find }, t("lot.find"))),
      found, chosen, place.whole),
    check() {
      if (draft.lot) return [];
      search.blame(t("lot.missing"));
      return [box];
    },
  };
}
