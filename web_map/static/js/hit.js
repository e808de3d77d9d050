import { el } from "./dom.js";
import { area, date, number, share } from "./format.js";
import { flag } from "./remark.js";
import { t } from "./texts.js";

/** What a plan may say of the ground, and its unit. */
const INDICATORS = [
  ["max_density_pct", "%"], ["floors", ""], ["height_max_m", " m"], ["far_max", ""], ["setback_m", " m"],
  ["red_line_m", " m"], ["building_line_m", " m"], ["ground_level_m", " m"],
];

/** What the planned use of the ground is tells no harm; these themes take ground or bind what is done on it. */
const RESTRICTING = new Set(["road_reserve", "waterway_corridor", "power_corridor", "heritage"]);

/** @param {any} hit */
export const restricts = (hit) => RESTRICTING.has(hit.theme);

/**
 * One plan that concerns the parcel: how much of it, what it says, and which decision says so.
 * @param {any} hit
 * @param {any[]} rules what the answer takes for granted, each with `code`, `text` and `verified`
 * @param {string} [shareText] what the share is of
 */
export function hitCard(hit, rules, shareText = "hit.share") {
  const name = hit.function_name ?? hit.title;
  return el("article", { class: "hit", "data-governs": hit.governs, "data-restricts": restricts(hit), "data-line": true },
    el("p", { class: "hit-theme" }, hit.theme_title,
      hit.governs && hit.plan && governs(rules.find((rule) => rule.code === "detailed_plan_governs"))),
    el("h5", {}, name, hit.function_code && ` (${hit.function_code})`),
    shareBar(hit, shareText),
    indicators(hit),
    planLines(hit), flag(hit, name));
}

function governs(rule) {
  const doubt = rule && !rule.verified && el("small", { title: rule.text }, ` ${t("hit.unverified")}`);
  return el("span", { class: "governs" }, t("hit.governs"), doubt);
}

function shareBar(hit, text) {
  const bar = el("span", { class: "bar-fill" });
  bar.style.setProperty("--share", String(Math.max(hit.share, 0.004)));
  return el("p", { class: "share" },
    el("span", { class: "bar-ground", "aria-hidden": "true" }, bar),
    el("span", {}, el("strong", {}, t("hit.area", { area: area(hit.area_m2) })),
      ` – ${t(text, { share: share(hit.share) })}`));
}

function indicators(hit) {
  const rows = INDICATORS.map(([name, unit]) => [name, value(hit, name, unit)]).filter(([, text]) => text !== null);
  if (rows.length === 0) return el("p", { class: "small" }, t("hit.no_indicators"));
  return el("dl", { class: "indicators", "aria-label": t("hit.indicators") },
    ...rows.map(([name, text]) => el("div", {}, el("dt", {}, t(`hit.${name}`)), el("dd", {}, text))));
}

function value(hit, name, unit) {
  if (name === "floors") {
    const [least, most] = [hit.floors_min, hit.floors_max].map((n) => n ?? null);
    if (most === null) return null;
    return least === null || least === most ? number(most) : `${number(least)}–${number(most)}`;
  }
  const given = hit[name];
  return given === null || given === undefined ? null : number(given) + unit;
}

function planLines(hit) {
  const { plan } = hit;
  // What a street's planned width takes: its data names no plan and no decision.
  const named = !plan ? [hit.basis] : [
    [plan.level_title, plan.name].filter(Boolean).join(": "),
    [plan.decision_no && t("hit.decision", { number: plan.decision_no, date: date(plan.decision_date) }),
      plan.scale && t("hit.scale", { scale: number(plan.scale) })].filter(Boolean).join(" – "),
    hit.legal_basis && `${t("hit.legal_basis")}: ${hit.legal_basis}`,
  ];
  const lines = [...named, hit.source_date && t("hit.source_date", { date: date(hit.source_date) })].filter(Boolean);
  return el("div", { class: "plan" }, ...lines.map((line) => el("p", {}, line)));
}
