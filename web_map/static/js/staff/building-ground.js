import { Refusal } from "../ask.js";
import { config, inWords } from "../config.js";
import { el } from "../dom.js";
import { area } from "../format.js";
import { t } from "../texts.js";
import { gridInput, tableInput } from "../ways/corner-table.js";
import { FEWEST, polygon } from "../ways/outline.js";
import { field, select } from "./fields.js";
import { request } from "./send.js";

const WAYS = ["draw", "corners", "file"];

/**
 * The ground of a building, in one of three ways; what was begun in one stays when another is looked at.
 * @param {any} map of the case @param {() => void} goOn to what is asked after the ground
 */
export function groundOfBuilding(map, goOn) {
  const corners = el("p", { role: "status" }), told = el("p", { role: "status", class: "small" }), fault = el("p", { class: "told bad", role: "alert", hidden: true });
  let way = map ? "draw" : "corners", drawn = { corners: [], closed: false }, hand = null, file = null;

  const button = (key, onclick) => /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button quiet", onclick }, t(key)));
  const begin = button("building.draw_begin", start);
  const undo = button("ways.draw_undo", () => hand?.takeBack()), again = button("ways.draw_again", () => hand?.clear()), end = button("building.draw_end", goOn);
  const table = field(t("ways.corners_label"), tableInput(), t("building.corners_help"));
  const grid = field(t("ways.grid_label"), gridInput(), t("ways.grid_help"));
  const upload = field(t("building.file"), el("input", { type: "file", name: "footprint", accept: ".geojson,.json,.dxf" }), t("building.file_help"));
  const fileGrid = field(t("ways.grid_label"), select([["", t("building.file_grid_own")], ...config.grids.map(({ srid, title }) => [String(srid), title])]), t("building.file_grid_help"));
  const layer = field(t("building.file_layer"), el("input", { type: "text", name: "layer", autocomplete: "off", maxlength: 255 }), t("building.file_layer_help"));
  const places = {
    draw: el("div", { class: "way" }, el("p", { class: "small" }, t("building.draw_help")), el("div", { class: "turns" }, begin)),
    corners: el("div", { class: "way" }, table.whole, grid.whole),
    file: el("div", { class: "way" }, upload.whole, fileGrid.whole, layer.whole),
  };
  const radios = WAYS.filter((name) => map || name !== "draw").map((name) => {
    const radio = el("input", { type: "radio", name: "way", value: name, checked: name === way, onchange: () => { way = name; show(); } });
    return el("label", { class: "tick" }, radio, el("span", {}, t(`building.way_${name}`)));
  });

  async function start() {
    if (hand) return hand.focus();
    begin.disabled = true;
    try {
      map.building(null);
      hand = await map.drawing(drawn, (now) => { drawn = now; tell(); });
      map.controls(corners, el("div", { class: "turns" }, end, undo, again));
      hand.focus();
    } catch {
      fault.textContent = t("map.no_graphics_here");
      fault.hidden = false;
    }
    begin.disabled = false;
    tell();
    return undefined;
  }

  function stop() {
    hand?.stop();
    hand = null;
  }

  function tell() {
    const n = drawn.corners.length;
    undo.disabled = again.disabled = n === 0;
    end.disabled = n < FEWEST;
    corners.textContent = drawn.closed ? t("building.draw_done") : n ? t("ways.draw_corners", { n }) : t("ways.draw_first");
    const words = {
      draw: () => (n && !hand ? corners.textContent : ""),
      corners: () => "",
      file: () => (file ? t("building.file_read", { name: file.name, area: area(file.area_m2) }) : ""),
    }[way]();
    told.textContent = [words, ...(way === "file" && file ? file.notices : [])].filter(Boolean).join(" ");
    told.hidden = !told.textContent;
  }

  function show() {
    if (way !== "draw") stop();
    fault.hidden = true;
    for (const name of WAYS) places[name].hidden = name !== way;
    if (way === "file" && file) map?.building(file.footprint);
    tell();
  }

  /** A file is read at once, so that what is wrong with it is told now. */
  async function read() {
    const chosen = /** @type {HTMLInputElement} */ (upload.input).files?.[0];
    if (!chosen) return;
    file = null;
    upload.blame(null);
    told.hidden = false;
    told.textContent = t("console.loading");
    try {
      const asked = new URLSearchParams(Object.entries({ crs: fileGrid.input.value, layer: layer.input.value.trim(), lang: inWords.lang }).filter(([, value]) => value));
      const answer = await request("POST", `/api/permits/footprint?${asked}`, chosen, { headers: { "Content-Type": "application/octet-stream" } });
      file = { name: chosen.name, notices: [], ...await answer.json() };
      map?.building(file.footprint);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      upload.blame(refusal.message);
    }
    tell();
  }

  upload.input.addEventListener("change", read);
  for (const more of [fileGrid, layer]) more.input.addEventListener("change", read);
  show();
  return {
    whole: el("fieldset", { class: "building-ground" }, el("legend", {}, t("building.ground")), el("div", { class: "case-ticks" }, ...radios), ...Object.values(places), told, fault),
    /** What is missing is told; true where nothing is. */
    check() {
      const lacking = way === "draw" && drawn.corners.length < FEWEST ? "building.draw_missing" : null;
      fault.textContent = lacking ? t(lacking) : "";
      fault.hidden = !lacking;
      table.blame(way === "corners" && !table.input.value.trim() ? t("building.corners_missing") : null);
      if (way === "file" && !file) upload.blame(upload.whole.querySelector(".fault").textContent || t("document.file_missing"));
      if (lacking) begin.focus();
      return !lacking && (way !== "corners" || Boolean(table.input.value.trim())) && (way !== "file" || Boolean(file));
    },
    said: () => (way === "draw" ? { footprint: polygon(drawn) } : way === "file" ? { footprint: file.footprint }
      : { corners: table.input.value, crs: Number(grid.input.value) }),
    stop,
  };
}
