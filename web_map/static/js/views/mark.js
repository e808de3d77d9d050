import { byId, el } from "../dom.js";
import { date } from "../format.js";
import { sheet } from "../sheets.js";
import { t } from "../texts.js";
import { firstDay } from "./stops.js";

/** @type {HTMLElement|null} */
let mark = null;
let asked = 0;

/**
 * Say on the map that it is not today's, and lead back to today. Layers that know nothing of the day are named.
 * @param {string|null} day null takes the mark away
 * @param {import("./stops.js").Days} known
 * @param {string[]} shown ids of the layers on the map
 * @param {() => void} back
 */
export async function showMark(day, known, shown, back) {
  const stage = byId("map").parentElement;
  stage.toggleAttribute("data-past", day !== null);
  asked += 1;
  const turn = asked;
  if (day === null) {
    mark?.replaceChildren();
    return;
  }
  await sheet("views");
  if (turn !== asked) return;
  if (!mark) {
    mark = el("div", { class: "day-mark", role: "status" });
    byId("map").after(mark);
  }
  const first = firstDay(known, shown);
  const nothing = first === null || day < first;
  const late = known.layers.filter((layer) => shown.includes(layer.id) && (layer.begins ?? "9") > day);
  mark.replaceChildren(
    el("p", {},
      ...marked(day), " ",
      nothing && el("span", {}, first ? t("day.before_all", { date: date(first) }) : t("day.no_data")),
      ...(nothing ? [] : late.map((layer) => el("span", {}, begins(layer), " ")))),
    el("button", { type: "button", class: "button", onclick: back }, t("day.back")));
}

/** The day stands out of its sentence. */
function marked(day) {
  const [before, after] = t("day.mark", { date: "\n" }).split("\n");
  return [before, el("strong", {}, date(day)), after];
}

/** Since when a layer is known. @param {import("./stops.js").Days["layers"][number]} layer */
export const begins = ({ title, begins: first }) =>
  (first ? t("day.begins", { layer: title, date: date(first) }) : t("day.begins_never", { layer: title }));
