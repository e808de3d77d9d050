import { ask } from "../ask.js";
import { config, inWords } from "../config.js";
import { el, isStill } from "../dom.js";
import { makeDivider } from "../swipe.js";
import { t } from "../texts.js";
import { KINDS, kindName } from "./kinds.js";
import { addChanges } from "./paint.js";
import { fitBoth, makeTwoMaps } from "./two-maps.js";

/** Two maps of one place, before and after, and a slider between them. @param {string} address of the delivery */
export function makeStage(address) {
  const [before, after] = ["before", "after"].map((name) => el("div", { class: `swipe-map ${name}` }));
  const frame = el("div", { class: "swipe", role: "group", "aria-label": t("swipe.title") }, before, after);
  frame.append(...makeDivider(frame, {
    label: t("swipe.label"), left: t("change.before"), right: t("change.after"), said: (share) => t("swipe.at", { share }),
  }).parts);
  const note = el("p", { class: "quiet", role: "status" });
  const legend = el("ul", { class: "legend", "aria-label": t("swipe.legend") });
  const whole = el("div", { class: "stage-of-changes" }, frame, note, legend);
  /** @type {Promise<any[]>|null} */
  let maps = null;
  let shownFor = "", first = true;

  return { whole, show, showBox, showShape };

  /** Draw what there is of a delivery; once for each state it is in. */
  function show(state) {
    const signature = `${state.status}:${state.difference}:${state.prepared_at}`;
    if (signature === shownFor) return;
    shownFor = signature;
    frame.dataset.single = String(!state.difference);
    const kinds = KINDS.filter((kind) => state.counts[kind]);
    legend.replaceChildren(...(state.difference ? kinds.map((kind) => el("li", {},
      el("span", { class: "swatch", "data-kind": kind, "aria-hidden": "true" }), kindName(kind))) : []),
      state.difference && state.doubtful?.found ? el("li", {}, el("span", { class: "swatch doubtful", "aria-hidden": "true" }), t("swipe.doubtful")) : "");
    maps = (maps ?? start(state)).then((both) => {
      const source = state.difference ? `${location.origin}${address}/tiles/{z}/{x}/{y}` : null;
      both.forEach((map, at) => addChanges(map, source, at === 1));
      if (state.extent && first) {
        first = false;
        fitBoth(both, state.extent, { padding: 50, maxZoom: 17 });
      }
      return both;
    });
    maps.catch((fault) => {
      console.warn(fault);
      note.textContent = t("map.no_graphics_here");
      frame.hidden = true;
    });
  }

  async function start(state) {
    const [maplibre, style] = await Promise.all([import(config.maplibre), ask("/map/style.json", inWords)]);
    const drawn = calm(style, state.layer);
    return makeTwoMaps(maplibre, frame, [before, after].map((container) => [container, drawn]));
  }

  async function showBox([west, south, east, north]) {
    await look({ type: "LineString", coordinates: [[west, south], [east, south], [east, north], [west, north], [west, south]] }, [west, south, east, north]);
  }

  async function showShape(geometry) {
    const box = [180, 90, -180, -90];
    const take = (part) => {
      if (typeof part[0] !== "number") return part.forEach(take);
      [box[0], box[1]] = [Math.min(box[0], part[0]), Math.min(box[1], part[1])];
      [box[2], box[3]] = [Math.max(box[2], part[0]), Math.max(box[3], part[1])];
    };
    const visit = (one) => (one.geometries ? one.geometries.forEach(visit) : take(one.coordinates));
    visit(geometry);
    await look(geometry, box);
  }

  async function look(geometry, box) {
    if (!maps) return;
    const section = /** @type {HTMLElement|null} */ (whole.closest("section[hidden]"));
    if (section) section.hidden = false;
    const both = await maps;
    if (section) both.forEach((map) => map.resize());
    for (const map of both) map.getSource("found").setData({ type: "Feature", properties: {}, geometry });
    fitBoth(both, box, { padding: 50, maxZoom: 19 });
    frame.scrollIntoView({ block: "center", behavior: isStill() ? "auto" : "smooth" });
    note.textContent = t("swipe.shown");
  }
}

/** The city's style without pictures; what is delivered is always to be seen. */
function calm(style, layer) {
  const plain = (drawn) => !("icon-image" in (drawn.layout ?? {})) && !Object.keys(drawn.paint ?? {}).some((name) => name.endsWith("-pattern"));
  const layers = style.layers.filter(plain).map((drawn) => (drawn.source === layer ? { ...drawn, layout: { ...drawn.layout, visibility: "visible" } } : drawn));
  return { ...style, layers };
}
