import { Refusal } from "../ask.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { changeCard } from "./change.js";
import { layerOf } from "./lines.js";
import { request, send } from "./send.js";
import { toast } from "./toast.js";

/** Those the comparison is not sure of: a person says whether it is the same thing. */
export function doubts(state, { address, stage }) {
  if (!state.difference || !state.doubtful?.found) return null;
  const layer = layerOf(state.layer);
  const list = el("ul", { class: "changes" });
  const left = el("p", { class: "quiet", role: "status" });
  const more = el("button", { type: "button", class: "button quiet", hidden: true, onclick: () => load() }, t("console.more"));
  const cases = [];
  let after = 0, waiting = state.doubtful.waiting;
  const tell = () => {
    document.dispatchEvent(new CustomEvent("doubts", { detail: waiting }));
    left.textContent = waiting ? t("doubt.waiting", { n: number(waiting) }) : t("doubt.all_done");
  };

  async function load() {
    const page = await send("GET", `${address}/changes?doubtful=true&after=${after}&limit=40`);
    for (const change of page.changes) {
      const last = cases.at(-1);
      if (change.group_no !== null && last?.[0].group_no === change.group_no) last.push(change);
      else cases.push([change]);
    }
    list.replaceChildren(...cases.map(item));
    after = page.next_after ?? after;
    more.hidden = page.next_after === null;
  }

  /** What belongs together is decided together: the pieces of a split, what was merged. */
  function item(members) {
    const [first] = members;
    const whole = el("li", { class: "case" });
    const button = (what, words = what) => el("button", {
      type: "button", class: "button quiet", "aria-pressed": String(first.decision === what), onclick: () => decide(what),
    }, t(`doubt.say_${words}`));
    const edited = members.some((each) => each.evidence?.edited_on);
    const draw = () => whole.replaceChildren(...members.map((each) => changeCard(each, layer, stage, state)),
      el("div", { class: "turns" }, ...(edited ? [button("kept"), button("accepted", "corrects")] : [button("accepted"), button("separate")])));
    async function decide(what) {
      try {
        await request("POST", `${address}/changes/${first.change_no}/decision`, { decision: what, instead_of: first.decision });
        if (first.decision === null) waiting -= 1;
        for (const each of members) each.decision = what;
        draw();
        tell();
        next(whole);
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        toast(t("console.gone_wrong", { reason: fault.message }));
      }
    }
    draw();
    return whole;
  }

  /** On with the next that waits, so that the keyboard need not travel. */
  function next(from) {
    const rest = [...list.children].slice([...list.children].indexOf(from));
    const open = rest.find((each) => !each.querySelector("[aria-pressed=true]"));
    (open ?? from).querySelector("[aria-pressed]")?.focus();
  }

  tell();
  load();
  return el("section", { class: "panel", "aria-labelledby": "doubts-title" },
    el("h2", { id: "doubts-title" }, t("doubt.title")), el("p", { class: "quiet" }, t("doubt.about")), left, list,
    el("div", { class: "turns" }, more));
}
