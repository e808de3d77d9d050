import { isGivenUp, Refusal } from "../ask.js";
import { el, isPhone } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { makeFeatures } from "./features.js";
import { asList, asTable, many } from "./rows.js";

const A_PAGE = 20;

/**
 * One layer of the list: its features in view, page by page.
 * @param {any} layer an entry of the legend
 * @param {{box: number[], centre: [number, number], zoom: number, signal: AbortSignal}} view
 * @param {(layer: any, row: import("./features.js").Row, button: HTMLElement) => void} open
 * @param {(words: string) => void} announce
 */
export function makeSection(layer, view, open, announce) {
  const title = `list-${layer.id}`;
  const count = el("span", { class: "small" });
  const content = el("div", {}, el("p", { class: "small" }, t("list.loading")));
  const section = el("section", { class: "list-layer", "aria-labelledby": title, "data-layer": layer.id },
    el("h3", { id: title }, el("img", { src: layer.swatch, alt: "", class: "swatch" }), layer.title, " ", count), content);
  const features = makeFeatures(layer, view.box, view.centre, view.signal);
  let page = 0;

  return { section, fill, redraw: () => attempt(draw), found: () => features.matched() };

  /** Read and show; nothing is thrown, what goes wrong stands in the section. */
  async function fill() {
    if (layer.properties.length === 0) return note(t("list.no_features"));
    if (view.zoom < layer.zooms[0]) return note(t("list.far"));
    await attempt(async () => {
      await features.begin();
      await draw();
    });
  }

  async function attempt(what) {
    try {
      await what();
    } catch (fault) {
      if (isGivenUp(fault)) return;
      if (!(fault instanceof Refusal)) throw fault;
      note(t("list.failed", { reason: fault.message }));
    }
  }

  function note(words) {
    content.replaceChildren(el("p", { class: "small" }, words));
  }

  async function draw() {
    if (features.matched() === 0) return note(t("list.none"));
    const rows = await features.rows(page * A_PAGE, A_PAGE);
    count.textContent = many(features.matched());
    const shown = { layer, rows, from: page * A_PAGE + 1, features, sort, open: (row, button) => open(layer, row, button) };
    content.replaceChildren(isPhone() ? asList(shown) : asTable(shown), pages());
  }

  function pages() {
    const more = features.more((page + 1) * A_PAGE);
    if (page === 0 && !more) return "";
    const button = (key, step, able) => el("button", {
      type: "button", class: "button quiet", "data-step": step, disabled: !able, onclick: () => turn(step),
    }, t(key));
    return el("nav", { class: "list-pages", "aria-label": t("list.pages", { layer: layer.title }) },
      button("list.before", -1, page > 0), el("span", {}, t("list.page", { page: number(page + 1) })), button("list.after", 1, more));
  }

  async function turn(step) {
    page += step;
    await attempt(draw);
    (content.querySelector(`[data-step="${step}"]:not([disabled])`) ?? content.querySelector("[data-step]:not([disabled])"))?.focus();
    announce(t("list.turned", { layer: layer.title, page: number(page + 1) }));
  }

  async function sort(order) {
    page = 0;
    await attempt(async () => {
      await features.sort(order);
      await draw();
    });
    content.querySelector(`[data-by="${order.by}"], select`)?.focus();
    announce(t("list.sorted", { layer: layer.title, order: inWords(order) }));
  }

  function inWords({ by, down }) {
    if (by === "away" && !down) return t("list.nearest");
    if (by === null) return t("list.as_stored");
    const name = by === "name" ? t("list.name") : by === "away" ? t("list.away") : features.columns[by].title;
    return t(down ? "list.down" : "list.up", { name });
  }
}
