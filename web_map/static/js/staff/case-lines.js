import { el } from "../dom.js";
import { date } from "../format.js";
import { t } from "../texts.js";
import { unitName } from "./units.js";

/** How far off a due day is, in a word or two. @param {string|null} due ISO @param {string} today ISO */
export function dueChip(due, today) {
  if (!due) return el("span", { class: "chip" }, t("due.none"));
  const days = Math.round((Date.parse(due) - Date.parse(today)) / 86400000);
  if (days < 0) return el("span", { class: "chip bad" }, t("due.late", { date: date(due), n: -days }));
  if (days === 0) return el("span", { class: "chip warn" }, t("due.today"));
  return el("span", { class: `chip ${days <= 5 ? "warn" : ""}` }, t("due.on", { date: date(due) }));
}

/** One case of a list. @param {any} one @param {string} today @param {{tick: (one: any) => HTMLElement|null}} bulk @param {Map<string, string>} names */
export function row(one, today, bulk, names) {
  return el("li", { class: "case-line", "data-overdue": String(one.overdue) },
    bulk.tick(one),
    el("div", { class: "case-what" },
      el("h3", {}, el("a", { href: `/staff/cases/${one.code}` }, one.place)),
      el("p", { class: "small" }, t("line_case.which", { code: one.code, kind: one.workflow.title, unit: unitName(names, one.unit_code) })),
      el("p", { class: "small" }, one.assigned_to ? t("line_case.officer", { name: one.assigned_to }) : t("line_case.nobody"))),
    el("div", { class: "case-state" },
      one.closed_at ? el("span", { class: "chip" }, t("due.closed", { date: date(one.closed_at) })) : dueChip(one.due_on, today),
      el("p", {}, one.state.title),
      one.next && el("p", { class: "small" }, t("line_case.next", { step: one.next }))));
}
