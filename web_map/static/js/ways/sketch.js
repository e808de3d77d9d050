import { config } from "../config.js";

const SOURCE = "sketch";

/**
 * The corners of an area that is being drawn, on the map.
 * @param {import("maplibre-gl").Map} map
 */
export function makeSketch(map) {
  const colour = config.colours.selected;
  map.addSource(SOURCE, { type: "geojson", data: shapes([], false) });
  const add = (id, type, kind, paint) =>
    map.addLayer({ id: `${SOURCE}-${id}`, type, source: SOURCE, filter: ["==", ["geometry-type"], kind], paint });
  add("ground", "fill", "Polygon", { "fill-color": colour, "fill-opacity": 0.18 });
  add("halo", "line", "LineString", { "line-color": "#ffffff", "line-width": 6, "line-opacity": 0.9 });
  add("edge", "line", "LineString", { "line-color": colour, "line-width": 3 });
  // The first corner stands out: a tap on it closes the area.
  add("corner", "circle", "Point", {
    "circle-color": ["case", ["get", "first"], "#ffffff", colour], "circle-radius": ["case", ["get", "first"], 8, 5],
    "circle-stroke-color": ["case", ["get", "first"], colour, "#ffffff"], "circle-stroke-width": 3,
  });
  return {
    /** @param {[number, number][]} corners @param {boolean} closed */
    show(corners, closed) {
      map.getSource(SOURCE)?.setData(shapes(corners, closed));
    },
    remove() {
      for (const { id } of map.getStyle().layers.filter((layer) => layer.source === SOURCE)) map.removeLayer(id);
      if (map.getSource(SOURCE)) map.removeSource(SOURCE);
    },
  };
}

function shapes(corners, closed) {
  const ring = [...corners, corners[0]];
  const line = closed ? ring : corners;
  const geometries = [
    corners.length > 2 && { type: "Polygon", coordinates: [ring] },
    line.length > 1 && { type: "LineString", coordinates: line },
    ...corners.map((coordinates) => ({ type: "Point", coordinates })),
  ].filter(Boolean);
  const first = (geometry) => geometry.type === "Point" && geometry.coordinates === corners[0];
  return {
    type: "FeatureCollection",
    features: geometries.map((geometry) => ({ type: "Feature", properties: { first: first(geometry) }, geometry })),
  };
}
