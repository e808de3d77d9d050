import { takeClicks } from "../clicks.js";
import { config } from "../config.js";
import { el } from "../dom.js";
import { onLeaving, showPanel } from "../panel.js";
import { t } from "../texts.js";
import { buttons } from "./parts.js";

/** An area drawn corner by corner on the map; ended by a tap on its first corner, or by the button. */
export async function askByDrawing(page, back) {
  const told = el("p", { class: "small", role: "status" }, t("ways.draw_loading"));
  const look = /** @type {HTMLButtonElement} */ (
    el("button", { type: "button", class: "button", disabled: true, onclick: send }, t("ways.look")));
  const again = /** @type {HTMLButtonElement} */ (
    el("button", { type: "button", class: "button quiet", disabled: true, onclick: clear }, t("ways.draw_again")));
  showPanel(t("ways.draw"), [el("p", {}, t("ways.draw_help")), told, buttons(look, back, again)], { state: "ways", focus: true });

  const [{ TerraDraw, TerraDrawPolygonMode }, { TerraDrawMapLibreGLAdapter }] = await Promise.all(
    [import(config.drawing.draw), import(config.drawing.adapter)]);
  // The person may have gone on meanwhile.
  if (!told.isConnected) return;
  const colour = config.colours.selected;
  const polygon = new TerraDrawPolygonMode({
    pointerDistance: matchMedia("(pointer: coarse)").matches ? 40 : 20,
    styles: {
      fillColor: colour, fillOpacity: 0.18, outlineColor: colour, outlineWidth: 3,
      closingPointColor: "#ffffff", closingPointWidth: 8, closingPointOutlineColor: colour, closingPointOutlineWidth: 3,
    },
  });
  const draw = new TerraDraw({ adapter: new TerraDrawMapLibreGLAdapter({ map: page.map }), modes: [polygon] });
  takeClicks(() => {});
  page.highlight?.clear();
  draw.start();
  draw.setMode("polygon");
  onLeaving(() => {
    takeClicks(null);
    draw.stop();
    page.map.getCanvas().style.cursor = "";
  });
  told.textContent = t("ways.draw_first");

  let finished = null;
  draw.on("change", () => {
    const n = corners().length;
    again.disabled = n === 0;
    look.disabled = n < 3;
    if (finished === null) told.textContent = n === 0 ? t("ways.draw_first") : t("ways.draw_corners", { n });
  });
  draw.on("finish", (id) => {
    finished = id;
    look.disabled = false;
    told.textContent = t("ways.draw_done");
    // One area is one question: the next tap would begin another.
    draw.setMode("static");
  });

  function outline() {
    const shapes = draw.getSnapshot().filter(({ geometry }) => geometry.type === "Polygon");
    return shapes.find(({ id }) => id === finished) ?? shapes[0] ?? null;
  }

  /** The ring as it was set: while one draws, the last but one is where the pointer is. */
  function corners() {
    const ring = outline()?.geometry.coordinates[0] ?? [];
    const set = finished === null ? ring.slice(0, -2) : ring.slice(0, -1);
    // The first tap alone stands there several times.
    return new Set(set.map(String)).size === 1 ? set.slice(0, 1) : set;
  }

  function clear() {
    finished = null;
    draw.clear();
    draw.setMode("polygon");
    look.disabled = true;
    again.disabled = true;
    told.textContent = t("ways.draw_first");
  }

  function send() {
    const ring = corners();
    if (ring.length < 3) return;
    page.ask({ area: { type: "Polygon", coordinates: [[...ring, ring[0]]] } }, () => askByDrawing(page, back));
  }
}
