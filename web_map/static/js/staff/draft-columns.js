import { config, inWords } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";

/** Which columns of a table are read, by which names, with an example; the codes; and a file to begin with. */
export function draftColumns() {
  const head = ["title", "names", "example"].map((name) => el("th", { scope: "col" }, t(`draft_columns.${name}`)));
  const shown = (value) => (typeof value === "number" ? number(value) : value);
  const row = (column) => el("tr", {}, el("th", { scope: "row" }, column.title),
    el("td", {}, el("code", {}, [column.name, ...column.names].join(", "))), el("td", {}, shown(column.example)));
  const code = ({ code: name, name: words }) => el("li", {}, el("code", {}, name), ` ${words}`);
  return el("div", { class: "draft-columns" },
    el("p", {}, t("draft_columns.needed", { names: ["function_code", ...config.columns[0].names.slice(0, 3)].join(", ") }), " ",
      el("a", { class: "link", href: `/api/planning/drafts/template.gpkg?lang=${inWords.lang}`, download: true }, t("draft_columns.template"))),
    el("details", {}, el("summary", {}, t("draft_columns.all")),
      el("p", { class: "small" }, t("draft_columns.rest")),
      el("div", { class: "table", tabindex: "0", role: "group", "aria-label": t("draft_columns.all") },
        el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...config.columns.map(row)))),
      el("h3", {}, t("draft_columns.codes")), el("ul", { class: "draft-codes" }, ...config.codes.map(code))));
}
