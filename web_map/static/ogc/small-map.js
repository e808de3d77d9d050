/* A small map beside a document: its features, or the tiles of its layer, over the ground layers. */
const config = JSON.parse(document.getElementById("small-map-config").textContent);
const place = document.getElementById("small-map");
const LOUD = "#b3261e";

/** The style of the city's map, with what this page shows and nothing else. */
async function style() {
  const answer = await fetch("/map/style.json", { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`style: ${answer.status}`);
  const whole = await answer.json();
  const kept = new Set([...config.ground, config.layer].filter((name) => name in whole.sources));
  const layers = whole.layers.filter((drawn) => drawn.type === "background" || kept.has(drawn.source));
  for (const drawn of layers) {
    if (drawn.source === config.layer) drawn.layout = { ...drawn.layout, visibility: "visible" };
  }
  // Pictures, patterns and labels are the large map's: here the shapes are enough.
  const plain = (drawn) => drawn.type !== "symbol" && !Object.keys(drawn.paint ?? {}).some((name) => name.endsWith("-pattern"));
  return {
    ...whole,
    sources: Object.fromEntries([...kept].map((name) => [name, whole.sources[name]])),
    layers: layers.filter(plain),
  };
}

function drawFeatures(map) {
  map.addSource("features", { type: "geojson", data: config.features });
  const of = (kind) => ["==", ["geometry-type"], kind];
  map.addLayer({ id: "f-fill", type: "fill", source: "features", filter: of("Polygon"), paint: { "fill-color": LOUD, "fill-opacity": 0.22 } });
  map.addLayer({ id: "f-line", type: "line", source: "features", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": LOUD, "line-width": 2 } });
  map.addLayer({ id: "f-point", type: "circle", source: "features", filter: of("Point"), paint: { "circle-color": LOUD, "circle-radius": 6, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 } });
}

/** The box around all positions of the features. */
function around(features) {
  const box = [180, 90, -180, -90];
  const visit = (part) => {
    if (typeof part[0] === "number") {
      box[0] = Math.min(box[0], part[0]);
      box[1] = Math.min(box[1], part[1]);
      box[2] = Math.max(box[2], part[0]);
      box[3] = Math.max(box[3], part[1]);
    } else part.forEach(visit);
  };
  for (const feature of features) if (feature.geometry) visit(feature.geometry.coordinates);
  return box[0] <= box[2] ? box : config.envelope;
}

async function start() {
  const [maplibre, drawn] = await Promise.all([import(config.maplibre), style()]);
  const [west, south, east, north] = config.bbox ?? around(config.features?.features ?? []);
  const map = new maplibre.Map({
    container: place,
    style: drawn,
    bounds: [[west, south], [east, north]],
    fitBoundsOptions: { padding: 28, maxZoom: 18 },
    attributionControl: false,
    cooperativeGestures: false,
    scrollZoom: false,
    dragRotate: false,
    fadeDuration: 0,
    locale: { "NavigationControl.ZoomIn": config.zoom_in, "NavigationControl.ZoomOut": config.zoom_out, "Map.Title": place.dataset.title },
    transformRequest: (url) => ({ url: new URL(url, location.origin).href }),
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ unit: "metric" }), "bottom-left");
  if (config.features) map.once("style.load", () => drawFeatures(map));
  map.on("idle", () => { place.dataset.idle = "true"; });
}

start().catch((fault) => {
  console.warn(fault);
  place.classList.add("without");
  place.querySelector(".map-note").hidden = false;
});
