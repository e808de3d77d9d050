import { config } from "../config.js";
import { follow } from "../swipe.js";
import { t } from "../texts.js";
import { addFound } from "./paint.js";

/**
 * Two maps of one place for a swipe: plain ones, each going where the other is taken. The frame says when they rest.
 * @param {any} maplibre its module
 * @param {HTMLElement} frame
 * @param {[HTMLElement, any][]} sides container and style of each
 * @returns {Promise<import("maplibre-gl").Map[]>} once both have their style
 */
export async function makeTwoMaps(maplibre, frame, sides) {
  const both = sides.map(([container, style]) => new maplibre.Map({
    container, style, center: config.city.centre, zoom: config.city.zoom, minZoom: 8, maxZoom: 21,
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0,
    locale: { "NavigationControl.ZoomIn": t("map.zoom_in"), "NavigationControl.ZoomOut": t("map.zoom_out"), "Map.Title": t("map.title") },
    transformRequest: (url) => ({ url: new URL(url, location.origin).href }),
  }));
  for (const map of both) {
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
  }
  both[1].addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  both[1].addControl(new maplibre.ScaleControl({ unit: "metric" }), "bottom-right");
  follow(both);
  await Promise.all(both.map((map) => new Promise((resolve) => map.once("style.load", resolve))));
  both.forEach(addFound);
  both[1].on("idle", () => { frame.dataset.idle = "true"; });
  both[1].on("movestart", () => delete frame.dataset.idle);
  return both;
}

/** Take both to a box. @param {import("maplibre-gl").Map[]} both @param {number[]} box @param {{padding: number, maxZoom: number}} how */
export function fitBoth([lead], [west, south, east, north], how) {
  lead.fitBounds([[west, south], [east, north]], { ...how, duration: 0 });
}
