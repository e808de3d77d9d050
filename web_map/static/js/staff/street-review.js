import { Refusal } from "../ask.js";
import { inWords } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { confirmThat } from "./dialog.js";
import { field, select } from "./fields.js";
import { send } from "./send.js";

/** What numbering the street anew would change, looked at first and then done at once. */
export function review(told, tools) {
  if (told.axes.length === 0) return null;
  const alleys = told.axes.filter((one) => one.alley).map((one) => [one.alley, t("street.axis_alley", { alley: one.alley })]);
  const part = field(t("street.review_of"), select([["", t("street.review_whole")], ...alleys], "", { name: "part" }));
  const shown = el("div", { class: "review", "aria-live": "polite" });
  const look = el("button", { type: "button", class: "button", onclick: load }, t("street.review_do"));

  async function load() {
    look.setAttribute("disabled", "");
    try {
      const query = new URLSearchParams({ street: String(tools.street), lang: inWords.lang, ...(part.input.value ? { alley: part.input.value } : {}) });
      shown.replaceChildren(...outcome(await send("GET", `/api/house-numbers/review?${query}`)));
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      shown.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
    } finally {
      look.removeAttribute("disabled");
    }
  }

  function outcome(plan) {
    const nothing = plan.changes.length + plan.reserved.length + plan.alleys.length === 0;
    return [
      el("p", {}, nothing ? t("street.nothing") : t("street.unchanged", { n: number(plan.unchanged) })),
      table("street.changes", plan.changes), table("street.reserved", plan.reserved),
      plan.alleys.length > 0 && folded("street.alleys", plan.alleys.length, [rows(plan.alleys, t("street.alleys", { n: number(plan.alleys.length) }))]),
      plan.collisions.length > 0 && folded("street.collisions", plan.collisions.length, [el("ul", { class: "bullets" }, ...plan.collisions.map((one) => el("li", {}, `${one.address ?? one.number}: ${one.reason}`)))]),
      plan.unplaced.length > 0 && folded("street.unplaced", plan.unplaced.length, [el("ul", { class: "bullets" }, ...plan.unplaced.map((one) => el("li", {}, one.address ?? one.number)))]),
      concerns(plan.concerns),
      !nothing && el("div", { class: "turns" }, el("button", { type: "button", class: "button big danger", onclick: () => apply(plan) }, t("street.apply"))),
    ].filter(Boolean);
  }

  function apply(plan) {
    const reason = field(t("street.reason"), el("textarea", { name: "reason", maxlength: 1000, rows: 3 }));
    const document = field(t("street.document"), el("input", { type: "text", name: "document", maxlength: 200, autocomplete: "off" }));
    confirmThat({
      title: t("street.apply_title", { name: tools.name }), yes: t("street.apply"), danger: true,
      content: [el("p", {}, t("street.apply_about", { n: number(plan.changes.length), reserved: number(plan.reserved.length) })), reason.whole, document.whole],
      act: async () => {
        const why = reason.input.value.trim();
        if (why.length < 5) return t("street.reason_missing");
        await tools.apply({ street: tools.street, alley: part.input.value || undefined, plan: plan.plan, reason: why, document: document.input.value.trim() || undefined }, plan.changes.length);
        return null;
      },
    });
  }

  return el("section", { class: "panel", "aria-labelledby": "review-title" },
    el("h2", { id: "review-title" }, t("street.review")), el("p", { class: "quiet" }, t("street.review_about")),
    alleys.length > 0 && part.whole, el("div", { class: "turns" }, look), shown);
}

const table = (key, changes) => changes.length > 0 && folded(key, changes.length, [rows(changes, t(key, { n: number(changes.length) }))], key === "street.changes");
const folded = (key, n, content, open = false) => el("details", { open }, el("summary", {}, t(key, { n: number(n) })), ...content);

function rows(changes, label) {
  const head = el("tr", {}, ...["street.before", "street.after"].map((key) => el("th", { scope: "col" }, t(key))));
  return el("div", { class: "review-rows", tabindex: "0", role: "region", "aria-label": label },
    el("table", { class: "review-table" }, el("thead", {}, head),
      el("tbody", {}, ...changes.map((one) => el("tr", {}, el("td", {}, one.before ?? t("street.new")), el("td", { class: "after" }, one.after))))));
}

function concerns(found) {
  if (found.length === 0) return el("p", { class: "quiet" }, t("street.concerns_none"));
  const total = found.reduce((sum, one) => sum + one.count, 0);
  return folded("street.concerns", total, found.flatMap((one) => [
    el("h3", {}, `${one.title} (${number(one.count)})`),
    el("ul", { class: "bullets" }, ...one.examples.map((each) => el("li", {}, [each.title, each.note].filter(Boolean).join(" – ")))),
  ]), true);
}
