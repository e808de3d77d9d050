import { config } from "../config.js";
import { COLOURS } from "./kinds.js";

const colour = ["match", ["get", "kind"], ...Object.entries(COLOURS).flat(), config.colours.quiet];
const doubtful = ["to-boolean", ["get", "doubtful"]];
const of = (kind) => ["==", ["geometry-type"], kind];

/**
 * Draw what changes: as it is on the one map, as it would be on the other, where the old shapes are papered over.
 * @param {import("maplibre-gl").Map} map
 * @param {string|null} tiles none: nothing to be drawn
 * @param {boolean} after
 */
export function addChanges(map, tiles, after) {
  for (const layer of map.getStyle().layers) if (layer.source === "changes") map.removeLayer(layer.id);
  if (map.getSource("changes")) map.removeSource("changes");
  if (!tiles) return;
  map.addSource("changes", { type: "vector", tiles: [tiles], minzoom: 4, maxzoom: 18 });
  const shown = after ? "after" : "before";
  const add = (id, type, filter, paint, from = shown) =>
    map.addLayer({ id: `changes-${id}`, type, source: "changes", "source-layer": from, filter, paint }, "found-fill");
  if (after) {
    add("paper", "fill", of("Polygon"), { "fill-color": config.colours.ground, "fill-opacity": 0.94 }, "before");
    add("paper-line", "line", of("LineString"), { "line-color": config.colours.ground, "line-width": 5 }, "before");
  }
  add("fill", "fill", of("Polygon"), { "fill-color": colour, "fill-opacity": ["case", doubtful, 0.22, 0.42] });
  add("edge", "line", ["all", ["!=", ["geometry-type"], "Point"], ["!", doubtful]], { "line-color": colour, "line-width": 2 });
  add("edge-doubtful", "line", ["all", ["!=", ["geometry-type"], "Point"], doubtful], { "line-color": colour, "line-width": 2.5, "line-dasharray": [2, 1.5] });
  add("point", "circle", of("Point"), {
    "circle-color": colour, "circle-radius": 4.5, "circle-opacity": 0.85, "circle-stroke-color": "#ffffff", "circle-stroke-width": ["case", doubtful, 2.5, 1],
  });
}

/** The place somebody asked to see, above all else. @param {import("maplibre-gl").Map} map */
export function addFound(map) {
  map.addSource("found", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
  map.addLayer({ id: "found-fill", type: "fill", source: "found", filter: of("Polygon"), paint: { "fill-color": config.colours.selected, "fill-opacity": 0.12 } });
  map.addLayer({ id: "found-edge", type: "line", source: "found", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": config.colours.selected, "line-width": 3, "line-dasharray": [3, 1.5] } });
  map.addLayer({ id: "found-point", type: "circle", source: "found", filter: of("Point"), paint: { "circle-radius": 13, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": config.colours.selected, "circle-stroke-width": 3.5 } });
}

/** The building that is meant, and above it what of a check somebody asks to see. @param {import("maplibre-gl").Map} map */
export function addBuilding(map) {
  const add = (source, type, filter, paint) => map.addLayer({ id: `${source}-${type}`, type, source, filter, paint });
  for (const [source, colour, fill] of [["building", "#14545c", 0.32], ["shown", "#b25c00", 0.4]]) {
    map.addSource(source, { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    add(source, "fill", of("Polygon"), { "fill-color": colour, "fill-opacity": fill });
    add(source, "line", ["!=", ["geometry-type"], "Point"], { "line-color": colour, "line-width": source === "shown" ? 5 : 3 });
    add(source, "circle", of("Point"), { "circle-radius": 8, "circle-color": colour, "circle-stroke-color": "#ffffff", "circle-stroke-width": 2 });
  }
}
