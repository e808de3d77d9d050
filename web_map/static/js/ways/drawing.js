import { takeClicks } from "../clicks.js";
import { el } from "../dom.js";
import { onLeaving, showPanel } from "../panel.js";
import { t } from "../texts.js";
import { buttons } from "./parts.js";
import { makeSketch } from "./sketch.js";

/** So near its first corner, in pixels, a tap closes the area. */
const CLOSING = { fine: 20, coarse: 40 };
const FEWEST = 3;

/**
 * An area drawn corner by corner on the map; closed by a tap on its first corner, or by the button.
 * @param {any} page @param {() => void} back
 * @param {{corners: [number, number][], closed: boolean}} [drawn] what was drawn already
 */
export function askByDrawing(page, back, drawn = { corners: [], closed: false }) {
  const button = (text, kind, onclick) =>
    /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: kind, disabled: true, onclick }, t(text)));
  const told = el("p", { class: "small", role: "status" });
  const look = button("ways.look", "button", send);
  const undo = button("ways.draw_undo", "button quiet", takeBack);
  const again = button("ways.draw_again", "button quiet", clear);
  showPanel(t("ways.draw"), [el("p", {}, t("ways.draw_help")), told, buttons(look, back, undo, again)], { state: "ways", focus: true });

  page.highlight?.clear();
  const sketch = makeSketch(page.map);
  takeClicks(put);
  page.map.getCanvas().style.cursor = "crosshair";
  onLeaving(() => {
    takeClicks(null);
    sketch.remove();
    page.map.getCanvas().style.cursor = "";
  });
  show();

  function put({ lng, lat }) {
    const { corners, closed } = drawn;
    // One area is one question: the next tap would begin another.
    if (closed) return;
    if (corners.length > 0 && pixels(corners.at(-1), [lng, lat]) < 2) return;
    const reach = matchMedia("(pointer: coarse)").matches ? CLOSING.coarse : CLOSING.fine;
    if (corners.length >= FEWEST && pixels(corners[0], [lng, lat]) <= reach) drawn = { corners, closed: true };
    else drawn = { corners: [...corners, [lng, lat]], closed: false };
    show();
  }

  function pixels(one, other) {
    const [a, b] = [one, other].map((corner) => page.map.project(corner));
    return Math.hypot(a.x - b.x, a.y - b.y);
  }

  /** The closing first, then corner by corner. */
  function takeBack() {
    drawn = { corners: drawn.closed ? drawn.corners : drawn.corners.slice(0, -1), closed: false };
    show();
  }

  function clear() {
    drawn = { corners: [], closed: false };
    show();
  }

  function show() {
    const { corners, closed } = drawn;
    const n = corners.length;
    sketch.show(corners, closed);
    look.disabled = n < FEWEST;
    undo.disabled = again.disabled = n === 0;
    told.textContent = closed ? t("ways.draw_done") : n === 0 ? t("ways.draw_first") : t("ways.draw_corners", { n });
  }

  function send() {
    const { corners } = drawn;
    page.ask({ area: { type: "Polygon", coordinates: [[...corners, corners[0]]] } }, () => askByDrawing(page, back, drawn));
  }
}
