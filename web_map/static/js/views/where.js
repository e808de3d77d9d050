import { number } from "../format.js";
import { t } from "../texts.js";

const METRES_A_DEGREE = 111_320;
const WAYS = [
  "list.north", "list.north_east", "list.east", "list.south_east",
  "list.south", "list.south_west", "list.west", "list.north_west",
];

/**
 * How far the nearest part of a shape lies from a place, and in which direction. Flat, which is right to a
 * thousandth over the width of a city: for saying where, not for measuring.
 * @param {GeoJSON.Geometry} geometry @param {[number, number]} place longitude, latitude
 * @returns {{metres: number, way: number}} the way as an index of eight, from north on clockwise
 */
export function awayFrom(geometry, [lon, lat]) {
  const wide = METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180);
  const flat = ([x, y]) => [(x - lon) * wide, (y - lat) * METRES_A_DEGREE];
  let best = [Infinity, 0, 0];
  let crossings = 0;
  const take = ([x, y]) => {
    const far = Math.hypot(x, y);
    if (far < best[0]) best = [far, x, y];
  };
  const walk = (part) => {
    if (typeof part[0] === "number") return take(flat(part));
    if (typeof part[0][0] !== "number") return part.forEach(walk);
    const line = part.map(flat);
    for (let index = 1; index < line.length; index += 1) {
      const [[ax, ay], [bx, by]] = [line[index - 1], line[index]];
      const long = (bx - ax) ** 2 + (by - ay) ** 2;
      const share = long === 0 ? 0 : Math.min(1, Math.max(0, -(ax * (bx - ax) + ay * (by - ay)) / long));
      take([ax + share * (bx - ax), ay + share * (by - ay)]);
      if (ay > 0 !== by > 0 && ax + (-ay / (by - ay)) * (bx - ax) > 0) crossings += 1;
    }
  };
  walk(geometry.coordinates);
  const within = geometry.type.endsWith("Polygon") && crossings % 2 === 1;
  const [metres, east, north] = best;
  return { metres: within ? 0 : metres, way: (Math.round(Math.atan2(east, north) / (Math.PI / 4)) + 8) % 8 };
}

/** In words: 120 m, to the north-east. @param {{metres: number, way: number}} away */
export function awayInWords({ metres, way }) {
  if (metres < 0.5) return t("list.at_centre");
  const words = { way: t(WAYS[way]) };
  if (metres >= 1000) return t("list.away_kilometres", { ...words, n: number(Math.round(metres / 100) / 10) });
  return t("list.away_metres", { ...words, n: number(metres < 10 ? Math.round(metres) : Math.round(metres / 5) * 5) });
}
