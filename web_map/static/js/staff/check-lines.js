import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";

const OUTCOMES = ["fail", "cannot_decide", "pass"];

/**
 * The answer of the automatic check of a building: a sentence, then its lines, what fails first.
 * @param {any} check what `/api/permits/check` answers
 * @param {((geometry: object, words: string) => void)|null} show puts a line's place on a map, where there is one
 */
export function checkLines(check, show) {
  const of = (outcome) => check.lines.filter((line) => line.outcome === outcome);
  return el("div", { class: "check", "data-outcome": check.outcome },
    el("p", { class: "check-sum" }, sentence(of)),
    ...check.notices.map((words) => el("p", { class: "told warn" }, words)),
    el("p", { class: "small" }, t("check.size", { ground: number(check.footprint_m2), floors: number(check.floor_area_m2) })),
    ...OUTCOMES.filter((outcome) => of(outcome).length).map((outcome) => group(outcome, of(outcome), show)),
    el("p", { class: "small" }, check.disclaimer));
}

/** What came of it, in one sentence. */
function sentence(of) {
  const [failed, open, passed] = OUTCOMES.map(of);
  const counts = { open: number(open.length), passed: number(passed.length) };
  if (failed.length) return t("check.sum_fail", { n: number(failed.length), what: names(failed), ...counts });
  return t(open.length ? "check.sum_open" : "check.sum_pass", counts);
}

/** Titles in running text; several zones or streets say the same once. */
const names = (lines) => [...new Set(lines.map((line) => line.title.toLowerCase()))].join(", ");

function group(outcome, lines, show) {
  return el("details", { class: "check-group", "data-outcome": outcome, open: outcome !== "pass" },
    el("summary", {}, el("span", {}, t(`check.${outcome}`, { n: number(lines.length) }))),
    el("ul", {}, ...lines.map((line) => one(line, show))));
}

function one(line, show) {
  const figure = (value) => [number(value), line.unit].filter(Boolean).join(" ");
  const figures = [["check.measured", line.measured], ["check.allowed", line.allowed]].filter(([, value]) => value !== null && value !== undefined);
  return el("li", { "data-code": line.code },
    el("h3", {}, line.title),
    el("p", {}, line.reason),
    figures.length > 1 && el("dl", { class: "check-figures" }, ...figures.map(([key, value]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, figure(value))))),
    line.rule && el("p", { class: "small" }, t("check.rule", { document: line.rule.document, article: line.rule.article }), " ",
      !line.rule.verified && el("span", { class: "chip warn" }, t("check.unverified"))),
    line.source?.plan && el("p", { class: "small" }, [t("check.plan", { plan: line.source.plan }), line.source.decision_no, line.source.legal_basis].filter(Boolean).join(" · ")),
    line.geometry && show && el("button", { type: "button", class: "button quiet", onclick: () => show(line.geometry, t("check.shown", { title: line.title })) },
      t("check.show"), el("span", { class: "unseen" }, `: ${line.title}`)));
}
