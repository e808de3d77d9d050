import { buildingSection, pathSection, verdictBanner } from "./building.js";
import { el, isStill } from "./dom.js";
import { area, date, landUse, number } from "./format.js";
import { hitCard, restricts } from "./hit.js";
import { receiptSection } from "./receipt.js";
import { flag, knowLines } from "./remark.js";
import { t } from "./texts.js";

/** What says which of several plans comes first; other rules stand with the lines that they make. */
const GOVERNING = "detailed_plan_governs";

/**
 * The planning answer for one of the parcels found.
 * @param {any} answer as the look-up gives it
 * @param {any} parcel
 * @param {(layer: string) => Node|null} layerSwitch a button that shows a layer, while it is off
 * @param {Record<string, string>} statuses what the states of a parcel are called
 * @returns {Node[]}
 */
export function answerFor(answer, parcel, layerSwitch, statuses) {
  knowLines(answer);
  const of = (lines) => lines.filter((line) => line.parcel_id === parcel.id);
  const [affected, spared, unknown] = [of(answer.affected), of(answer.not_affected), of(answer.no_data)];
  const buckets = [
    bucket("affected", affected.length, affectedList(affected, answer.rules, layerSwitch)),
    bucket("not-affected", spared.length, themeList(spared, checkedAgainst)),
    bucket("no-data", unknown.length, noDataList(unknown)),
  ];
  const building = (answer.building ?? []).find((entry) => entry.parcel_id === parcel.id);
  return [
    asked(answer.query, parcel),
    unitLine(parcel),
    verdictBanner(building?.verdict),
    ...sourceBadges(answer.sources),
    ...answer.notices.map((notice) => el("p", { class: "told" }, notice)),
    pathSection(answer.path, parcel.id),
    tally(buckets),
    ...buckets,
    buildingSection(building),
    slivers(of(answer.slivers), answer.tolerance, answer.rules),
    el("section", { class: "bucket" }, el("h3", { class: "plain" }, t("answer.about")), facts(parcel, statuses)),
    receiptSection(answer),
    el("p", { class: "disclaimer" }, `${t("answer.as_of", { date: date(answer.as_of) })}. ${answer.disclaimer}`),
  ].filter((part) => part !== null);
}

/** The three buckets at a glance; each leads to its own. */
function tally(buckets) {
  const step = (section) => el("li", {},
    el("button", {
      type: "button", class: "tally-step", "data-bucket": section.dataset.bucket, "data-empty": section.dataset.empty,
      onclick: () => section.scrollIntoView({ block: "start", behavior: isStill() ? "auto" : "smooth" }),
    }, el("strong", {}, section.dataset.count), el("span", {}, t(bucketKey(section.dataset.bucket)))));
  return el("ul", { class: "tally" }, ...buckets.map(step));
}

function unitLine(parcel) {
  const now = parcel.unit_now && parcel.unit_now !== parcel.unit_name ? parcel.unit_now : null;
  const size = parcel.legal_area_m2 ?? parcel.measured_area_m2 ?? parcel.computed_area_m2;
  const uses = (parcel.land_uses ?? []).map((use) => landUse(use.code)).join("; ");
  return el("div", { class: "unit" },
    el("p", {}, parcel.unit_name ?? parcel.unit_code,
      now && el("span", { class: "unit-now" }, ` – ${t("answer.unit_now", { unit: now })}`)),
    el("p", {}, el("strong", {}, `${area(size)} m²`), uses && ` – ${uses}`));
}

/** Who typed the number of an old paper is told that this is what became of it. */
function asked({ sheet, parcel: number }, parcel) {
  if (!sheet || !number || (sheet === parcel.sheet_no && number === parcel.parcel_no)) return null;
  return el("p", { class: "asked" }, t("answer.asked", { sheet, parcel: number }));
}

/** Date and caveat stand beside the answer, not below it. */
export function sourceBadges(sources) {
  const badge = (source) => el("li", { class: "badge", "data-overdue": source.overdue, "data-line": true },
    el("span", {}, el("strong", {}, source.title), ": ",
      source.source_date ? t("source.as_of", { date: date(source.source_date) }) : t("source.unknown")),
    flag(source, source.title));
  const warnings = sources.map((source) => source.warning).filter(Boolean);
  const why = el("details", { class: "overdue" }, el("summary", {}, t("source.overdue_note")),
    ...warnings.map((warning) => el("p", {}, warning)));
  return [
    el("ul", { class: "badges", "aria-label": t("source.title") }, ...sources.map(badge)),
    ...(warnings.length > 0 ? [why] : []),
  ];
}

