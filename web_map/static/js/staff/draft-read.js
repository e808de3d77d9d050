import { config } from "../config.js";
import { el } from "../dom.js";
import { moment, number } from "../format.js";
import { t } from "../texts.js";
import { size } from "./lines.js";
import { send } from "./send.js";

const PAGE = 50;

/** What to know of a draft before believing its figures, and what of its file was not read, element by element. */
export function draftFindings(state, address) {
  if (!state.findings.length) return null;
  const left = Object.values(state.read_as.unread).reduce((sum, each) => sum + each, 0);
  return el("section", { class: "panel", "aria-labelledby": "findings-title" },
    el("h2", { id: "findings-title" }, t("draft_read.title")),
    el("ul", { class: "findings" }, ...state.findings.map((each) => el("li", { class: "finding", "data-severity": "warning" }, el("p", {}, each.text)))),
    left > 0 && unread(address, left));
}

function unread(address, left) {
  const list = el("ul", { class: "faults" });
  const more = el("button", { type: "button", class: "link", hidden: true, onclick: load }, t("console.more"));
  const whole = el("details", {}, el("summary", {}, t("draft_read.unread", { n: number(left) })), list, more);
  let shown = 0;
  whole.addEventListener("toggle", () => {
    if (whole.open && shown === 0) load();
  });
  return whole;

  async function load() {
    const page = await send("GET", `${address}/unread?lang=${config.language}&limit=${PAGE}&offset=${shown}`);
    shown += page.unread.length;
    list.append(...page.unread.map((one) => el("li", {}, el("span", {},
      el("strong", {}, t("draft_read.element", { layer: one.file_layer, element: one.element })), ` ${one.text}`))));
    more.hidden = shown >= page.matched;
  }
}

/** What came in and how it was read: the receipt. */
export function draftFacts(state) {
  const grid = state.read_as?.grid;
  const called = grid && (config.grids.find((each) => each.srid === grid.srid)?.title ?? `EPSG:${grid.srid}`);
  const layers = (state.read_as?.layers ?? []).map((layer) => t("draft_facts.layer", { name: layer.name, n: number(layer.zones) }));
  const columns = (state.read_as?.layers ?? []).flatMap((layer) => Object.entries(layer.columns)).map(([name, column]) => `${propertyTitle(name)} ← ${column}`);
  const rows = [
    ["number", String(state.id)],
    ["file", t("draft_facts.file_is", { name: state.file_name, size: size(state.size) })],
    ["sha256", state.sha256],
    ["uploaded", t("draft_facts.by", { moment: moment(state.uploaded_at), name: state.uploaded_by })],
    ["form", state.read_as?.form],
    ["grid", called && t(`draft_grid.${grid.how}`, { grid: called })],
    ["layers", layers.join("; ")],
    ["columns", [...new Set(columns)].join("; ")],
    ["computed", state.computed_at && moment(state.computed_at)],
    ["worth", state.notice],
  ].filter(([, value]) => value);
  return el("section", { "aria-labelledby": "facts-title" },
    el("h2", { id: "facts-title" }, t("draft_facts.title")),
    el("dl", { class: "facts" }, ...rows.map(([key, value]) => el("div", {}, el("dt", {}, t(`draft_fact.${key}`)), el("dd", {}, value)))));
}

const propertyTitle = (name) => config.layers.find((layer) => layer.id === "zoning")?.properties.find((each) => each.name === name)?.title ?? name;
