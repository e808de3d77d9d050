import { el } from "../dom.js";
import { number } from "../format.js";
import { config } from "../config.js";
import { t } from "../texts.js";
import { send } from "./send.js";

const MOOD = { error: "bad", warning: "warn", info: "" };
const ORDER = ["error", "warning", "info"];

/** What the checks found, rule by rule, with its features and places, and the reports to take along. */
export function findings(state, { address, stage }) {
  if (state.kind === "rollback" || ["received", "preparing"].includes(state.status)) return null;
  const all = [...state.findings].sort((one, other) => ORDER.indexOf(one.severity) - ORDER.indexOf(other.severity));
  const reports = el("div", { class: "turns" },
    el("a", { class: "button quiet", href: `${address}/report.gpkg`, download: "" }, t("findings.gpkg")),
    el("a", { class: "button quiet", href: `${address}/report.csv`, download: "" }, t("findings.csv")));
  return el("section", { class: "panel", "aria-labelledby": "findings-title" },
    el("h2", { id: "findings-title" }, t("findings.title")),
    el("p", { class: "quiet" }, all.length ? t("findings.about") : t("findings.none")),
    all.length > 0 && el("ul", { class: "findings" }, ...all.map((finding) => found(finding, address, stage))),
    all.length > 0 && reports);
}

function found(finding, address, stage) {
  const rule = config.rules[finding.code];
  // English is better than nothing where there is neither.
  const said = config.language === "vi" ? finding.text_vi || (rule ? "" : finding.text) : finding.text;
  const list = el("ul", { class: "faults" });
  const more = el("button", { type: "button", class: "link", hidden: true }, t("console.more"));
  const details = el("details", {},
    el("summary", {}, t("findings.show", { n: number(finding.count) })), list, more);
  let after = 0, asked = false;
  const load = async () => {
    const page = await send("GET", `${address}/faults?code=${encodeURIComponent(finding.code)}&after=${after}&limit=20`);
    list.append(...page.faults.map((fault) => line(fault, stage)));
    if (page.faults.length === 0 && after === 0) list.append(el("li", { class: "quiet" }, t("findings.no_places")));
    after = page.next_after ?? after;
    more.hidden = page.next_after === null;
  };
  details.addEventListener("toggle", () => {
    if (details.open && !asked) {
      asked = true;
      load();
    }
  });
  more.addEventListener("click", load);
  return el("li", { class: "finding", "data-severity": finding.severity },
    el("p", {}, el("span", { class: `chip ${MOOD[finding.severity]}` }, t(`severity.${finding.severity}`)), " ",
      el("strong", {}, rule?.title ?? said ?? finding.code), " ",
      el("span", { class: "small" }, t("findings.count", { n: number(finding.count) }))),
    said && el("p", { class: "small" }, said),
    rule && el("p", { class: "small" }, t("findings.cure", { cure: rule.cure })),
    details);
}

function line(fault, stage) {
  const words = config.language === "vi" ? fault.text_vi : fault.text_en;
  const where = fault.row_no ? t("findings.row", { row: number(fault.row_no) }) : fault.feature ? t("findings.feature", { id: fault.feature }) : null;
  return el("li", {}, el("span", {}, where && el("strong", {}, `${where}: `), words),
    fault.geometry && el("button", { type: "button", class: "link", onclick: () => stage.showShape(fault.geometry) }, t("findings.on_map")));
}
