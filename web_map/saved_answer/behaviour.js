/* The box beside the map: where there is room its legend stands open, and the site is not below it. */
function lay(map, box) {
  var card = document.querySelector("main.card");
  var wide = window.innerWidth > 700;
  card.querySelectorAll("details.wide").forEach(function (part) { part.open = wide; });
  var room = wide
    ? { paddingTopLeft: [card.offsetWidth + 36, 30], paddingBottomRight: [30, 30] }
    : { paddingTopLeft: [16, 16], paddingBottomRight: [16, card.offsetHeight + 16] };
  L.Popup.mergeOptions({
    autoPanPaddingTopLeft: wide ? room.paddingTopLeft : [8, 8],
    autoPanPaddingBottomRight: [60, wide ? 12 : card.offsetHeight + 8],
    maxWidth: wide ? 360 : 300
  });
  map.fitBounds(box, Object.assign({ maxZoom: 20, animate: false }, room));
}
