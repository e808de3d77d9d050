/* Behaviour of a saved map: what a feature is when clicked, names from their zoom on and never one over
   another, streets as wide as on the ground. Leaflet's zooms are one above those of the live map. */
function describe(layer) {
  layer.bindPopup(function () {
    var list = document.createElement("dl");
    layer.feature.properties.rows.forEach(function (row) {
      ["dt", "dd"].forEach(function (tag, i) {
        var part = document.createElement(tag);
        part.textContent = row[i];
        list.append(part);
      });
    });
    return list;
  }, { maxHeight: window.innerWidth > 700 ? 320 : 230, minWidth: 220 });
}

function metresOf(layer, width) {
  return Number(layer.feature.properties[width.property]) || width.otherwise;
}

/* Every group with its options; names are given out in the order of the zoom they start at. */
var attended = [];

function attend(map, group, options) {
  group.eachLayer(describe);
  attended.push({ group: group, options: options });
  attended.sort(function (one, other) { return one.options.labelFrom - other.options.labelFrom; });
  if (attended.length === 1) map.on("moveend overlayadd overlayremove", function () { settle(map); });
  settle(map);
}

function settle(map) {
  var taken = [];
  attended.forEach(function (part) {
    var layers = part.group.getLayers();
    var width = part.options.width;
    if (width) {
      layers.sort(function (one, other) { return metresOf(other, width) - metresOf(one, width); });
      layers.forEach(function (layer) {
        var pixels = metresOf(layer, width) * width.pixels * Math.pow(2, map.getZoom());
        layer.setStyle({ weight: Math.max(pixels, 0.7) });
      });
    }
    var shown = part.options.named && map.hasLayer(part.group) && map.getZoom() >= part.options.labelFrom;
    layers.forEach(function (layer) { name(map, layer, shown, part.options.tooltip, taken); });
  });
}

function name(map, layer, shown, tooltip, taken) {
  var text = layer.feature.properties.label;
  if (!text) return;
  var place = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
  var free = shown && map.getBounds().contains(place) && claim(map.latLngToContainerPoint(place), text, taken);
  if (free && !layer.getTooltip()) layer.bindTooltip(document.createTextNode(text), tooltip);
  else if (!free && layer.getTooltip()) layer.unbindTooltip();
}

/* Take the ground a name needs, unless another stands there. */
function claim(at, text, taken) {
  var half = text.length * 3.7 + 4;
  var clash = taken.some(function (other) {
    return Math.abs(other.x - at.x) < half + other.half && Math.abs(other.y - at.y) < 19;
  });
  if (!clash) taken.push({ x: at.x, y: at.y, half: half });
  return !clash;
}
