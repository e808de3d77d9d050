import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";

const MOOD = { done: "good", refused: "bad", failed: "bad", waiting: "", working: "" };

/** @param {{state: string}} line */
export const stateChip = (line) => el("span", { class: `chip ${MOOD[line.state]}` }, t(`draft_state.${line.state}`));

/** How far the work is, in one sentence. */
export const stepWords = (line) => t("draft.working", { step: t(`draft_step.${line.step ?? "receive"}`), percent: number(line.percent) });

/** A bar with words; `update` moves it in place. */
export function draftProgress(state) {
  const bar = el("progress", { max: 100, "aria-label": t("draft.progress") });
  const words = el("p", {});
  const whole = el("section", { class: "panel progress" }, bar, words, el("p", { class: "small" }, t("draft.may_leave")));
  update(state);
  return { whole, update };

  function update(told) {
    bar.setAttribute("value", String(told.percent));
    words.textContent = stepWords(told);
  }
}
