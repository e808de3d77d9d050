import { byId, el } from "./dom.js";

/**
 * Paper gets a picture of the map: a canvas that draws with the graphics card prints empty.
 * @param {import("maplibre-gl").Map|null} map
 */
export function startPrinting(map) {
  window.addEventListener("beforeprint", () => {
    if (!map) return;
    map.redraw();
    const picture = el("img", { class: "print-map", alt: "", src: map.getCanvas().toDataURL("image/png") });
    byId("map").after(picture);
  });
  window.addEventListener("afterprint", () => document.querySelector(".print-map")?.remove());
}
