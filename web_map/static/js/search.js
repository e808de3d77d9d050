import { ask, isGivenUp, Refusal } from "./ask.js";
import { config, inWords } from "./config.js";
import { readCoordinates } from "./coordinates.js";
import { byId, el } from "./dom.js";
import { place } from "./format.js";
import { hintFor, readGridPair } from "./hints.js";
import { t } from "./texts.js";

const PAUSE_MS = 180;
const box = /** @type {HTMLInputElement} */ (byId("search-box"));
const list = byId("search-list");
const note = byId("search-note");
const clear = byId("search-clear");

/**
 * One box for parcel numbers, streets, places and coordinates: a combobox with a list of results.
 * @param {(result: any) => void} onChosen
 * @param {() => void} onNothing nothing was found: an older answer would be taken for the new one
 */
export function startSearch(onChosen, onNothing) {
  /** @type {any[]} */
  let results = [];
  let active = -1;
  let timer = 0;
  let running = new AbortController();
  let asked = "";
  let failed = false;

  box.addEventListener("input", () => {
    clear.hidden = box.value === "";
    clearTimeout(timer);
    running.abort();
    if (box.value.trim() === "") return close("");
    timer = window.setTimeout(() => search(), PAUSE_MS);
  });
  box.addEventListener("keydown", (event) => {
    const keys = { ArrowDown: () => move(1), ArrowUp: () => move(-1), Escape: escape };
    if (!(event.key in keys) || event.isComposing) return;
    event.preventDefault();
    keys[event.key]();
  });
  byId("search").addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    if (box.value.trim() !== "" && box.value !== asked) await search();
    const chosen = results[Math.max(active, 0)];
    if (chosen) choose(chosen);
  });
  clear.addEventListener("click", () => {
    box.value = "";
    clear.hidden = true;
    close("");
    box.focus();
  });
  box.addEventListener("focus", () => { if (results.length > 0) open(); });
  // That there was no network is true no more.
  window.addEventListener("online", () => { if (failed) close(""); });
  document.addEventListener("pointerdown", (event) => {
    if (!byId("search").contains(/** @type {Node} */ (event.target))) close();
  });

  async function search() {
    const query = box.value.normalize("NFC").trim();
    running.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const grid = readGridPair(query);
      if (grid) return close(t("search.grid", grid));
      const point = readCoordinates(query);
      const found = point ? offered(point) : await named(query, signal);
      if (signal.aborted) return;
      asked = box.value;
      results = found;
      if (found.length > 0) return open();
      close(point ? t("search.outside", { city: config.city.title }) : hintFor(query) ?? t("search.none", { query, example: example() }));
      onNothing();
    } catch (fault) {
      if (isGivenUp(fault)) return;
      if (!(fault instanceof Refusal)) throw fault;
      close(t("search.failed", { reason: fault.message }));
      failed = true;
    }
  }

  function open() {
    active = -1;
    list.replaceChildren(...results.map(option));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    box.removeAttribute("aria-activedescendant");
    tell(t("search.count", { n: results.length }), true);
  }

  /** @param {string} [text] what to tell; without one the results stay at hand */
  function close(text) {
    failed &&= text === undefined;
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    if (text === undefined) return tell("", true);
    results = [];
    asked = "";
    tell(text, false);
  }

  function option(result, index) {
    const choice = el("li", { role: "option", id: `search-${index}`, class: "search-option", "aria-selected": "false" },
      el("span", { class: "search-title" }, result.title),
      result.subtitle && el("span", { class: "search-subtitle" }, result.subtitle));
    choice.addEventListener("pointerdown", (event) => event.preventDefault());
    choice.addEventListener("click", () => choose(result));
    return choice;
  }

  function move(step) {
    if (results.length === 0) return;
    if (list.hidden) open();
    active = (active + step + results.length) % results.length;
    [...list.children].forEach((child, index) => child.setAttribute("aria-selected", String(index === active)));
    box.setAttribute("aria-activedescendant", `search-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function escape() {
    if (!list.hidden) return close();
    box.value = "";
    clear.hidden = true;
    close("");
  }

  function choose(result) {
    box.value = result.title;
    asked = box.value;
    clear.hidden = false;
    close();
    box.blur();
    onChosen(result);
  }
}

/** @param {string} text @param {boolean} unseen only for screen readers */
function tell(text, unseen) {
  note.classList.toggle("unseen", unseen);
  note.textContent = text;
}

/** What the server finds; a parcel number first of all asks the look-up, which knows the numbers of every day. */
async function named(query, signal) {
  const { question, house, results } = await ask("/api/search", { q: query, limit: 8, ...inWords }, { signal });
  if (house && !results.some((result) => result.layer === config.houses || plainly(result.title) === plainly(query))) {
    // Without its number the street alone would be opened, and nobody told.
    const { number, street } = house;
    return [{ question: { address: query }, title: t("search.house", { number, street }), subtitle: t("search.house_text") }, ...results];
  }
  if (!question) return results;
  const { sheet, parcel, unit } = question;
  const title = [t("answer.parcel", { sheet, parcel }), unit].filter(Boolean).join(", ");
  return [{ question, title, subtitle: t("search.paper") }, ...results];
}

/** A text without marks and capitals. @param {string} text */
const plainly = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u0110\u0111]/g, "d").toLowerCase();

/** A place in the city as a result to choose; none elsewhere. */
function offered({ lon, lat, inCity }) {
  return inCity ? [{ layer: null, title: place(lon, lat), subtitle: t("search.coordinates"), lon, lat, bbox: null }] : [];
}

/** Coordinates as one may write them: of the middle of the city. */
function example() {
  const [lon, lat] = config.city.centre;
  return place(lon, lat);
}
