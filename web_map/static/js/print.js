import { byId, el } from "./dom.js";

/**
 * Paper gets a picture of the map, since a canvas that draws with the graphics card prints empty, and the
 * address under which the answer is found again.
 * @param {import("maplibre-gl").Map|null} map
 */
export function startPrinting(map) {
  window.addEventListener("beforeprint", () => {
    if (!map) return;
    map.redraw();
    const picture = el("img", { class: "print-map", alt: "", src: map.getCanvas().toDataURL("image/png") });
    const address = el("p", { class: "print-address" }, location.href);
    byId("answer").before(picture, address);
  });
  window.addEventListener("afterprint", () => {
    document.querySelectorAll(".print-map, .print-address").forEach((part) => part.remove());
  });
}
