import { ask, Refusal } from "./ask.js";
import { config, inWords } from "./config.js";
import { byId, el } from "./dom.js";
import { date, lasting } from "./format.js";
import { shownInAddress, writeShown } from "./shown.js";
import { t } from "./texts.js";

const KEPT = "layers";
const OPACITIES = {
  fill: ["fill-opacity"], line: ["line-opacity"], symbol: ["text-opacity", "icon-opacity"],
  raster: ["raster-opacity"],
  circle: ["circle-opacity", "circle-stroke-opacity"],
};

/**
 * The list of layers: on and off, how strong, what the colours mean, how old the data is.
 * @param {import("maplibre-gl").Map|null} map
 * @param {any[]} legend entries in drawing order
 */
export function makeLayers(map, legend) {
  const subjects = legend.filter((layer) => !layer.base).reverse();
  const state = restored(subjects);
  const rows = new Map(subjects.map((layer) => [layer.id, row(layer, state[layer.id], change)]));
  const ground = groundRow(legend.filter((layer) => layer.base));
  byId("layers-body").replaceChildren(el("ul", { class: "layer-list" }, ...[...rows.values(), ground].map((r) => r.element)));
  subjects.forEach((layer) => apply(map, layer.id, state[layer.id]));
  if (map) map.on("zoomend", tellFar);
  tellFar();
  addAges(new Map([...[...rows].map(([id, { age }]) => [id, age]), ...ground.ages]));

  function change(id) {
    apply(map, id, state[id]);
    sessionStorage.setItem(KEPT, JSON.stringify(state));
    writeShown(subjects.filter((layer) => state[layer.id].on).map((layer) => layer.id));
    tellFar();
  }

  function tellFar() {
    for (const layer of subjects) {
      const { far, age } = rows.get(layer.id);
      far.hidden = !map || !state[layer.id].on || map.getZoom() >= layer.zooms[0];
      age.hidden = !far.hidden;
    }
  }

  return {
    /** Ids of the layers on the map, those of the ground among them, from the top down. */
    shown: () => legend.filter((layer) => layer.base || state[layer.id].on).map((layer) => layer.id).reverse(),
    /** Show a layer, as its box does. @param {string} id */
    turnOn(id) {
      if (state[id] && !state[id].on) rows.get(id).box.click();
    },
    /** After a step in the history: show the layers that stand in the address. */
    follow() {
      const shown = shownInAddress();
      if (!shown) return;
      for (const { id } of subjects) if (state[id].on !== shown.has(id)) rows.get(id).box.click();
    },
    /** A button that shows a layer and then goes; null while the layer is on, or for the caller is none. */
    layerSwitch(id) {
      const layer = subjects.find((entry) => entry.id === id);
      if (!layer || !map || state[id].on) return null;
      const button = el("button", { type: "button", class: "button quiet" }, t("answer.show_layer", { layer: layer.title }));
      button.addEventListener("click", () => {
        rows.get(id).box.click();
      });
      rows.get(id).box.addEventListener("change", () => button.remove());
      return button;
    },
  };
}

function restored(subjects) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  const shown = shownInAddress();
  const one = ({ id, shown: first }) => {
    const { on, opacity } = kept[id] ?? { on: first, opacity: 1 };
    return [id, { on: shown?.has(id) ?? on, opacity }];
  };
  return Object.fromEntries(subjects.map(one));
}

