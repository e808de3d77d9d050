import { ask, isGivenUp, Refusal } from "./ask.js";
import { byId, el } from "./dom.js";
import { place } from "./format.js";
import { t } from "./texts.js";

const PAUSE_MS = 180;
const box = /** @type {HTMLInputElement} */ (byId("search-box"));
const list = byId("search-list");
const note = byId("search-note");
const clear = byId("search-clear");

/**
 * One box for parcel numbers, streets, places and coordinates: a combobox with a list of results.
 * @param {(result: any) => void} onChosen
 */
export function startSearch(onChosen) {
  /** @type {any[]} */
  let results = [];
  let active = -1;
  let timer = 0;
  let running = new AbortController();
  let asked = "";

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
  document.addEventListener("pointerdown", (event) => {
    if (!byId("search").contains(/** @type {Node} */ (event.target))) close();
  });

  async function search() {
    const query = box.value.normalize("NFC").trim();
    running.abort();
    running = new AbortController();
    const { signal } = running;
    try {
      const point = coordinates(query);
      const found = point ? [point] : (await ask("/api/search", { q: query, limit: 8 }, { signal })).results;
      if (signal.aborted) return;
      asked = box.value;
      results = found;
      found.length > 0 ? open() : close(t("search.none", { query }));
    } catch (fault) {
      if (isGivenUp(fault)) return;
      if (!(fault instanceof Refusal)) throw fault;
      close(t("search.failed", { reason: fault.message }));
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

/**
 * Latitude and longitude in degrees, in either order: here a latitude is never above 90 and a longitude never below.
 * @param {string} query
 */
function coordinates(query) {
  const parts = /^(-?\d{1,3}\.\d+)\s*°?\s*[,;\s]\s*(-?\d{1,3}\.\d+)\s*°?$/.exec(query);
  if (!parts) return null;
  const [first, second] = [Number(parts[1]), Number(parts[2])];
  const [lat, lon] = Math.abs(first) > 90 ? [second, first] : [first, second];
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  return { layer: null, title: place(lon, lat), subtitle: t("search.coordinates"), lon, lat, bbox: null };
}
