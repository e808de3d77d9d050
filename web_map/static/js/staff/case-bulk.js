import { inWords } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { confirmThat } from "./dialog.js";
import { field } from "./fields.js";
import { send } from "./send.js";
import { toast } from "./toast.js";

/** One next step for several cases that are ticked; each tells what became of it. @param {() => Promise<void>} done */
export function bulkBar(done) {
  const chosen = new Map(), buttons = el("div", { class: "turns" }), count = el("p", { "aria-live": "polite" });
  const outcome = el("div", { class: "told warn", role: "alert", hidden: true });
  const whole = el("div", { class: "bulk", hidden: true }, count, buttons);
  let kinds = new Map();

  function renew() {
    whole.hidden = chosen.size === 0;
    count.textContent = t("bulk.chosen", { n: number(chosen.size) });
    const cases = [...chosen.values()];
    const moves = cases.length ? (kinds.get(cases[0].workflow.name)?.moves ?? []) : [];
    const open = moves.filter((move) => !move.grave && !move.alone && move.mine && cases.every((one) => move.from.includes(one.state.name)));
    buttons.replaceChildren(...(open.length
      ? open.map((move) => el("button", { type: "button", class: "button quiet", onclick: () => ask(move, cases) }, move.title))
      : [el("p", { class: "quiet" }, t("bulk.no_step"))]));
  }

  function ask(move, cases) {
    const words = move.needs.reason || move.needs.note
      ? field(t(move.needs.reason ? "move.reason" : "move.note"), el("textarea", { maxlength: 500, rows: 3 }), t(move.needs.reason ? "move.reason_hint" : "move.note_hint")) : null;
    confirmThat({
      title: t("bulk.sure", { step: move.title, n: number(cases.length) }), yes: move.title,
      content: [el("p", {}, move.help), words?.whole],
      act: async () => {
        const said = words?.input.value.trim();
        if (words && !said) return t("move.words_missing");
        const body = { move: move.name, cases: cases.map((one) => ({ code: one.code, version: one.version })) };
        if (said) body[move.needs.reason ? "reason" : "note"] = said;
        const told = await send("POST", "/api/cases/moves", body);
        chosen.clear();
        await done();
        report(told);
        return null;
      },
    });
  }

  function report(told) {
    const refused = told.outcomes.filter((one) => one.outcome === "refused");
    toast(t("bulk.done", { n: number(told.done) }), { kind: "good" });
    outcome.hidden = refused.length === 0;
    outcome.replaceChildren(el("p", {}, t("bulk.refused", { n: number(refused.length) })), el("ul", { class: "bullets" },
      ...refused.map((one) => el("li", {}, el("a", { href: `/staff/cases/${one.code}` }, one.code), " – ",
        (inWords.lang === "vi" && one.problem.detail_vi) || one.problem.detail))));
  }

  return {
    whole: el("div", {}, outcome, whole),
    know(workflows) { kinds = new Map(workflows.map((one) => [one.name, one])); },
    offer() { chosen.clear(); renew(); },
    /** The box of a case that may be moved; nothing for one that may not. */
    tick(one) {
      if (!one.next) return null;
      const box = el("input", { type: "checkbox", "aria-label": t("bulk.choose", { code: one.code }), onchange: (event) => {
        if (event.currentTarget.checked) chosen.set(one.code, one);
        else chosen.delete(one.code);
        renew();
      } });
      return el("label", { class: "tick" }, box);
    },
  };
}
