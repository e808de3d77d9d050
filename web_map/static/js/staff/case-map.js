import { ask } from "../ask.js";
import { config, inWords } from "../config.js";
import { el, isStill } from "../dom.js";
import { t } from "../texts.js";
import { makeOutline } from "../ways/outline.js";
import { addBuilding, addFound } from "./paint.js";

/**
 * The ground of a case on the city's map, with what a check speaks of, a building, and a place to draw one. Nothing
 * where the case speaks of none.
 */
export function caseMap(one) {
  if (!one.subject?.there) return null;
  const frame = el("div", { class: "case-map", role: "group", "aria-label": t("case_map.title") });
  const note = el("p", { class: "quiet", role: "status", hidden: true }), under = el("div", { class: "under-map" });
  const ready = draw(one, frame);
  ready.catch((fault) => {
    console.warn(fault);
    frame.hidden = true;
    tell(t("map.no_graphics_here"));
  });
  const tell = (...words) => { note.hidden = false; note.replaceChildren(...words); };
  const put = (source, places) => ready.then(({ map }) => map.getSource(source).setData(collection(places)), () => {});
  return {
    whole: el("section", { class: "panel", "aria-labelledby": "case-map-title" }, el("h2", { id: "case-map-title" }, t("case_map.title")), frame, under, note),
    /** Places that stay marked. @param {GeoJSON.Geometry[]} places */
    mark: (places) => ready.then(({ ground }) => put("found", [ground, ...places]), () => {}),
    /** The building that is meant. @param {GeoJSON.Geometry|null} geometry */
    building(geometry) {
      put("shown", []);
      return put("building", geometry ? [geometry] : []);
    },
    /** One place that somebody asks to see, and a way back to where he asked. @param {GeoJSON.Geometry} geometry @param {string} words what it is */
    async show(geometry, words) {
      const from = /** @type {HTMLElement} */ (document.activeElement);
      const made = await ready.catch(() => null);
      if (!made) return;
      put("shown", [geometry]);
      made.map.fitBounds(around(geometry), { padding: 60, maxZoom: 20, animate: !isStill() });
      frame.scrollIntoView({ block: "center", behavior: isStill() ? "auto" : "smooth" });
      const back = el("button", { type: "button", class: "link", onclick: () => { from.scrollIntoView({ block: "center" }); from.focus(); } }, t("case_map.back"));
      tell(words, " ", back);
      back.focus({ preventScroll: true });
    },
    /** What stands below the map while something is drawn. @param {Node[]} nodes */
    controls: (...nodes) => under.replaceChildren(...nodes),
    /**
     * Corners are set by a tap or, by keyboard, at the cross in the middle by Enter; until `stop` is called.
     * @param {import("../ways/outline.js").Drawn} drawn @param {(drawn: import("../ways/outline.js").Drawn) => void} changed
     */
    async drawing(drawn, changed) {
      const { map } = await ready;
      const outline = makeOutline(map, drawn, changed);
      const click = (event) => outline.put(event.lngLat);
      const key = (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        outline.put(map.getCenter());
      };
      map.on("click", click);
      map.getCanvas().addEventListener("keydown", key);
      frame.dataset.drawing = "true";
      map.resize();
      return {
        ...outline,
        focus: () => { frame.scrollIntoView({ block: "center" }); map.getCanvas().focus({ preventScroll: true }); },
        stop() {
          map.off("click", click);
          map.getCanvas().removeEventListener("keydown", key);
          outline.remove();
          under.replaceChildren();
          delete frame.dataset.drawing;
          map.resize();
        },
      };
    },
  };
}

async function draw(one, frame) {
  const [maplibre, style, feature] = await Promise.all([
    import(config.maplibre), ask("/map/style.json", inWords), ask(`/ogc/collections/${one.subject.layer}/items/${one.subject.id}`),
  ]);
  const map = new maplibre.Map({
    container: frame, style, bounds: around(feature.geometry), fitBoundsOptions: { padding: 70, maxZoom: 19 }, minZoom: 8, maxZoom: 22,
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
  addBuilding(map);
  map.getSource("found").setData(collection([feature.geometry]));
  map.on("idle", () => { frame.dataset.idle = "true"; });
  return { map, ground: feature.geometry };
}

const collection = (shapes) => ({ type: "FeatureCollection", features: shapes.map((geometry) => ({ type: "Feature", properties: {}, geometry })) });

/** The box of a geometry, west, south, east, north. @returns {[number, number, number, number]} */
function around(geometry) {
  const parts = geometry.geometries ?? [geometry], box = [180, 90, -180, -90];
  const places = parts.flatMap((part) => part.coordinates).flat(Infinity);
  for (let at = 0; at < places.length; at += 2) {
    box[0] = Math.min(box[0], places[at]); box[2] = Math.max(box[2], places[at]);
    box[1] = Math.min(box[1], places[at + 1]); box[3] = Math.max(box[3], places[at + 1]);
  }
  return /** @type {[number, number, number, number]} */ (box);
}
