import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { el } from "../dom.js";
import { area, number } from "../format.js";
import { t } from "../texts.js";
import { changeCard } from "./change.js";
import { select } from "./fields.js";
import { KINDS, kindName } from "./kinds.js";
import { layerOf } from "./lines.js";
import { partName } from "./parts.js";
import { send } from "./send.js";

/** What would change: counts, part by part, on the map, and one by one. */
export function difference(state, { address, stage }) {
  if (state.kind === "rollback") return counted(state);
  if (!state.difference && !state.findings.length) return state.counts.read ? counted(state) : null;
  stage.show(state);
  if (!state.difference) {
    // Many faults have no place: the map is there once one is looked at.
    return el("section", { class: "panel", "aria-labelledby": "map-title", hidden: true },
      el("h2", { id: "map-title" }, t("difference.places")), stage.whole, counts(state));
  }
  return el("section", { class: "panel", "aria-labelledby": "difference-title" },
    el("h2", { id: "difference-title" }, t("difference.title")),
    counts(state), state.summary.shift && shift(state.summary.shift), partTable(state), stage.whole, changeList(state, address, stage));
}

const counted = (state) => el("section", { class: "panel", "aria-labelledby": "difference-title" },
  el("h2", { id: "difference-title" }, t("difference.title")), counts(state));

function counts(state) {
  const tile = (kind, words) => el("li", { "data-kind": kind, "data-empty": String(!state.counts[kind]) },
    el("strong", {}, number(state.counts[kind] ?? 0)), el("span", {}, words));
  if (![...KINDS, "unchanged"].some((kind) => state.counts[kind])) return null;
  return el("ul", { class: "counts", "aria-label": t("difference.counts") },
    ...KINDS.map((kind) => tile(kind, kindName(kind))), tile("unchanged", t("kind.unchanged")));
}

const shift = (found) => found.text_vi && el("p", { class: "told warn" }, config.language === "vi" ? found.text_vi : found.text_en);

function partTable(state) {
  const parts = state.summary.parts ?? [];
  if (parts.length === 0) return null;
  const kinds = KINDS.filter((kind) => parts.some((part) => part[kind]));
  const areas = parts.some((part) => part.area_before_m2 || part.area_after_m2);
  const cell = (text) => el("td", { class: "number" }, text);
  const row = (part) => el("tr", {}, el("th", { scope: "row" }, partName(part, state)), ...kinds.map((kind) => cell(number(part[kind] ?? 0))),
    areas && cell(area(part.area_before_m2 ?? 0)), areas && cell(area(part.area_after_m2 ?? 0)),
    areas && cell(signed((part.area_after_m2 ?? 0) - (part.area_before_m2 ?? 0))));
  const head = [t("difference.part"), ...kinds.map(kindName), ...(areas ? [t("difference.area_before"), t("difference.area_after"), t("difference.area_change")] : [])];
  return el("details", { open: parts.length <= 12 }, el("summary", {}, t("difference.by_part", { n: number(parts.length) })),
    el("div", { class: "table parts", tabindex: "0", role: "group", "aria-label": t("difference.by_part", { n: number(parts.length) }) },
      el("table", {}, el("thead", {}, el("tr", {}, ...head.map((words) => el("th", { scope: "col" }, words)))),
        el("tbody", {}, ...parts.map(row)))));
}

/** With its sign; what rounds to nothing has none. @param {number} value */
const signed = (value) => (Math.abs(value) < 0.05 ? area(0) : `${value > 0 ? "+" : "−"}${area(Math.abs(value))}`);

function changeList(state, address, stage) {
  const layer = layerOf(state.layer);
  const kind = select([["", t("difference.all_kinds")], ...KINDS.filter((each) => state.counts[each]).map((each) => [each, kindName(each)])], "");
  const parts = state.summary.parts ?? [];
  const part = select([["", t("difference.all_parts")], ...parts.map((each) => [each.part, partName(each, state)])], "");
  const list = el("ul", { class: "changes" });
  const note = el("p", { class: "quiet", role: "status" });
  const more = el("button", { type: "button", class: "button quiet", hidden: true }, t("console.more"));
  let after = 0;
  const load = async (fresh) => {
    if (fresh) after = 0;
    const asked = new URLSearchParams({ after: String(after), limit: "20" });
    if (kind.value) asked.set("kind", kind.value);
    if (part.value) asked.set("part", part.value);
    try {
      const page = await send("GET", `${address}/changes?${asked}`);
      const cards = page.changes.map((change) => el("li", {}, changeCard(change, layer, stage, state)));
      if (fresh) list.replaceChildren(...cards);
      else {
        list.append(...cards);
        cards[0]?.querySelector("button")?.focus();
      }
      after = page.next_after ?? after;
      more.hidden = page.next_after === null;
      note.textContent = list.children.length ? "" : t("difference.no_changes");
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      note.textContent = t("console.gone_wrong", { reason: fault.message });
    }
  };
  kind.addEventListener("change", () => load(true));
  part.addEventListener("change", () => load(true));
  more.addEventListener("click", () => load(false));
  const labelled = (words, input) => el("label", { class: "field" }, words, input);
  const whole = el("details", { class: "change-list" }, el("summary", {}, t("difference.list")),
    el("div", { class: "fields" }, labelled(t("difference.kind"), kind), parts.length > 1 && labelled(t("difference.part"), part)),
    note, list, el("div", { class: "turns" }, more));
  whole.addEventListener("toggle", () => {
    if (whole.open && !list.children.length) load(true);
  });
  return whole;
}
