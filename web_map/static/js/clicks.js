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
 * @param {(question: import("./address.js").Question) => void} onAsked
 */
export function watchClicks(map, legend, onAsked) {
  const points = new Set(legend.filter((layer) => layer.dimension === 0).map((layer) => layer.id));
  const drawn = () => map.getStyle().layers
    .filter((layer) => points.has(layer.metadata?.["gis:layer"])).map((layer) => layer.id);

  map.on("click", (event) => {
    if (taker) return taker(event.lngLat);
    const touched = matchMedia("(pointer: coarse)").matches ? 16 : 6;
    const hit = nearest(event.point, touched);
    if (hit) onAsked({ feature: { layer: hit.sourceLayer, id: String(hit.id) } });
    else onAsked({ point: [event.lngLat.lng, event.lngLat.lat] });
  });
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
