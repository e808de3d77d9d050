import { ask } from "../ask.js";
import { config, inWords } from "../config.js";
import { loadPictures } from "../pictures.js";
import { t } from "../texts.js";

/**
 * The city's map in a frame of the console, resting on a box; it scrolls with the page until two fingers or Ctrl say otherwise.
 * @param {HTMLElement} frame @param {[number, number, number, number]} bounds west, south, east, north
 * @returns {Promise<import("maplibre-gl").Map>} once its style is there
 */
export async function groundMap(frame, bounds) {
  const [maplibre, style] = await Promise.all([import(config.maplibre), ask("/map/style.json", inWords)]);
  const map = new maplibre.Map({
    container: frame, style, bounds, fitBoundsOptions: { padding: 70, maxZoom: 19 }, minZoom: 8, maxZoom: 22,
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, cooperativeGestures: true,
    locale: {
      "NavigationControl.ZoomIn": t("map.zoom_in"), "NavigationControl.ZoomOut": t("map.zoom_out"), "Map.Title": t("map.title"),
      "CooperativeGesturesHandler.WindowsHelpText": t("case_map.zoom"), "CooperativeGesturesHandler.MacHelpText": t("case_map.zoom"),
      "CooperativeGesturesHandler.MobileHelpText": t("case_map.two_fingers"),
    },
    transformRequest: (url) => ({ url: new URL(url, location.origin).href }),
  });
  loadPictures(map);
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ unit: "metric" }), "bottom-right");
  await new Promise((resolve) => map.once("style.load", resolve));
  map.on("idle", () => { frame.dataset.idle = "true"; });
  return map;
}

export const collection = (features) => ({ type: "FeatureCollection", features });
export const feature = (geometry, properties = {}) => ({ type: "Feature", properties, geometry });

/** The box around geometries. @param {GeoJSON.Geometry[]} geometries @returns {[number, number, number, number]} */
export function around(geometries) {
  /** @type {[number, number, number, number]} */
  const box = [180, 90, -180, -90];
  for (const geometry of geometries.flatMap((one) => ("geometries" in one ? one.geometries : [one]))) {
    const places = /** @type {any} */ (geometry).coordinates.flat(Infinity);
    for (let at = 0; at < places.length; at += 2) {
      box[0] = Math.min(box[0], places[at]); box[2] = Math.max(box[2], places[at]);
      box[1] = Math.min(box[1], places[at + 1]); box[3] = Math.max(box[3], places[at + 1]);
    }
  }
  return box;
}
