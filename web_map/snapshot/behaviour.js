/* Behaviour of a saved map: what a feature is when clicked, names from their zoom on, streets as wide as
   on the ground. Leaflet's zooms are one above those of the live map. */
function describe(layer, feature) {
  layer.bindPopup(function () {
    var list = document.createElement("dl");
    feature.properties.rows.forEach(function (row) {
      ["dt", "dd"].forEach(function (tag, i) {
        var part = document.createElement(tag);
        part.textContent = row[i];
        list.append(part);
      });
    });
    return list;
  }, { maxHeight: 320, minWidth: 220 });
}

function widen(layer, map, width) {
  var metres = Number(layer.feature.properties[width.property]) || width.otherwise;
  layer.setStyle({ weight: Math.max(metres * width.pixels * Math.pow(2, map.getZoom()), 0.7) });
}

function attend(map, group, options) {
  group.eachLayer(function (layer) {
    describe(layer, layer.feature);
  });
  function settle() {
    var seen = map.getBounds();
    var close = options.labelFrom !== null && map.getZoom() >= options.labelFrom;
    group.eachLayer(function (layer) {
      if (options.width) widen(layer, map, options.width);
      var text = layer.feature.properties.label;
      if (!text) return;
      var place = layer.getLatLng ? layer.getLatLng() : layer.getBounds().getCenter();
      var wanted = close && map.hasLayer(group) && seen.contains(place);
      if (wanted && !layer.getTooltip()) {
        layer.bindTooltip(document.createTextNode(text), options.tooltip);
      } else if (!wanted && layer.getTooltip()) {
        layer.unbindTooltip();
      }
    });
  }
  map.on("moveend overlayadd overlayremove", settle);
  settle();
}
