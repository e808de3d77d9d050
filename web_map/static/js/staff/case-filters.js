import { config } from "../config.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { field, select, tick } from "./fields.js";

/** What narrows the lists: words, kind, whose, which unit. @param {() => void} changed */
export function filters(changed) {
  const words = field(t("filter.q"), el("input", { type: "search", name: "q", maxlength: 200, autocomplete: "off" }), t("filter.q_hint"));
  const mine = tick(t("filter.mine"), { name: "mine", onchange: changed });
  const everywhere = tick(t("filter.everywhere"), { name: "everywhere", onchange: changed });
  const kinds = el("div", { hidden: true });
  let kind = null;
  const whole = el("form", { class: "case-filters panel", role: "search", "aria-label": t("filter.title"), onsubmit: (event) => { event.preventDefault(); changed(); } },
    el("div", { class: "case-search" }, words.whole, el("button", { type: "submit", class: "button" }, t("filter.find"))),
    kinds, el("div", { class: "case-ticks" }, mine.whole, config.unit && config.unit !== "*" && everywhere.whole));
  const text = () => words.input.value.trim();
  return {
    whole,
    /** With more than one kind of case one may be chosen. */
    know(workflows) {
      if (workflows.length < 2) return;
      kind = select([["", t("filter.all_kinds")], ...workflows.map((one) => [one.name, one.title])], "", { name: "workflow", onchange: changed });
      kinds.replaceChildren(field(t("filter.kind"), kind).whole);
      kinds.hidden = false;
    },
    said: () => ({ q: text(), assigned: mine.input.checked ? "me" : "", unit: everywhere.input.checked ? "*" : "", workflow: kind?.value ?? "" }),
    narrowed: () => text() !== "" || mine.input.checked,
  };
}
