import { el } from "../dom.js";
import { showPanel } from "../panel.js";
import { sheet } from "../sheets.js";
import { t } from "../texts.js";
import { askByCorners } from "./corners.js";
import { askBySeveral } from "./several.js";

/**
 * The ways to ask that fit no search box: a drawn area, the corner table of a certificate, several parcels.
 * @param {{map: any, highlight: any, ask: (body: object) => void, close: () => void}} page
 */
export function showWays(page) {
  sheet("ways");
  const back = () => showWays(page);
  const ways = [
    page.map && ["ways.draw", "ways.draw_text", () => draw(page, back)],
    ["ways.corners", "ways.corners_text", () => askByCorners(page, back)],
    ["ways.several", "ways.several_text", () => askBySeveral(page, back)],
  ].filter(Boolean);
  const line = ([name, more, open]) => el("li", {},
    el("button", { type: "button", class: "choice", onclick: open },
      el("strong", {}, t(name)), el("span", { class: "small" }, t(more))));
  showPanel(t("ways.title"), [el("ul", { class: "choices" }, ...ways.map(line))], { state: "ways", focus: true });
}

async function draw(page, back) {
  const { askByDrawing } = await import("./drawing.js");
  askByDrawing(page, back);
}
