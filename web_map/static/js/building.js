import { el } from "./dom.js";
import { date, number } from "./format.js";
import { flag } from "./remark.js";
import { t } from "./texts.js";

/** What a person asks first; the rest stands among the lines. */
const FIRST = ["density_max", "floors_max", "height_max", "far_max", "footprint_max", "floor_area_max"];

/**
 * May one build here: one sentence, with a word and a sign for its tier.
 * @param {{tier: string, sentence: string}|undefined} verdict
 */
export function verdictBanner(verdict) {
  if (!verdict) return null;
  const label = t(`verdict.${verdict.tier}`);
  return el("section", { class: "verdict", "data-tier": verdict.tier, "data-line": true, "aria-label": t("verdict.title") },
    el("h3", {}, label),
    el("p", {}, under(label, verdict.sentence)), flag(verdict, t("verdict.title")));
}

/** The sentence under its label: what it begins with stands there already. */
function under(label, sentence) {
  const rest = sentence.startsWith(`${label}: `) ? sentence.slice(label.length + 2) : sentence;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/**
 * What may be built on a parcel: the figures, then each line with its ground.
 * @param {any} entry of `building` in an answer
 */
export function buildingSection(entry) {
  if (!entry) return null;
  const first = FIRST.flatMap((code) => entry.lines.filter((line) => line.code === code && isFigure(line)));
  return el("section", { class: "bucket building" },
    el("h3", { class: "plain" }, t("building.title")),
    first.length > 0
      ? el("dl", { class: "indicators" }, ...first.map(figure))
      : el("p", {}, t("building.nothing")),
    el("details", { class: "slivers" },
      el("summary", {}, t("building.lines", { n: number(entry.lines.length) })),
      el("ul", { class: "ground-lines" }, ...entry.lines.map(line))));
}

const isFigure = (line) => typeof line.value === "number";

const shown = (line) => (isFigure(line) ? `${number(line.value)} ${line.unit ?? ""}`.trim() : line.value);

const figure = (line) => el("div", {},
  el("dt", {}, line.title, part(line)), el("dd", { "data-line": true }, shown(line), flag(line, line.title)));

/** Of a split parcel a figure is of a part only. */
const part = (one) => one.holds_for && el("span", { class: "small" }, ` (${one.holds_for})`);

function line(one) {
  const value = one.outcome === "cannot_decide" ? t("building.cannot_decide") : shown(one);
  // Of the two lists of codes what is compared says more than how it came out.
  const told = one.code === "land_use" ? null : el("span", {}, value);
  return el("li", { "data-outcome": one.outcome, "data-line": true },
    el("strong", {}, one.title), part(one), told,
    one.reason && el("span", { class: "small" }, one.reason),
    one.rule && el("span", { class: "small" }, ruleLine(one.rule)),
    one.source?.decision_no && el("span", { class: "small" }, planLine(one.source)),
    flag(one, one.title));
}

function ruleLine(rule) {
  const doubt = rule.verified ? "" : ` ${t("hit.unverified")}`;
  return `${[rule.document, rule.article].filter(Boolean).join(", ")}${doubt}`;
}

const planLine = (source) => t("building.plan", {
  plan: source.plan, decision: source.decision_no, date: source.decision_date ? date(source.decision_date) : "",
});

/**
 * How the number that was asked became today's parcel.
 * @param {any[]} steps the `path` of an answer
 * @param {number} parcel its id; steps that lead elsewhere are left out
 */
export function pathSection(steps, parcel) {
  const mine = (steps ?? []).filter((step) => step.to.some((place) => place.parcel_id === parcel));
  if (mine.length === 0) return null;
  const named = ({ parcel: number, sheet, unit }) => (unit
    ? t("path.place", { parcel: number, sheet, unit }) : t("answer.old_number_value", { parcel: number, sheet }));
  const item = (step) => el("li", { "data-line": true },
    el("strong", {}, step.on ? `${date(step.on)}: ${step.kind_title}` : step.kind_title),
    el("span", {}, `${named(step.from)} → ${step.to.map(named).join("; ")}`),
    step.basis && el("span", { class: "small" }, step.basis), flag(step, step.kind_title));
  return el("section", { class: "bucket" },
    el("h3", { class: "plain" }, t("path.title")),
    el("ol", { class: "ground-lines" }, ...mine.map(item)));
}
