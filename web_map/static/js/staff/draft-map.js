import { ask } from "../ask.js";
import { config, inWords } from "../config.js";
import { el, isStill } from "../dom.js";
import { makeDivider } from "../swipe.js";
import { t } from "../texts.js";
import { changeColour } from "./draft-words.js";
import { fitBoth, makeTwoMaps } from "./two-maps.js";

/** The zones of the city's own style; a draft is drawn in the same colours, so that both sides can be held together. */
const ZONING = "zoning";

/** Two maps of one place, what is in force and what the draft says, and the line between them. @param {string} address of the draft */
export function makeDraftMap(address) {
  const [force, draft] = ["before", "after"].map((side) => el("div", { class: `swipe-map ${side}` }));
  const frame = el("div", { class: "swipe", role: "group", "aria-label": t("draft_map.title") }, force, draft);
  const divider = makeDivider(frame, {
    label: t("draft_map.label"), left: t("draft_map.in_force"), right: t("draft_map.draft"), said: (share) => t("draft_map.at", { share }),
  });
  divider.set(35);
  frame.append(...divider.parts, el("p", { class: "swipe-worthless" }, t("drafts.worthless")));
  const note = el("p", { class: "quiet", role: "status" });
  const legend = el("div", { class: "draft-legend" });
  const whole = el("div", { class: "stage-of-changes" }, frame, note, legend);
  /** @type {Promise<import("maplibre-gl").Map[]>|null} */
  let maps = null;

  return { whole, show, showBox };

  /** Draw a draft that has been compared; once. */
  function show(state) {
    maps ??= start(state);
    maps.catch((fault) => {
      console.warn(fault);
      note.textContent = t("map.no_graphics_here");
      frame.hidden = true;
      legend.hidden = true;
    });
  }

  async function start(state) {
    const [maplibre, style, told] = await Promise.all([import(config.maplibre), ask("/map/style.json", inWords), ask("/map/legend.json", inWords)]);
    const sides = [[force, inForce(style)], [draft, drafted(style, `${location.origin}${address}/tiles/{z}/{x}/{y}`)]];
    const both = await makeTwoMaps(maplibre, frame, sides);
    if (state.extent) fitBoth(both, state.extent, { padding: 40, maxZoom: 17 });
    legend.replaceChildren(...legendOf(told, state));
    return both;
  }

  /** Where a parcel lies, on both sides. @param {number[]} box west, south, east, north */
  async function showBox([west, south, east, north]) {
    if (!maps) return;
    const both = await maps;
    const ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    for (const map of both) {
      map.getSource("found").setData({ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring } });
    }
    fitBoth(both, [west, south, east, north], { padding: 40, maxZoom: 19 });
    frame.scrollIntoView({ block: "center", behavior: isStill() ? "auto" : "smooth" });
    note.textContent = t("draft_map.shown");
  }
}

/** The city's style without pictures; `shown` tells of each layer whether it is to be seen. */
function plain(style, shown) {
  const drawn = style.layers.filter((layer) =>
    !("icon-image" in (layer.layout ?? {})) && layer.type !== "circle" && !Object.keys(layer.paint ?? {}).some((name) => name.endsWith("-pattern")));
  return drawn.map((layer) => ({ ...layer, layout: { ...layer.layout, visibility: shown(layer) ? "visible" : layer.layout?.visibility ?? "visible" } }));
}

const inForce = (style) => ({ ...style, layers: plain(style, (layer) => layer.source === ZONING) });

function drafted(style, tiles) {
  const layers = plain(style, () => false).filter((layer) => layer.source !== ZONING);
  const fill = style.layers.find((layer) => layer.id === `${ZONING}-fill`);
  const colour = changeColour(["get", "change"]);
  const of = (name, id, more) => ({ id, source: "draft", "source-layer": name, ...more });
  const zones = [
    of("zones", "draft-fill", { type: "fill", layout: { "fill-sort-key": fill.layout["fill-sort-key"] }, paint: fill.paint }),
    of("zones", "draft-edge", { type: "line", paint: { "line-color": "#5c4a2f", "line-width": 1.6 } }),
    of("parcels", "draft-parcels", { type: "line", minzoom: 13, paint: { "line-color": colour, "line-width": ["interpolate", ["linear"], ["zoom"], 13, 0.8, 17, 2.2], "line-offset": ["interpolate", ["linear"], ["zoom"], 14, 0, 17, 1.2] } }),
  ];
  const at = layers.findIndex((layer) => layer.id.startsWith("streets"));
  layers.splice(at < 0 ? layers.length : at, 0, ...zones);
  return { ...style, sources: { ...style.sources, draft: { type: "vector", tiles: [tiles], minzoom: 4, maxzoom: 18 } }, layers };
}

/** What the colours mean: functions on both sides, what becomes of a parcel on the draft's. */
function legendOf(told, state) {
  const entries = told.layers.find((layer) => layer.id === ZONING)?.entries ?? [];
  const changes = state.changes.filter((each) => each.parcels && each.change !== "sliver");
  return [
    el("h3", {}, t("draft_map.functions")),
    el("ul", { class: "legend" }, ...entries.map((each) => el("li", {}, el("img", { src: each.picture, alt: "", width: 22, height: 16 }), each.label))),
    el("h3", {}, t("draft_map.changes")),
    el("ul", { class: "legend" }, ...changes.map((each) => el("li", {}, el("span", { class: "draft-swatch", "data-change": each.change, "aria-hidden": "true" }), each.title))),
  ];
}
