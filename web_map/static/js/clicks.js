/** @type {((lngLat: {lng: number, lat: number}) => void)|null} */
let taker = null;

/** For a while clicks mean something else than "what is here"; null gives them back. @param {typeof taker} handler */
export function takeClicks(handler) {
  taker = handler;
}

/**
 * A click means the sign under it, if there is one, and otherwise the ground.
 * @param {import("maplibre-gl").Map} map
 * @param {any[]} legend
 * @param {(question: import("./address.js").Question, how?: {focus?: boolean}) => void} onAsked
 */
export function watchClicks(map, legend, onAsked) {
  const points = new Set(legend.filter((layer) => layer.dimension === 0).map((layer) => layer.id));
  const drawn = () => map.getStyle().layers
    .filter((layer) => points.has(layer.metadata?.["gis:layer"])).map((layer) => layer.id);

  map.on("click", (event) => {
    const touched = matchMedia("(pointer: coarse)").matches ? 16 : 6;
    take(event.point, event.lngLat, touched);
  });
  // By keyboard the arrows move the map under its centre, where a cross stands, and Enter is the click.
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const centre = map.getCenter();
    take(map.project(centre), centre, 6, { focus: true });
  });

  function take(point, lngLat, reach, how = {}) {
    if (taker) return taker(lngLat);
    const hit = nearest(point, reach);
    return hit ? onAsked({ feature: { layer: hit.sourceLayer, id: String(hit.id) } }, how)
      : onAsked({ point: [lngLat.lng, lngLat.lat] }, how);
  }

  map.on("mousemove", (event) => {
    if (taker) return;
    map.getCanvas().style.cursor = nearest(event.point, 3) ? "pointer" : "crosshair";
  });

  function nearest({ x, y }, reach) {
    const box = [[x - reach, y - reach], [x + reach, y + reach]];
    const away = (feature) => {
      const place = map.project(feature.geometry.coordinates);
      return Math.hypot(place.x - x, place.y - y);
    };
    return map.queryRenderedFeatures(box, { layers: drawn() })
      .filter((feature) => feature.geometry.type === "Point")
      .sort((one, other) => away(one) - away(other))[0];
  }
}
