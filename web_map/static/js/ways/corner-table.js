import { config } from "../config.js";
import { el } from "../dom.js";
import { t } from "../texts.js";

/** A box for the corner table of a certificate, pasted as it is. @param {string} written what stood in it already */
export function tableInput(written = "") {
  const table = /** @type {HTMLTextAreaElement} */ (el("textarea", {
    rows: "8", required: true, spellcheck: "false", autocapitalize: "off", maxlength: "40000", class: "ways-table",
    placeholder: t("ways.corners_example"),
  }));
  table.value = written;
  return table;
}

/** The grids in which such a table may be, the city's own chosen. */
export const gridInput = () => /** @type {HTMLSelectElement} */ (el("select", {},
  ...config.grids.map(({ srid, title }) => el("option", { value: String(srid), selected: srid === config.grid }, title))));
