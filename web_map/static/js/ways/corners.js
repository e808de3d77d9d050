import { el } from "../dom.js";
import { showPanel } from "../panel.js";
import { t } from "../texts.js";
import { gridInput, tableInput } from "./corner-table.js";
import { buttons, field } from "./parts.js";

let written = "";

/** The corner table of a certificate, pasted as it is. The server says which row is wrong, and why. */
export function askByCorners(page, back) {
  const table = tableInput(written), grid = gridInput();
  const send = (event) => {
    event.preventDefault();
    written = table.value;
    page.ask({ corners: table.value, crs: Number(grid.value) }, () => askByCorners(page, back));
  };
  showPanel(t("ways.corners"), [el("form", { class: "ways", onsubmit: send },
    field("corner-table", t("ways.corners_label"), table, t("ways.corners_help")),
    field("corner-grid", t("ways.grid_label"), grid, t("ways.grid_help")),
    buttons(el("button", { type: "submit", class: "button" }, t("ways.look")), back))], { state: "ways", focus: true });
}
