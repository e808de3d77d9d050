import { el } from "../dom.js";
import { t } from "../texts.js";
import { progressBar } from "./lines.js";

const STEPS = ["receive", "recognise", "check", "compare", "approve"];
const OF_READING = ["grid", "encoding", "proposal", "layers"];
const OVER = ["applied", "already_applied", "rejected", "rolled_back"];

/** The five steps, and what happens in the one under way. */
export function stepsOf(state) {
  const at = current(state), stuck = ["refused", "failed"].includes(state.status);
  const mark = (place) => (place < at || OVER.includes(state.status) ? "done" : place > at ? "later" : stuck ? "stuck" : "now");
  const item = (name, place) => {
    const how = mark(place);
    return el("li", { "data-how": how, "aria-current": how === "now" || how === "stuck" ? "step" : null },
      el("span", { class: "step-name" }, t(`steps.${name}`)),
      el("span", { class: "step-how" }, t(`steps.${how}`)));
  };
  const bar = state.progress && progressBar(state.progress);
  return {
    whole: el("section", { class: "panel steps", "aria-label": t("steps.title") },
      el("ol", {}, ...STEPS.map(item)), el("p", {}, t(`now.${state.status}`)), bar?.whole),
    tell(progress) {
      bar?.update(progress);
    },
  };
}

function current(state) {
  if (state.progress) return Math.max(0, STEPS.indexOf(state.progress.stage));
  if (["ready", "partly_applied", "approved", ...OVER].includes(state.status)) return 4;
  // How the file is to be read is not clear: it was not recognised.
  if (state.status === "refused" && OF_READING.some((name) => state.summary[name])) return 1;
  return state.status === "received" ? 0 : state.prepared_at || state.findings.length > 0 ? 2 : 1;
}
