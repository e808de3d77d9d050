/**
 * A point inside an area, in the midst of its widest part at half height of its largest polygon.
 * @param {GeoJSON.Polygon|GeoJSON.MultiPolygon} area
 * @returns {[number, number]} longitude, latitude
 */
export function pointInside(area) {
  const polygons = area.type === "MultiPolygon" ? area.coordinates : [area.coordinates];
  const rings = polygons.reduce((best, next) => (extent(next[0]) > extent(best[0]) ? next : best));
  const [, south, , north] = box(rings[0]);
  const lat = (south + north) / 2;
  const crossings = rings.flatMap((ring) => ring.slice(1).flatMap((to, index) => {
    const from = ring[index];
    if ((from[1] > lat) === (to[1] > lat)) return [];
    return [from[0] + ((lat - from[1]) / (to[1] - from[1])) * (to[0] - from[0])];
  })).sort((one, other) => one - other);
  let [west, east] = crossings;
  for (let index = 2; index + 1 < crossings.length; index += 2) {
    if (crossings[index + 1] - crossings[index] > east - west) [west, east] = crossings.slice(index);
  }
  return [(west + east) / 2, lat];
}

function box(ring) {
  const [lons, lats] = [0, 1].map((axis) => ring.map((place) => place[axis]));
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function extent(ring) {
  const [west, south, east, north] = box(ring);
  return (east - west) * (north - south);
}
