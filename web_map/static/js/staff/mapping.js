import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { el } from "../dom.js";
import { share } from "../format.js";
import { t } from "../texts.js";
import { field, select, tick } from "./fields.js";
import { howRead } from "./how.js";
import { layerOf } from "./lines.js";
import { send } from "./send.js";

const OF_COLUMNS = ["missing_column", "unknown_column", "unclear_column"];
const OF_LAYERS = ["several_layers", "unknown_layer"];
const ALLOWED = ["ready", "refused", "failed"];

/** Which column is what, and the rest of how a file is read: asked where nobody knows, else offered. */
export function mapping(state, { address, act }) {
  if (state.kind === "rollback" || !ALLOWED.includes(state.status)) return null;
  const found = (codes) => state.findings.some((finding) => codes.includes(finding.code));
  const needed = found(OF_COLUMNS) || found(OF_LAYERS);
  const body = el("div", { class: "mapping" }, el("p", { class: "quiet" }, t("console.loading")));
  let asked = false;
  const load = async () => {
    if (asked) return;
    asked = true;
    let proposal = { columns: [] };
    try {
      proposal = await send("GET", `${address}/proposal`);
    } catch (fault) {
      // A file that cannot be opened as it is shows no columns; how it is read can be said all the same.
      if (!(fault instanceof Refusal)) throw fault;
    }
    body.replaceChildren(form(state, proposal, act));
  };
  if (needed) {
    load();
    return el("section", { class: "panel", "aria-labelledby": "mapping-title" },
      el("h2", { id: "mapping-title" }, t("mapping.title")), el("p", {}, t(found(OF_LAYERS) ? "mapping.layer_needed" : "mapping.needed")), body);
  }
  const details = el("details", { class: "panel" }, el("summary", {}, t("mapping.change")), body);
  details.addEventListener("toggle", load);
  return details;
}

function form(state, proposal, act) {
  const properties = (layerOf(state.layer)?.properties ?? []).filter((each) => each.name !== "source_date");
  const choices = [["", t("mapping.ignore")], ...properties.map((each) => [each.name, each.title])];
  const rows = proposal.columns.map((column) => ({
    column: column.column,
    input: select(choices, column.property ?? "", { "aria-label": t("mapping.of_column", { column: column.column }) }),
    told: column,
  }));
  const how = howRead(state.asked);
  const layers = state.summary.layers ?? [];
  const layer = layers.length > 0 && field(t("mapping.layer"), select([...layers.map((each) => [each, each]), ["*", t("mapping.all_layers")]], layers[0]));
  const constants = el("div", { class: "fields" });
  const values = new Map();
  const missing = el("p", {}, "");
  const remember = tick(state.source === "unnamed" ? t("mapping.remember_unnamed") : t("mapping.remember", { source: state.source }), { checked: true });
  const told = el("p", { class: "told bad", role: "alert", hidden: true });
  const drawMissing = () => {
    const taken = new Set(rows.map((row) => row.input.value));
    const left = rows.length ? properties.filter((each) => each.needed && !taken.has(each.name)) : [];
    missing.textContent = left.length ? t("mapping.missing", { names: left.map((each) => each.title).join(", ") }) : "";
    constants.replaceChildren(...left.map((each) => {
      const kept = values.get(each.name) ?? field(each.title, el("input", { type: "text", name: each.name }));
      values.set(each.name, kept);
      return kept.whole;
    }));
  };
  rows.forEach((row) => row.input.addEventListener("change", drawMissing));
  drawMissing();
  const said = (column) => (column.property
    ? el("span", { class: "small" }, t("mapping.sure", { share: share(column.confidence) }), ` – ${config.language === "vi" ? column.reason_vi : column.reason_en}`) : null);
  const line = (row) => el("tr", {}, el("th", { scope: "row" }, row.column), el("td", { class: "small" }, row.told.examples.join(" · ") || "–"),
    el("td", {}, row.input, said(row.told)));
  const head = ["mapping.column", "mapping.examples", "mapping.is"].map((key) => el("th", { scope: "col" }, t(key)));
  const whole = el("form", { class: "form wide", novalidate: true },
    layer && layer.whole,
    rows.length > 0 && el("div", { class: "table columns" }, el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows.map(line)))),
    missing, constants,
    el("details", {}, el("summary", {}, t("mapping.how")), el("div", { class: "fields" }, ...how.fields)),
    rows.length > 0 && remember.whole, told,
    el("div", { class: "turns" }, el("button", { type: "submit", class: "button" }, t("mapping.submit"))));
  whole.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.hidden = true;
    const columns = {};
    for (const row of rows.filter((each) => each.input.value)) {
      if (row.input.value in columns) {
        const name = properties.find((each) => each.name === row.input.value)?.title ?? row.input.value;
        return refuse(t("mapping.twice", { name }), row.input);
      }
      columns[row.input.value] = row.column;
    }
    const fixed = [...values].filter(([name, each]) => !(name in columns) && each.whole.isConnected && each.input.value.trim());
    try {
      await act("mapping", {
        ...how.said(), ...(layer ? { file_layer: layer.input.value } : {}), ...(rows.length ? {
          columns, ignore: rows.filter((row) => !row.input.value).map((row) => row.column),
          constants: Object.fromEntries(fixed.map(([name, each]) => [name, each.input.value.trim()])), remember: remember.input.checked,
        } : {}),
      });
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      refuse(t("console.gone_wrong", { reason: fault.message }), rows[0]?.input);
    }
  });
  function refuse(text, where) {
    told.textContent = text;
    told.hidden = false;
    where?.focus();
  }
  return whole;
}
