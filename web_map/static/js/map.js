import { ask } from "./ask.js";
import { config, inWords } from "./config.js";
import { dayAsked, keepPlainStyle } from "./day.js";
import { byId, isPhone, isStill } from "./dom.js";
import { hideNotice, notify } from "./notice.js";
import { fetchPictures, loadPictures } from "./pictures.js";
import { sheetBeforeOurs } from "./sheets.js";
import { t } from "./texts.js";

const LOCALE = {
  "Map.Title": "map.keys",
  "NavigationControl.ZoomIn": "map.zoom_in",
  "NavigationControl.ZoomOut": "map.zoom_out",
  "NavigationControl.ResetBearing": "map.compass",
  "GeolocateControl.FindMyLocation": "map.locate",
  "GeolocateControl.LocationNotAvailable": "map.locate_off",
};

const VIEW = "map";

/** Does the address say which part of the map is seen? Older links have the view alone behind their #. */
export function hasView() {
  const alone = /^#(\d+(?:\.\d+)?\/.*)$/.exec(location.hash);
  if (alone) history.replaceState(history.state, "", `#${VIEW}=${alone[1]}`);
  return new URLSearchParams(location.hash.slice(1)).has(VIEW);
}

/** So far a parcel is looked at: deeper its neighbours are out of sight. */
const DEEPEST = 18.4;

/**
 * The map, or null on a device that cannot draw one: everything else works without it.
 * @param {number[]|null} box what is to be seen first, where the address says nothing of it; null for the city
 * @returns {Promise<import("maplibre-gl").Map|null>}
 */
export async function startMap(box) {
  // MapLibre asks for its worker, and the worker for pictures, only once each is needed: a turn on the line for each.
  const worker = fetch(config.maplibre_worker).then((answer) => answer.blob()).catch(() => null);
  const whenStyle = ask("/map/style.json", inWords);
  whenStyle.then(fetchPictures, () => {});
  const [maplibre, style] = await Promise.all([
    import(config.maplibre), whenStyle, sheetBeforeOurs(config.maplibre_sheet)]);
  await worker;
  maplibre.setWorkerUrl(new URL(config.maplibre_worker, location.origin).href);
  const [west, south, east, north] = config.city.envelope;
  let map;
  try {
    map = new maplibre.Map({
      container: "map",
      style: await dressed(style),
      hash: VIEW,
      ...(box && { bounds: [[box[0], box[1]], [box[2], box[3]]], fitBoundsOptions: { padding: uncovered(), maxZoom: DEEPEST } }),
      maxZoom: 20.5,
      minZoom: 9,
      maxBounds: [[west, south], [east, north]],
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: isStill() ? 0 : 200,
      locale: Object.fromEntries(Object.entries(LOCALE).map(([name, key]) => [name, t(key)])),
      // Addresses in the style start at the root of this host, whatever name the host has.
      transformRequest: (url) => ({ url: new URL(url, location.origin).href }),
    });
  } catch (fault) {
    console.warn(fault);
    notify(t("map.no_graphics"));
    return null;
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  loadPictures(map);
  addControls(maplibre, map);
  watch(map);
  await new Promise((resolve) => map.once("style.load", resolve));
  return map;
}

/** The style for the day in the address. @param {any} style of today */
async function dressed(style) {
  keepPlainStyle(style);
  const day = dayAsked();
  if (!day) return style;
  const { readDays, styleOf } = await import("./views/past.js");
  return styleOf({ day }, await readDays());
}

function addControls(maplibre, map) {
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "bottom-right");
  map.addControl(new maplibre.GeolocateControl({ fitBoundsOptions: { maxZoom: 17.5 } }), "bottom-right");
  const corner = isPhone() ? "bottom-left" : "bottom-right";
  map.addControl(new maplibre.ScaleControl({ maxWidth: 110, unit: "metric" }), corner);
}

/** Loading and failing are shown, not left to guess. */
function watch(map) {
  const progress = byId("progress");
  let faults = 0;
  map.on("dataloading", () => { progress.hidden = map.areTilesLoaded() || !navigator.onLine; });
  map.on("idle", () => {
    progress.hidden = true;
    byId("map").dataset.idle = "true";
    if (faults && navigator.onLine) notify(t("map.part_missing"), { retry: again });
    faults = 0;
  });
  map.on("movestart", () => delete byId("map").dataset.idle);
  map.on("error", (event) => {
    faults += 1;
    console.warn(event.error);
  });
  function again() {
    hideNotice();
    for (const id of Object.keys(map.getStyle().sources)) {
      const source = map.getSource(id);
      if (source.type === "vector") source.setTiles(source.tiles);
    }
  }
}

/**
 * Move the view so that a box of degrees lies in the part of the map that nothing covers.
 * @param {import("maplibre-gl").Map} map
 * @param {number[]} box west, south, east, north
 * @param {number} [maxZoom]
 */
export function showBox(map, box, maxZoom = DEEPEST) {
  map.fitBounds([[box[0], box[1]], [box[2], box[3]]], {
    padding: uncovered(), maxZoom, duration: isStill() ? 0 : 700, essential: false,
  });
}

/** Room that the column or the sheet takes, in pixels. */
function uncovered() {
  const stage = byId("map").getBoundingClientRect();
  const answer = byId("answer");
  if (isPhone()) {
    const covered = answer.hidden ? 0 : Math.min(answer.getBoundingClientRect().height, stage.height * 0.55);
    return { top: 96, right: 28, left: 28, bottom: covered + 28 };
  }
  const layers = byId("layers");
  const card = document.querySelector(".card:not([hidden])")?.getBoundingClientRect().height ?? 0;
  const right = layers.hidden ? 90 : layers.getBoundingClientRect().width + 60;
  return { top: 60, right, bottom: 60 + (card && card + 30), left: Math.min(480, stage.width * 0.5) };
}
