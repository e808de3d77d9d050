import { Refusal, ask } from "../ask.js";
import { config, inWords } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { field, select } from "./fields.js";

/** Degrees, some centimetres. */
const NEAR = 5e-7;

/**
 * Where it is: the ground is found by its number or address, as people say it, and the ward follows from it.
 * @param {() => string} layer of which layer the ground is @param {Map<string, string>} names of the wards
 * @param {HTMLElement} live
 */
export function groundOfCase(layer, names, live) {
  const ground = field(t("case_new.ground"), el("input", { type: "text", name: "ground", autocomplete: "off", maxlength: 200 }), t("case_new.ground_hint"));
  const found = el("div", { role: "radiogroup", "aria-label": t("case_new.found"), class: "found" });
  const own = config.unit !== "*";
  const choices = [...names].filter(([code]) => !own || code === config.unit);
  const unit = field(t("case_new.unit"), choices.length
    ? select([...(own ? [] : [["", t("take_in.choose")]]), ...choices], own ? config.unit : "", { name: "unit" })
    : el("input", { type: "text", name: "unit", autocomplete: "off", maxlength: 20, value: own ? config.unit : "", readonly: own }), t(own ? "case_new.unit_own" : "case_new.unit_hint"));
  const where = el("p", { role: "status", hidden: true });
  let chosen = null, asked = "";

  async function find() {
    const text = ground.input.value.trim(), question = `${layer()} ${text}`;
    if (question === asked) return;
    asked = question;
    chosen = null;
    tell(null);
    if (text.length < 2) return found.replaceChildren();
    try {
      const { results } = await ask("/api/search", { q: text, limit: 20, ...inWords });
      // Something else was typed meanwhile.
      if (question !== asked) return;
      const lots = layer() === "parcels" ? await lotsOf(results.filter((one) => one.layer === "house_numbers").slice(0, 6)) : [];
      if (question !== asked) return;
      const own = results.filter((one) => one.layer === layer());
      const fitting = [...own, ...lots.filter((lot) => !own.some((one) => Number(one.id) === lot.id))].slice(0, 8);
      live.textContent = t("case_new.n_found", { n: number(fitting.length) });
      found.replaceChildren(...(fitting.length ? fitting.map(choice) : [el("p", { class: "quiet" }, t("case_new.nothing_found"))]));
      if (fitting.length === 1) found.querySelector("input")?.click();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      asked = "";
      found.replaceChildren(el("p", { class: "told bad" }, fault.message));
    }
  }

  /** Houses by the lots they stand on: at a desk people say their address. */
  async function lotsOf(houses) {
    const found = await Promise.all(houses.map(async (house) => {
      const told = await ask(`/ogc/collections/house_numbers/items/${house.id}`).catch(() => null);
      return told?.properties.parcel_id ? { ...house, id: Number(told.properties.parcel_id) } : null;
    }));
    return found.filter(Boolean);
  }

  function choice(one) {
    const words = one.subtitle ? `${one.title} – ${one.subtitle}` : one.title;
    const radio = el("input", { type: "radio", name: "feature", value: one.id, onchange: () => {
      chosen = { id: Number(one.id), words };
      ground.blame(null);
      ward(one);
    } });
    return el("label", { class: "tick" }, radio, el("span", {}, words));
  }

  /** Wards of today by the map: the one in which the ground lies is chosen, and said where it is another office's. */
  async function ward({ id, lon, lat }) {
    // A box without width meets nothing.
    const at = [lon - NEAR, lat - NEAR, lon + NEAR, lat + NEAR].map((degrees) => degrees.toFixed(7)).join(",");
    const lying = await ask(`/ogc/collections/${config.units.layer}/items`, { generation: config.units.generation, bbox: at, limit: 1 }).catch(() => null);
    if (chosen?.id !== Number(id)) return;
    const { code, full_name: name } = lying?.features[0]?.properties ?? {};
    if (!code) return tell(t("case_new.unit_unknown"), "warn");
    if (own && code !== config.unit) return tell(t("case_new.unit_other", { unit: name }), "warn");
    unit.input.value = code;
    unit.blame(null);
    return tell(t("case_new.unit_found", { unit: name }), "good");
  }

  function tell(words, mood = "") {
    where.hidden = !words;
    where.className = `told ${mood}`;
    where.textContent = words ?? "";
  }

  ground.input.addEventListener("change", find);
  // Enter looks for the ground; it hands nothing in.
  ground.input.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    await find();
    found.querySelector("input")?.focus();
  });
  return {
    whole: [el("div", { class: "case-search" }, ground.whole, el("button", { type: "button", class: "button quiet", onclick: find }, t("filter.find"))), found, where, unit.whole],
    find,
    check() {
      ground.blame(chosen ? null : t("case_new.ground_missing"));
      unit.blame(unit.input.value.trim() ? null : t("case_new.unit_missing"));
    },
    said: () => ({ unit_code: unit.input.value.trim(), place: chosen.words, feature: chosen.id }),
  };
}
