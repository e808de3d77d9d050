import { config } from "../config.js";
import { dayAsked } from "../day.js";
import { byId, el, isPhone } from "../dom.js";
import { date, number } from "../format.js";
import { LIT } from "../ground.js";
import { sheet } from "../sheets.js";
import { t } from "../texts.js";
import { makeCard } from "./card.js";
import { DAY_CHANGED } from "./past.js";
import { makeSection } from "./section.js";

const REST_MS = 450;
/** Half the side of what is listed where no map shows a view. */
const AROUND_DEGREES = 0.0025;

/**
 * The map said in words: what of each layer shown lies in view. It needs no graphics.
 * @param {any} parts of `startViews`, with `hide`
 */
export async function make(parts) {
  await Promise.all([sheet("views"), sheet("list")]);
  const { map, legend, layers, inquiry, ground } = parts;
  const { card, body, show, hide } = makeCard("list", t("list.title"), parts.hide);
  const said = el("p", { class: "unseen", role: "status" });
  const about = el("p", { class: "small" });
  const list = el("div", { class: "list-layers" });
  const again = el("button", { type: "button", class: "button quiet list-refresh", onclick: () => refresh() }, t("list.refresh"));
  body.append(said, el("div", { class: "list-head" }, about, again), list);
  let running = new AbortController();
  /** Without a map the list is of the ground of the last answer. @type {[number, number]} */
  let centre = ground.middle() ?? config.city.centre;
  let timer = 0;
  let dirty = true;
  /** @type {{redraw: () => void}[]} */
  let sections = [];
  /** @type {HTMLElement|null} the row whose answer is open */
  let opened = null;
  let opening = false;

  if (!map) document.addEventListener(LIT, follow);
  map?.on("moveend", (event) => {
    dirty = true;
    // A move that a chosen row made leaves the list as it is, or the row would be gone.
    if (event.originalEvent) soon();
  });
  document.addEventListener(DAY_CHANGED, () => soon());
  byId("layers-body").addEventListener("change", (event) => {
    if (/** @type {HTMLElement} */ (event.target).matches("[type=checkbox]")) soon();
  });
  byId("answer").addEventListener("closed", comeBack);
  window.matchMedia("(max-width: 719px)").addEventListener("change", () => sections.forEach((section) => section.redraw()));

  return {
    open(asked) {
      show(asked);
      if (dirty) refresh();
    },
    close: hide,
  };

  /** Whatever was asked by other means than a row of the list, which stays as it is then. */
  function follow() {
    if (opening) return;
    centre = ground.middle();
    soon();
  }

  function soon() {
    dirty = true;
    clearTimeout(timer);
    if (!card.hidden) timer = window.setTimeout(() => refresh(), REST_MS);
  }

  function view() {
    if (!map) {
      const [lon, lat] = centre;
      return { box: [lon - AROUND_DEGREES, lat - AROUND_DEGREES, lon + AROUND_DEGREES, lat + AROUND_DEGREES], centre, zoom: Infinity };
    }
    const bounds = map.getBounds();
    const { lng, lat } = map.getCenter();
    return { box: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()], centre: [lng, lat], zoom: map.getZoom() };
  }

  async function refresh() {
    dirty = false;
    opened = null;
    running.abort();
    running = new AbortController();
    const { signal } = running;
    const shown = layers.shown().map((id) => legend.find((layer) => layer.id === id));
    const place = { ...view(), signal };
    const day = dayAsked();
    about.textContent = [day && t("list.of_day", { date: date(day) }), t("list.away_note")].filter(Boolean).join(" ");
    const made = shown.map((layer) => ({ layer, ...makeSection(layer, place, open, announce) }));
    sections = made;
    list.replaceChildren(...made.map(({ section }) => section));
    if (made.length === 0) list.replaceChildren(el("p", {}, t("list.no_layers")));
    announce(t("list.loading"));
    await Promise.all(made.map(({ fill }) => fill()));
    if (signal.aborted) return;
    const found = made.filter((one) => one.found() !== 0)
      .map((one) => t("list.found", { layer: one.layer.title, n: one.found() === null ? "…" : number(one.found()) }));
    announce(found.length ? t("list.ready", { found: found.join(", ") }) : t("list.nothing"));
    list.dataset.ready = "true";
  }

  function announce(words) {
    said.textContent = words;
  }

  /** Show a row on the map, and what is known of it. On a phone the answer takes the list's place. */
  function open(layer, row, button) {
    list.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    button.setAttribute("aria-current", "true");
    opened = button;
    opening = true;
    inquiry.look({ feature: { layer: layer.id, id: row.id } }, { move: true, focus: true }).finally(() => { opening = false; });
  }

  /** The answer was closed: on to the next row. */
  function comeBack() {
    if (opened?.isConnected && !card.hidden) opened.focus({ preventScroll: isPhone() === false });
    opened = null;
  }
}
