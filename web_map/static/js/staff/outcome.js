import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { confirmThat } from "./dialog.js";
import { field } from "./fields.js";
import { impactList } from "./impact.js";
import { number } from "../format.js";
import { send } from "./send.js";
import { hideToast, toast } from "./toast.js";

/** What was made of it, and what can be done about that. */
export function outcome(state, { act, address }) {
  const turns = [];
  const stopped = ["failed", "ready", "partly_applied"].includes(state.status) && state.stopped?.[config.language];
  if (state.status === "failed" && state.kind === "delivery") {
    turns.push(el("button", { type: "button", class: "button", onclick: () => act("resume", {}) }, t("outcome.resume")));
  }
  if (["applied", "partly_applied"].includes(state.status) && state.kind === "delivery" && !state.undone_by) {
    turns.push(el("button", { type: "button", class: "button quiet danger", onclick: (event) => rollBack(event.currentTarget, state, act, address) }, t("outcome.roll_back")));
  }
  const links = [
    state.undone_by && ["outcome.undone_by", state.undone_by],
    state.undoes && ["outcome.undoes", state.undoes],
  ].filter(Boolean).map(([key, id]) => el("a", { class: "link", href: `/staff/deliveries/${id}` }, t(key, { id })));
  if (!turns.length && !links.length && !stopped) return null;
  return el("section", { class: "panel outcome", "aria-label": t("outcome.title") },
    stopped && el("p", { class: "told warn" }, t("outcome.stopped", { reason: stopped })),
    turns.length > 0 && state.status === "failed" && el("p", {}, t("outcome.failed")),
    turns.length > 0 && state.status === "applied" && el("p", {}, t("outcome.applied")), ...links, el("div", { class: "turns" }, ...turns));
}

async function rollBack(button, state, act, address) {
  let effect;
  button.disabled = true;
  toast(t("outcome.roll_back_working"), { kind: "good", seconds: 30 });
  try {
    effect = await send("GET", `${address}/rollback`);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    toast(t("console.gone_wrong", { reason: fault.message }), { seconds: 20 });
    button.disabled = false;
    return;
  }
  hideToast();
  button.disabled = false;
  const note = field(t("decide.reason"), el("textarea", { name: "note", maxlength: 2000, rows: 3 }), t("outcome.roll_back_reason"));
  confirmThat({
    title: t("outcome.roll_back_sure", { id: state.id }), yes: t("outcome.roll_back_yes"), danger: true,
    content: [
      el("p", {}, t("outcome.roll_back_will", { n: number(effect.features) })),
      el("p", { class: "quiet" }, t("outcome.roll_back_kept")),
      effect.impact.length > 0 && el("h3", {}, t("impact.title")), ...impactList(effect.impact),
      note.whole,
    ],
    act: async () => {
      if (!note.input.value.trim()) return t("decide.reason_missing");
      const made = await act("rollback", { note: note.input.value.trim() });
      if (made?.rollback) location.assign(`/staff/deliveries/${made.rollback}`);
      return null;
    },
  });
}
