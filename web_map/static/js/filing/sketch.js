import { t } from "../texts.js";

const SVG = "http://www.w3.org/2000/svg", WIDTH = 340, HEIGHT = 260, AROUND = 2.2, LEAST_M = 40;

/**
 * The chosen lot among those around it, drawn without a map: a few kilobytes, and enough to see a wrong choice.
 * @param {any} chosen GeoJSON feature @param {any[]} lots those around, the chosen one among them or not
 * @param {(lot: any) => void} choose one of them was tapped
 */
export function sketch(chosen, lots, choose) {
  const { middle, reach } = around(chosen.geometry);
  const metres = Math.cos((middle[1] * Math.PI) / 180);
  const half = Math.max(reach * AROUND, LEAST_M / 111_320);
  const scale = HEIGHT / (2 * half);
  const place = ([lon, lat]) => [WIDTH / 2 + (lon - middle[0]) * metres * scale, HEIGHT / 2 - (lat - middle[1]) * scale];
  const made = (tag, attributes) => {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
    return node;
  };
  const picture = made("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("lot.sketch"), class: "sketch" });
  for (const lot of [...lots.filter((one) => one.id !== chosen.id), chosen]) {
    const own = lot.id === chosen.id;
    const shape = made("path", { d: rings(lot.geometry).map((ring) => `M${ring.map((at) => place(at).map((n) => n.toFixed(1)).join(" ")).join("L")}Z`).join(""), class: own ? "own" : "other" });
    if (!own) shape.addEventListener("click", () => choose(lot));
    picture.append(shape);
    const [x, y] = place(around(lot.geometry).middle);
    if (x > 12 && x < WIDTH - 12 && y > 12 && y < HEIGHT - 6) {
      const label = made("text", { x: x.toFixed(1), y: (y + 5).toFixed(1), class: own ? "own" : "other" });
      label.textContent = lot.properties.parcel_no;
      picture.append(label);
    }
  }
  return picture;
}

/** The rings of an area. @returns {number[][][]} */
const rings = ({ type, coordinates }) => (type === "MultiPolygon" ? coordinates.flat() : coordinates);

/** The middle of an area's box and half of its larger side, in degrees of latitude. */
export function around(geometry) {
  const places = rings(geometry).flat();
  const [lons, lats] = [0, 1].map((axis) => places.map((at) => at[axis]));
  const box = [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
  const middle = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
  return { box, middle, reach: Math.max(((box[2] - box[0]) / 2) * Math.cos((middle[1] * Math.PI) / 180), (box[3] - box[1]) / 2) };
}

/** Whether a place lies within an area; holes are outside of it. */
export function holds(geometry, lon, lat) {
  let inside = false;
  for (const ring of rings(geometry)) {
    for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
      const [x1, y1] = ring[at], [x2, y2] = ring[before];
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}