function row(layer, state, change) {
  const id = `layer-${layer.id}`;
  const box = el("input", { type: "checkbox", id, checked: state.on });
  const slider = el("input", {
    type: "range", min: "0.1", max: "1", step: "0.05", value: state.opacity,
    "aria-label": t("layers.opacity", { layer: layer.title }),
  });
  const far = el("p", { class: "small far", hidden: true }, t("layers.far"));
  const age = el("p", { class: "small age" });
  const more = el("div", { class: "layer-more", id: `${id}-more` },
    el("p", { class: "small" }, layer.description), legendOf(layer),
    el("label", { class: "opacity" }, el("span", { class: "small", "aria-hidden": "true" }, t("layers.opacity_short")), slider));
  const toggle = el("button", {
    type: "button", class: "icon-button", "data-icon": "more", "aria-controls": more.id,
    "aria-label": t("layers.more", { layer: layer.title }), onclick: () => open(more.hidden),
  });
  const open = (wanted) => {
    more.hidden = !wanted;
    toggle.setAttribute("aria-expanded", String(wanted));
  };
  open(state.on && layer.entries.length > 0);
  box.addEventListener("change", () => {
    state.on = /** @type {HTMLInputElement} */ (box).checked;
    open(state.on && layer.entries.length > 0);
    if (state.on) element.scrollIntoView({ block: "nearest" });
    change(layer.id);
  });
  slider.addEventListener("input", () => {
    state.opacity = Number(/** @type {HTMLInputElement} */ (slider).value);
    change(layer.id);
  });
  const name = el("label", { class: "layer-name", for: id },
    el("img", { src: layer.swatch, alt: "", class: "swatch", loading: "lazy" }), el("span", {}, layer.title),
    layer.staff_only && el("span", { class: "staff" }, t("layers.staff")));
  const element = el("li", { class: "layer", "data-layer": layer.id }, el("div", { class: "layer-line" }, box, name, toggle), age, far, more);
  return { element, box, far, age };
}

/** The map's ground is always there: what it is made of, and how old each part is. */
function groundRow(parts) {
  const ages = new Map(parts.map((layer) => [layer.id, el("span", { class: "age" })]));
  const line = (layer) => el("li", {}, el("img", { src: layer.swatch, alt: "", class: "swatch", loading: "lazy" }), el("span", {}, layer.title, " ", ages.get(layer.id)));
  const element = el("li", { class: "ground", hidden: parts.length === 0 },
    el("h3", { class: "layer-ground" }, t("layers.ground")), el("ul", { class: "legend" }, ...parts.map(line)));
  return { element, ages };
}

function legendOf(layer) {
  if (layer.entries.length === 0) return null;
  const entry = ({ label, picture }) => el("li", {}, el("img", { src: picture, alt: "", class: "swatch", loading: "lazy" }), label);
  return el("ul", { class: "legend", "aria-label": t("layers.legend") }, ...layer.entries.map(entry));
}

/** @param {import("maplibre-gl").Map|null} map @param {string} id @param {{on: boolean, opacity: number}} state */
function apply(map, id, state) {
  if (!map) return;
  for (const drawn of map.getStyle().layers) {
    if (drawn.metadata?.["gis:layer"] !== id) continue;
    map.setLayoutProperty(drawn.id, "visibility", state.on ? "visible" : "none");
    for (const property of OPACITIES[drawn.type] ?? []) {
      const full = drawn.metadata["gis:opacity"] ?? 1;
      map.setPaintProperty(drawn.id, property, full * state.opacity);
    }
  }
}

/** How old each layer's data is; the list works without it. @param {Map<string, HTMLElement>} places */
async function addAges(places) {
  try {
    for (const source of await ask("/api/layers", inWords)) {
      const place = places.get(source.id);
      if (!place || !source.source_date) continue;
      place.textContent = [t("source.as_of_short", { date: date(source.source_date) }), since(source.age_days),
        source.synthetic && !config.city.demo && t("source.synthetic")].filter(Boolean).join(" – ");
      if (source.overdue) place.append(el("strong", {}, t("layers.overdue", { cycle: span(source.cycle_days) })));
      place.dataset.overdue = String(Boolean(source.overdue));
    }
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
  }
}

/** Days as people count them. @param {number} days */
function span(days) {
  if (days === 0) return t("layers.live");
  if (days >= 731) return lasting("year", Math.floor(days / 365.25));
  return days >= 60 ? lasting("month", Math.round(days / 30.44)) : lasting("day", days);
}

const since = (days) => (days > 0 ? t("layers.ago", { span: span(days) }) : null);
