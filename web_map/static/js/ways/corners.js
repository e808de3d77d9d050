import { config } from "../config.js";
import { el } from "../dom.js";
import { showPanel } from "../panel.js";
import { t } from "../texts.js";
import { buttons, field } from "./parts.js";

let written = "";

/** The corner table of a certificate, pasted as it is. The server says which row is wrong, and why. */
export function askByCorners(page, back) {
  const table = /** @type {HTMLTextAreaElement} */ (el("textarea", {
    rows: "8", required: true, spellcheck: "false", autocapitalize: "off", maxlength: "40000", class: "ways-table",
    placeholder: t("ways.corners_example"),
  }));
  table.value = written;
  const grid = /** @type {HTMLSelectElement} */ (el("select", {},
    ...config.grids.map(({ srid, title }) =>
      el("option", { value: String(srid), selected: srid === config.grid }, title))));
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
