import { config } from "./config.js";

const EMPTY = { type: "FeatureCollection", features: [] };

/**
 * Lights up what was asked for, above every layer and below every label.
 * @param {import("maplibre-gl").Map} map
 */
export function makeHighlight(map) {
  const colour = config.colours.selected;
  const firstLabel = map.getStyle().layers.find((layer) => layer.type === "symbol")?.id;
  map.addSource("asked", { type: "geojson", data: EMPTY });
  const ofKind = (kind) => ["in", ["geometry-type"], ["literal", [kind, `Multi${kind}`]]];
  const add = (id, type, kind, paint) =>
    map.addLayer({ id, type, source: "asked", filter: ofKind(kind), paint }, firstLabel);
  add("asked-fill", "fill", "Polygon", { "fill-color": colour, "fill-opacity": 0.14 });
  for (const kind of ["Polygon", "LineString"]) {
    const name = kind.toLowerCase();
    add(`asked-${name}-edge`, "line", kind, { "line-color": "#ffffff", "line-width": 6, "line-opacity": 0.9 });
    add(`asked-${name}`, "line", kind, { "line-color": colour, "line-width": 3 });
  }
  add("asked-point", "circle", "Point", {
    "circle-color": "rgba(0,0,0,0)", "circle-radius": ["case", ["get", "quiet"], 9, 17],
    "circle-stroke-color": ["case", ["get", "quiet"], config.colours.quiet, colour], "circle-stroke-width": 3.5,
  });
  return {
    /** @param {GeoJSON.Geometry[]} geometries @param {{quiet?: boolean}} [how] quiet: nothing was found there */
    show(geometries, { quiet = false } = {}) {
      const features = geometries.map((geometry) => ({ type: "Feature", properties: { quiet }, geometry }));
      map.getSource("asked").setData({ type: "FeatureCollection", features });
    },
    clear() {
      map.getSource("asked").setData(EMPTY);
    },
  };
}

/** The box around geometries: west, south, east, north. @param {GeoJSON.Geometry[]} geometries */
export function boxAround(geometries) {
  const box = [180, 90, -180, -90];
  const take = (coordinates) => {
    if (typeof coordinates[0] !== "number") return coordinates.forEach(take);
    const [lon, lat] = coordinates;
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  };
  geometries.forEach((geometry) => take(geometry.coordinates));
  return box;
}
