import { ask } from "../ask.js";
import { config, inWords } from "../config.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { addFound } from "./paint.js";

/** The ground of a case on the city's map; `mark` adds what a check speaks of. Nothing where the case speaks of none. */
export function caseMap(one) {
  if (!one.subject?.there) return null;
  const frame = el("div", { class: "case-map", role: "group", "aria-label": t("case_map.title") });
  const note = el("p", { class: "quiet", role: "status", hidden: true });
  const ready = draw(one, frame);
  ready.catch((fault) => {
    console.warn(fault);
    frame.hidden = true;
    note.hidden = false;
    note.textContent = t("map.no_graphics_here");
  });
  return {
    whole: el("section", { class: "panel", "aria-labelledby": "case-map-title" }, el("h2", { id: "case-map-title" }, t("case_map.title")), frame, note),
    /** @param {GeoJSON.Geometry[]} places */
    mark: (places) => ready.then(({ map, ground }) => map.getSource("found").setData(collection([ground, ...places])), () => {}),
  };
}

async function draw(one, frame) {
  const [maplibre, style, feature] = await Promise.all([
    import(config.maplibre), ask("/map/style.json", inWords), ask(`/ogc/collections/${one.subject.layer}/items/${one.subject.id}`),
  ]);
  const map = new maplibre.Map({
    container: frame, style, bounds: around(feature.geometry), fitBoundsOptions: { padding: 70, maxZoom: 19 }, minZoom: 8, maxZoom: 21,
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, cooperativeGestures: true,
    locale: {
      "NavigationControl.ZoomIn": t("map.zoom_in"), "NavigationControl.ZoomOut": t("map.zoom_out"), "Map.Title": t("map.title"),
      "CooperativeGesturesHandler.WindowsHelpText": t("case_map.zoom"), "CooperativeGesturesHandler.MacHelpText": t("case_map.zoom"),
      "CooperativeGesturesHandler.MobileHelpText": t("case_map.two_fingers"),
    },
    transformRequest: (url) => ({ url: new URL(url, location.origin).href }),
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ unit: "metric" }), "bottom-right");
  await new Promise((resolve) => map.once("style.load", resolve));
  addFound(map);
  map.getSource("found").setData(collection([feature.geometry]));
  map.on("idle", () => { frame.dataset.idle = "true"; });
  return { map, ground: feature.geometry };
}

const collection = (shapes) => ({ type: "FeatureCollection", features: shapes.map((geometry) => ({ type: "Feature", properties: {}, geometry })) });

/** The box of a geometry, west, south, east, north. @returns {[number, number, number, number]} */
function around(geometry) {
  const places = geometry.coordinates.flat(Infinity), box = [180, 90, -180, -90];
  for (let at = 0; at < places.length; at += 2) {
    box[0] = Math.min(box[0], places[at]); box[2] = Math.max(box[2], places[at]);
    box[1] = Math.min(box[1], places[at + 1]); box[3] = Math.max(box[3], places[at + 1]);
  }
  return /** @type {[number, number, number, number]} */ (box);
}
