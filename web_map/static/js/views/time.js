import { el, isPhone } from "../dom.js";
import { date, number } from "../format.js";
import { EARLIEST, isDay } from "../day.js";
import { sheet } from "../sheets.js";
import { t } from "../texts.js";
import { makeCard } from "./card.js";
import { begins } from "./mark.js";
import { DAY_CHANGED, make as makePast, readDays } from "./past.js";
import { dayBefore, firstDay, isOften, stopsOf } from "./stops.js";

const PAUSE_MS = 160;

/** The card that moves the map through the days on which it changed. @param {any} parts of `startViews`, with `hide` */
export async function make(parts) {
  const [known] = await Promise.all([readDays(), sheet("views")]);
  const past = makePast(parts);
  const stops = stopsOf(known).filter((stop) => stop.day < known.today);
  const last = stops.length;
  const dayAt = (index) => (index === last ? null : stops[index].day);
  /** The stop whose state a day shows; days before the first have none and stand at it. */
  const indexOf = (day) => (day === null ? last : Math.max(0, stops.findLastIndex((stop) => stop.day <= day)));

  const { card, body, show, hide } = makeCard("time", t("day.title"), parts.hide);
  const slider = /** @type {HTMLInputElement} */ (el("input", {
    type: "range", min: 0, max: last, step: 1, class: "time-slider", "aria-label": t("day.slider"), oninput: slide,
  }));
  const [earlier, later] = [["day.earlier", -1], ["day.later", 1]].map(([key, step]) => el("button", {
    type: "button", class: "time-step", "aria-label": t(key), onclick: () => move(step),
  }, step < 0 ? "‹" : "›"));
  const marks = el("ol", { class: "time-marks", "aria-hidden": "true" }, ...stops.map((stop, index) => dot(index, date(stop.day).slice(3))),
    dot(last, t("day.today")));
  const said = el("p", { class: "time-said" });
  const changed = el("p", { class: "small" });
  const other = /** @type {HTMLInputElement} */ (el("input", {
    type: "date", min: EARLIEST, max: dayBefore(known.today), onchange: pick,
  }));
  const often = known.layers.filter(isOften);
  const still = parts.legend.filter((layer) => !layer.history && layer.dimension !== undefined && layer.properties.length > 0);
  body.append(
    el("div", { class: "time-line" }, earlier, el("div", { class: "time-track" }, slider, marks), later),
    said, changed,
    el("details", { class: "time-foot", open: !isPhone() }, el("summary", {}, t("day.more")), el("div", {},
      el("label", { class: "time-other" }, el("span", {}, t("day.other")), other),
      el("div", { class: "time-notes" },
        often.length > 0 && el("p", { class: "small" }, t("day.often", { layers: often.map((layer) => layer.title).join("; ") })),
        el("p", { class: "small" }, t("day.no_history", { layers: still.map((layer) => layer.title).join("; ") }))))));
  document.addEventListener(DAY_CHANGED, () => tell(past.day()));
  let timer = 0;

  return {
    open(asked) {
      tell(past.day());
      show(asked);
    },
    close: hide,
  };

  function dot(index, words) {
    const mark = el("li", {}, el("span", {}, words));
    mark.style.setProperty("--at", String(last === 0 ? 1 : index / last));
    // Of many marks the ends are named, of some every second one: their words need the room of two.
    if (index > 0 && index < last && (last > 7 || (last > 4 && index % 2 === 1))) mark.dataset.quiet = "";
    return mark;
  }

  /** The words follow the finger; the map follows once it rests. */
  function slide() {
    const day = dayAt(Number(slider.value));
    tell(day);
    clearTimeout(timer);
    timer = window.setTimeout(() => past.goTo(day), PAUSE_MS);
  }

  function move(step) {
    const at = indexOf(past.day());
    // A day between two stops first goes back to the stop it shows; one before all goes to the first.
    const here = past.day();
    const back = here !== null && step < 0 && stops[at]?.day < here;
    const before = here !== null && step > 0 && here < (stops[0]?.day ?? here);
    past.goTo(dayAt(Math.min(last, Math.max(0, at + (back || before ? 0 : step)))));
  }

  function pick() {
    if (isDay(other.value)) past.goTo(other.value);
  }

  function tell(day) {
    const at = indexOf(day);
    const stop = stops[at] ?? stops.at(-1);
    const next = stops[at + 1];
    slider.value = String(at);
    other.value = day ?? "";
    earlier.toggleAttribute("disabled", at === 0 && (day === null || day <= (stops[0]?.day ?? day)));
    later.toggleAttribute("disabled", day === null);
    [...marks.children].forEach((mark, index) => mark.toggleAttribute("data-now", index === at));
    const words = wordsFor(day, stop, next);
    const name = day === null ? t("day.today_long", { date: date(known.today) }) : t("day.of", { date: date(day) });
    slider.setAttribute("aria-valuetext", `${name} ${words}`);
    said.replaceChildren(el("strong", {}, name), " ", words);
    const begun = day !== null && (!stops[0] || day < stops[0].day);
    changed.textContent = begun || day === null ? late(day) : [changes(stop), late(day)].filter(Boolean).join(" ");
  }

  function wordsFor(day, stop, next) {
    if (!stop) return t("day.no_data");
    if (day === null) return t("day.same_since", { from: date(stops.at(-1).day) });
    const first = firstDay(known, parts.layers.shown()) ?? stops[0].day;
    if (day < first) return t("day.before_all", { date: date(first) });
    if (day < stops[0].day) return t("day.same_between", { from: date(first), to: date(dayBefore(stops[0].day)) });
    return next ? t("day.same_between", { from: date(stop.day), to: date(dayBefore(next.day)) }) : t("day.same_since", { from: date(stop.day) });
  }

  function changes(stop) {
    const what = stop.changes.map((change) => t("day.change", { layer: change.title, n: number(change.features) }));
    return t("day.changed", { date: date(stop.day), what: what.join("; ") });
  }

  /** Layers that are known only from a later day on. */
  function late(day) {
    return day === null ? "" : known.layers.filter((layer) => (layer.begins ?? "9") > day).map(begins).join(" ");
  }
}
