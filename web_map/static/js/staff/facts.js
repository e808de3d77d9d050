import { el } from "../dom.js";
import { date, moment } from "../format.js";
import { t } from "../texts.js";
import { layerTitle, size, sourceName } from "./lines.js";

/** What came in: the receipt. */
export function facts(state) {
  const rows = [
    ["facts.number", String(state.id)],
    ["facts.layer", layerTitle(state.layer)],
    ["facts.source", sourceName(state.source)],
    ["facts.sender", state.sender],
    ["facts.source_date", date(state.source_date)],
    ["facts.file", state.kind === "rollback" ? null : t("facts.file_is", { name: state.file_name, size: size(state.size) })],
    ["facts.sha256", state.kind === "rollback" ? null : state.sha256],
    ["facts.received", t("facts.by", { moment: moment(state.received_at), name: state.received_by })],
    ["facts.grid", state.read_as?.srid && `EPSG:${state.read_as.srid}`],
    ["facts.encoding", state.read_as?.encoding?.toUpperCase()],
    ["facts.decided", state.decided_at && t("facts.by", { moment: moment(state.decided_at), name: state.decided_by ?? "" })],
    ["facts.note", state.decision_note],
    ["facts.applied", state.applied_at && moment(state.applied_at)],
  ].filter(([, value]) => value);
  return el("section", { "aria-labelledby": "facts-title" },
    el("h2", { id: "facts-title" }, t("facts.title")),
    state.synthetic && el("p", { class: "chip warn wide" }, t("console.synthetic")),
    el("dl", { class: "facts" }, ...rows.map(([key, value]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, value)))));
}
