import { config } from "../config.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { around, collection, feature, groundMap } from "./ground-map.js";

const OPEN = "#c8641b";

/** A street with its arrows and numbers; `mark` shows one line with its two ends A and B. */
export function streetMap(told) {
  const frame = el("div", { class: "street-map", role: "group", "aria-label": t("street.map") });
  const note = el("p", { class: "quiet", role: "status", hidden: true });
  const shapes = [...told.axes, ...told.lines].map((one) => one.geometry);
  const ready = draw(frame, told, shapes.length ? around(shapes) : config.city.envelope);
  ready.catch((fault) => {
    console.warn(fault);
    frame.hidden = true;
    note.hidden = false;
    note.textContent = t("map.no_graphics_here");
  });
  return {
    whole: el("section", { class: "panel", "aria-labelledby": "street-map-title" },
      el("h2", { id: "street-map-title" }, t("street.map")), el("p", { class: "quiet" }, t("street.map_about")),
      told.cut.length > 0 && el("p", { class: "told warn" }, t("street.cut")), frame, note),
    /** @param {GeoJSON.Geometry|null} line */
    mark: (line) => ready.then((map) => {
      map.getSource("marked").setData(collection(line ? [feature(line), ...ends(line).map((place, at) => feature({ type: "Point", coordinates: place }, { end: "AB"[at] }))] : []));
      if (line) map.fitBounds(around([line]), { padding: 80, maxZoom: 19, animate: false });
    }, () => {}),
  };
}

/** The two outer ends of a line in one or several pieces. @returns {[number, number][]} */
export function ends(geometry) {
  const pieces = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
  const tips = pieces.flatMap((piece) => [piece[0], piece[piece.length - 1]]);
  let best = [tips[0], tips[1]], far = -1;
  for (const one of tips) for (const other of tips) {
    const apart = Math.hypot(one[0] - other[0], one[1] - other[1]);
    if (apart > far) [best, far] = [[one, other], apart];
  }
  return /** @type {[number, number][]} */ (best);
}

async function draw(frame, told, bounds) {
  const map = await groundMap(frame, bounds);
  map.addImage("way", arrow(config.colours.selected), { pixelRatio: 2 });
  const add = (id, features) => map.addSource(id, { type: "geojson", data: collection(features) });
  add("axes", told.axes.map((one) => feature(one.geometry, { alley: one.alley ?? "" })));
  add("without", told.lines.map((one) => feature(one.geometry)));
  add("numbers", told.houses.map((one) => feature(one.geometry, { number: one.number, state: one.state })));
  add("marked", []);
  const words = (field, size) => ({ "text-field": field, "text-font": [config.font], "text-size": size, "text-allow-overlap": false });
  const halo = { "text-color": "#1c2b2d", "text-halo-color": "#ffffff", "text-halo-width": 1.6 };
  map.addLayer({ id: "without", type: "line", source: "without", paint: { "line-color": OPEN, "line-width": 4, "line-dasharray": [2, 1.4] } });
  map.addLayer({ id: "axes", type: "line", source: "axes", paint: { "line-color": config.colours.selected, "line-width": 4, "line-opacity": 0.75 } });
  map.addLayer({ id: "ways", type: "symbol", source: "axes", layout: { "symbol-placement": "line", "symbol-spacing": 70, "icon-image": "way", "icon-allow-overlap": true } });
  map.addLayer({ id: "numbers-dot", type: "circle", source: "numbers", paint: { "circle-radius": 3, "circle-color": ["match", ["get", "state"], "issued", config.colours.selected, OPEN], "circle-stroke-color": "#ffffff", "circle-stroke-width": 1 } });
  map.addLayer({ id: "numbers", type: "symbol", source: "numbers", layout: { ...words(["get", "number"], 13), "text-offset": [0, -0.9] }, paint: halo });
  map.addLayer({ id: "marked", type: "line", source: "marked", filter: ["==", ["geometry-type"], "LineString"], paint: { "line-color": OPEN, "line-width": 7, "line-opacity": 0.8 } });
  map.addLayer({ id: "marked-ends", type: "circle", source: "marked", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": 14, "circle-color": "#1c2b2d", "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 } });
  map.addLayer({ id: "marked-names", type: "symbol", source: "marked", filter: ["==", ["geometry-type"], "Point"], layout: { ...words(["get", "end"], 15), "text-allow-overlap": true }, paint: { "text-color": "#ffffff" } });
  return map;
}

/** A small head of an arrow that points the way the line is drawn. */
function arrow(colour) {
  const size = 28, canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  pen.fillStyle = colour;
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = 2.5;
  pen.beginPath();
  pen.moveTo(5, 4);
  pen.lineTo(25, 14);
  pen.lineTo(5, 24);
  pen.closePath();
  pen.fill();
  pen.stroke();
  return pen.getImageData(0, 0, size, size);
}
