import { date, number } from "../format.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { config } from "../config.js";

/** @param {string} id of a layer */
export const layerOf = (id) => config.layers.find((layer) => layer.id === id);

/** @param {string} id of a layer */
export const layerTitle = (id) => layerOf(id)?.title ?? id;

/** Whose data it is. @param {string} source */
export const sourceName = (source) => (source === "unnamed" ? t("source.unnamed") : source);

/** What a delivery is called: its layer and the day of its data. */
export const headingOf = (line) => t(line.kind === "rollback" ? "line.rollback" : "line.heading", {
  id: line.undoes ?? line.id, layer: layerTitle(line.layer), date: date(line.source_date),
});

const MOOD = {
  ready: "warn", partly_applied: "warn", refused: "bad", failed: "bad", applied: "good", already_applied: "good",
};

/** @param {{status: string}} line */
export const statusChip = (line) =>
  el("span", { class: `chip ${MOOD[line.status] ?? ""}` }, t(`status.${line.status}`));

/** A bar with words; `update` moves it in place, so that nobody loses the focus. */
export function progressBar(progress) {
  const bar = el("progress", { max: 100, "aria-label": t("progress.label") });
  const words = el("p", { class: "small" });
  const whole = el("div", { class: "progress" }, bar, words);
  update(progress);
  return { whole, update };

  function update(told) {
    if (told.percent === null) bar.removeAttribute("value");
    else bar.setAttribute("value", String(told.percent));
    words.textContent = progressWords(told);
  }
}

/** The same in one sentence. */
export function progressWords(told) {
  const parts = [stepName(told.stage)];
  if (told.rows_done) {
    parts.push(told.rows_total
      ? t("progress.rows_of", { done: number(told.rows_done), total: number(told.rows_total) })
      : t("progress.rows", { done: number(told.rows_done) }));
  }
  if (told.rows_per_second) parts.push(t("progress.rate", { rate: number(Math.round(told.rows_per_second)) }));
  if (told.seconds_left) parts.push(t("progress.left", { time: lasting(told.seconds_left) }));
  return parts.join(" · ");
}

export const stepName = (step) => (`step.${step}` in config.texts ? t(`step.${step}`) : t("step.working"));

/** A span of time as people say it. @param {number} seconds */
export function lasting(seconds) {
  if (seconds < 60) return t("time.seconds", { n: number(Math.max(1, Math.round(seconds))) });
  return t("time.minutes", { n: number(Math.round(seconds / 60)) });
}

/** Bytes as people read them. @param {number} bytes */
export const size = (bytes) => (bytes < 1e6 ? `${number(Math.ceil(bytes / 1e3))} KB` : `${number(Math.round(bytes / 1e5) / 10)} MB`);