function facts(parcel, statuses) {
  const uses = (parcel.land_uses ?? []).map((use) => (use.area_m2 ? `${landUse(use.code)}: ${area(use.area_m2)} m²` : landUse(use.code)));
  const old = parcel.old_sheet_no && parcel.old_parcel_no
    ? t("answer.old_number_value", { sheet: parcel.old_sheet_no, parcel: parcel.old_parcel_no })
    : null;
  const measure = (value) => (value === null || value === undefined ? null : `${area(value)} m²`);
  const rows = [
    [t("answer.legal_area"), measure(parcel.legal_area_m2), "legal_area_m2"],
    [t("answer.measured_area"), measure(parcel.measured_area_m2), "measured_area_m2"],
    [t("answer.computed_area"), measure(parcel.computed_area_m2), "computed_area_m2"],
    [t("answer.land_uses"), uses.join("; "), "land_uses"],
    [t("answer.address"), parcel.address, "address"],
    [t("answer.old_number"), old, "old_parcel_no"],
    [t("answer.status"), statuses[parcel.status] ?? parcel.status, "status"],
    [t("answer.identifier"), parcel.identifier, "identifier"],
  ].filter(([, value]) => value);
  return el("dl", { class: "facts" }, ...rows.map(([name, value, member]) => el("div", {},
    el("dt", {}, name), el("dd", { "data-line": true }, value, flag(parcel, name, member)))));
}

const bucketKey = (kind) => `bucket.${kind.replace("-", "_")}`;

function bucket(kind, count, content) {
  const heading = el("h3", {}, t(bucketKey(kind)), " ", el("span", { class: "count" }, `(${number(count)})`));
  return el("section", {
    class: "bucket", "data-bucket": kind, "data-empty": String(count === 0), "data-count": number(count),
  }, heading, ...content);
}

function affectedList(hits, rules, layerSwitch) {
  if (hits.length === 0) return [el("p", {}, t("bucket.affected_none"))];
  const layers = [...new Set(hits.map((hit) => hit.layer))];
  const group = (title, some) => (some.length === 0 ? [] : [
    el("h4", { class: "group" }, t(title), " ", el("span", { class: "count" }, `(${number(some.length)})`)),
    ...some.map((hit) => hitCard(hit, rules)),
  ]);
  return [
    ...group("bucket.restricted", hits.filter(restricts)),
    ...group("bucket.planned", hits.filter((hit) => !restricts(hit))),
    ...rules.filter((rule) => rule.code === GOVERNING && !rule.verified)
      .map((rule) => el("div", { class: "rule", "data-line": true }, el("p", { class: "small" }, rule.text), flag(rule, rule.text))),
    ...layers.map(layerSwitch).filter((button) => button !== null),
  ];
}

const checkedAgainst = (line) => t("bucket.checked_against", { plans: line.checked_against.join("; ") });

function noDataList(lines) {
  if (lines.length === 0) return [];
  return [...themeList(lines, (line) => line.reason), el("p", { class: "small" }, t("bucket.no_data_note"))];
}

function themeList(lines, more) {
  if (lines.length === 0) return [];
  const item = (line) => el("li", { "data-line": true }, el("strong", {}, line.theme_title),
    el("span", { class: "small" }, more(line)), flag(line, line.theme_title));
  return [el("ul", { class: "themes" }, ...lines.map(item))];
}

function slivers(hits, tolerance, rules) {
  if (hits.length === 0) return null;
  return el("details", { class: "slivers" },
    el("summary", {}, t("bucket.slivers", { n: number(hits.length) })),
    el("p", { class: "small" }, tolerance.text),
    ...hits.map((hit) => hitCard(hit, rules)));
}

/**
 * Several parcels answer to one number: the person says which.
 * @param {any[]} parcels
 * @param {(parcel: any) => void} choose
 * @param {(parcels: any[]) => void} point lights up the parcel under the pointer, else all of them
 * @returns {Node[]}
 */
export function choices(parcels, choose, point) {
  const line = (parcel) => el("li", {},
    el("button", {
      type: "button", class: "choice", onclick: () => choose(parcel),
      onpointerenter: () => point([parcel]), onpointerleave: () => point(parcels),
    },
      el("strong", {}, t("answer.parcel", { parcel: parcel.parcel_no, sheet: parcel.sheet_no })),
      el("span", {}, parcel.unit_name ?? parcel.unit_code),
      parcel.old_sheet_no && parcel.old_parcel_no && el("span", { class: "small" },
        `${t("answer.old_number")}: ${t("answer.old_number_value", { sheet: parcel.old_sheet_no, parcel: parcel.old_parcel_no })}`),
      el("span", { class: "small" }, [parcel.address, t("choose.area", { area: area(parcel.computed_area_m2) })]
        .filter(Boolean).join(" – "))));
  return [el("p", {}, t("choose.text")), el("ul", { class: "choices" }, ...parcels.map(line))];
}
