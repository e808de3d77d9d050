import { el } from "../dom.js";
import { date, number } from "../format.js";
import { t } from "../texts.js";

/** The clocks of a case: when each is due, and on demand how that was counted. */
export function clocks(one) {
  return el("section", { class: "panel", "aria-labelledby": "clocks-title" },
    el("h2", { id: "clocks-title" }, t("clock.title")), ...one.clocks.map(clock));
}

function clock(each) {
  return el("article", { class: "clock", "data-overdue": String(each.overdue) },
    el("h3", {}, each.title), el("p", { class: "clock-due" }, due(each)),
    each.days && el("p", { class: "small" }, t(`clock.${each.counts}`, { n: number(each.days), from: date(each.started_on) })),
    each.rule?.missing && el("p", { class: "told warn" }, t("clock.no_rule", { reason: each.rule.missing })),
    each.rule?.document && el("p", { class: "small" }, t("clock.rule", { document: each.rule.document, article: each.rule.article, state: each.rule.state })),
    ...each.pauses.map((pause) => el("p", { class: "small" }, pause.until_on
      ? t("clock.pause", { from: date(pause.from_on), until: date(pause.until_on), reason: pause.reason })
      : t("clock.pause_open", { from: date(pause.from_on), reason: pause.reason }))),
    each.working.length > 1 && working(each));
}

function due(each) {
  if (each.stopped_on) return t("clock.stopped", { date: date(each.stopped_on) });
  if (each.paused) return t("clock.paused", { n: number(each.used ?? 0) });
  if (!each.due_on) return t("clock.unknown");
  if (each.overdue) return t("clock.late", { date: date(each.due_on) });
  return t(`clock.due_${each.counts}`, { date: date(each.due_on), n: number(each.left) });
}

/** Every day on the way, numbered where it counts. */
export function working(each) {
  const line = (day) => el("tr", { "data-counts": String(day.number !== null) },
    el("th", { scope: "row" }, date(day.day)), el("td", { class: "number" }, day.number === null ? "–" : number(day.number)),
    el("td", {}, day.name ? `${t(`day.${day.reason}`)}: ${day.name}` : t(`day.${day.reason}`), day.confirmed === false && ` ${t("clock.unconfirmed")}`));
  return el("details", {}, el("summary", {}, t("clock.how")),
    el("div", { class: "table", tabindex: "0", role: "group", "aria-label": t("clock.how") }, el("table", {},
      el("thead", {}, el("tr", {}, ...["clock.day", "clock.number", "clock.why"].map((key) => el("th", { scope: "col" }, t(key))))),
      el("tbody", {}, ...each.working.map(line)))));
}
