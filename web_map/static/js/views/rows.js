import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { awayInWords } from "./where.js";

/**
 * @typedef {import("./features.js").Row} Row
 * @typedef {object} Shown
 * @property {any} layer an entry of the legend
 * @property {Row[]} rows
 * @property {number} from place of the first of them, from 1
 * @property {ReturnType<import("./features.js").makeFeatures>} features
 * @property {(row: Row, button: HTMLElement) => void} open
 * @property {(order: import("./features.js").Order) => void} sort
 */

/** How many there are, in words. @param {number|null} matched */
export const many = (matched) => (matched === null ? t("list.count_many", { n: number(50_000) }) : t("list.count", { n: number(matched) }));

const caption = ({ layer, rows, from, features }) => t("list.caption", {
  layer: layer.title, from: number(from), to: number(from + rows.length - 1), all: many(features.matched()),
});

function nameButton(row, open) {
  const button = el("button", { type: "button", class: "list-name", "data-feature": row.id }, row.name);
  button.addEventListener("click", () => open(row, button));
  return button;
}

/** A table whose heads put it in order. @param {Shown} shown */
export function asTable(shown) {
  const { layer, rows, features, open, sort } = shown;
  const columns = [["name", t("list.name")], ...features.columns.map((property, index) => [index, property.title]), ["away", t("list.away")]];
  const head = ([by, words]) => {
    const { by: current, down } = features.order();
    if (!features.sortable(by)) return el("th", { scope: "col" }, words);
    const sorted = current === by ? (down ? "descending" : "ascending") : null;
    return el("th", { scope: "col", "aria-sort": sorted },
      el("button", { type: "button", class: "list-sort", "data-by": by, onclick: () => sort({ by, down: sorted === "ascending" }) }, words));
  };
  const line = (row) => el("tr", {},
    el("th", { scope: "row" }, nameButton(row, open)),
    ...row.texts.map((text, index) => el("td", { class: typeof row.values[index] === "number" && "number" }, text ?? "–")),
    el("td", {}, awayInWords(row.away)));
  return el("div", { class: "list-scroll", tabindex: "0", role: "group", "aria-label": layer.title },
    el("table", { class: "list-table" }, el("caption", {}, caption(shown)),
      el("thead", {}, el("tr", {}, ...columns.map(head))), el("tbody", {}, ...rows.map(line))));
}

/** The same for a narrow screen: one under the other, each with its facts. @param {Shown} shown */
export function asList(shown) {
  const { layer, rows, features, open, sort } = shown;
  const choices = [
    [features.whole() ? "away" : null, false, t(features.whole() ? "list.nearest" : "list.as_stored")],
    ...[["name", t("list.name")], ...features.columns.map((property, index) => [index, property.title])]
      .filter(([by]) => features.sortable(by))
      .flatMap(([by, name]) => [[by, false, t("list.up", { name })], [by, true, t("list.down", { name })]]),
  ];
  const { by: current, down } = features.order();
  const select = /** @type {HTMLSelectElement} */ (el("select", { "aria-label": t("list.order", { layer: layer.title }) },
    ...choices.map(([by, falls, words], index) => el("option", { value: index, selected: by === current && falls === down }, words))));
  select.addEventListener("change", () => {
    const [by, falls] = choices[Number(select.value)];
    sort({ by, down: falls });
  });
  const fact = (property, text) => text && el("span", { class: "small" }, `${property.title}: `, el("b", {}, text));
  const item = (row) => el("li", {}, nameButton(row, open),
    ...features.columns.map((property, index) => fact(property, row.texts[index])),
    el("span", { class: "small" }, awayInWords(row.away)));
  return el("div", {},
    el("label", { class: "list-order" }, el("span", { "aria-hidden": "true" }, t("list.order_short")), select),
    el("p", { class: "small" }, caption(shown)),
    el("ol", { class: "list-items", start: shown.from }, ...rows.map(item)));
}
