import { watchClicks } from "../clicks.js";
import { config } from "../config.js";
import { withDay } from "../day.js";
import { el, isStill } from "../dom.js";
import { makeHighlight } from "../highlight.js";
import { loadPictures } from "../pictures.js";
import { follow } from "../swipe.js";
import { t } from "../texts.js";
import { showOn, styleOf } from "./past.js";

const OPACITIES = ["fill-opacity", "line-opacity", "circle-opacity", "circle-stroke-opacity", "text-opacity", "icon-opacity", "raster-opacity"];

/**
 * The map's other half: the same place, layers and answer, on another day or of another plan.
 * @param {any} parts of `startViews`
 * @param {HTMLElement} frame
 * @param {import("./past.js").View} view
 * @param {import("./stops.js").Days} known
 */
export async function makeOtherMap({ map, legend, inquiry }, frame, view, known) {
  const maplibre = await import(config.maplibre);
  const container = el("div", { class: "swipe-map after" });
  frame.prepend(container);
  const other = new maplibre.Map({
    container, style: styleOf(view, known), center: map.getCenter(), zoom: map.getZoom(),
    minZoom: map.getMinZoom(), maxZoom: map.getMaxZoom(), maxBounds: map.getMaxBounds(),
    attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: isStill() ? 0 : 200,
    locale: { "Map.Title": t("compare.map") },
    transformRequest: (url) => ({ url: new URL(url, location.origin).href }),
  });
  other.touchZoomRotate.disableRotation();
  other.keyboard.disableRotation();
  loadPictures(other);
  const part = follow([map, other]);
  other.on("idle", () => { frame.dataset.idle = "true"; });
  other.on("movestart", () => delete frame.dataset.idle);
  await new Promise((resolve) => other.once("style.load", resolve));
  makeHighlight(other);
  watchClicks(other, legend, (question) => withDay(view.day, () => inquiry.look(question)));
  map.on("styledata", copyLooks);
  map.on("sourcedata", copyAsked);
  copyLooks();
  copyAsked({ sourceId: "asked" });

  /** Layers are switched on and off, and made fainter, on both. */
  function copyLooks() {
    for (const { id, layout, paint } of map.getStyle().layers) {
      if (id.startsWith("asked") || !other.getLayer(id)) continue;
      const shown = layout?.visibility ?? "visible";
      if ((other.getLayoutProperty(id, "visibility") ?? "visible") !== shown) other.setLayoutProperty(id, "visibility", shown);
      for (const name of OPACITIES) {
        if (paint?.[name] !== undefined && other.getPaintProperty(id, name) !== paint[name]) other.setPaintProperty(id, name, paint[name]);
      }
    }
  }

  /** What is lit up on the one is lit up on the other. */
  function copyAsked({ sourceId }) {
    if (sourceId === "asked") other.getSource("asked")?.setData(map.getSource("asked").serialize().data);
  }

  return {
    /** @param {import("./past.js").View} next */
    show(next) {
      Object.assign(view, { plan: undefined }, next);
      delete frame.dataset.idle;
      showOn(other, view, known);
      // It comes to rest anew even where nothing became otherwise.
      other.triggerRepaint();
    },
    remove() {
      part();
      map.off("styledata", copyLooks);
      map.off("sourcedata", copyAsked);
      other.remove();
      container.remove();
    },
  };
}
