import { takeClicks } from "../clicks.js";
import { el } from "../dom.js";
import { onLeaving, showPanel } from "../panel.js";
import { t } from "../texts.js";
import { FEWEST, makeOutline, polygon } from "./outline.js";
import { buttons } from "./parts.js";

/**
 * An area drawn corner by corner on the map; closed by a tap on its first corner, or by the button.
 * @param {any} page @param {() => void} back
 * @param {import("./outline.js").Drawn} [drawn] what was drawn already
 */
export function askByDrawing(page, back, drawn = { corners: [], closed: false }) {
  const button = (text, kind, onclick) =>
    /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: kind, disabled: true, onclick }, t(text)));
  const told = el("p", { class: "small", role: "status" });
  const look = button("ways.look", "button", send);
  const undo = button("ways.draw_undo", "button quiet", () => outline.takeBack());
  const again = button("ways.draw_again", "button quiet", () => outline.clear());
  showPanel(t("ways.draw"), [el("p", {}, t("ways.draw_help")), told, buttons(look, back, undo, again)], { state: "ways", focus: true });

  page.highlight?.clear();
  const outline = makeOutline(page.map, drawn, show);
  takeClicks(outline.put);
  page.map.getCanvas().style.cursor = "crosshair";
  onLeaving(() => {
    takeClicks(null);
    outline.remove();
    page.map.getCanvas().style.cursor = "";
  });

  function show(now) {
    drawn = now;
    const n = drawn.corners.length;
    look.disabled = n < FEWEST;
    undo.disabled = again.disabled = n === 0;
    told.textContent = drawn.closed ? t("ways.draw_done") : n === 0 ? t("ways.draw_first") : t("ways.draw_corners", { n });
  }

  function send() {
    page.ask({ area: polygon(drawn) }, () => askByDrawing(page, back, drawn));
  }
}
