import { config } from "../config.js";
import { byId, el } from "../dom.js";
import { today } from "../format.js";
import { t } from "../texts.js";
import { isoDay } from "./days.js";
import { field, select, tick } from "./fields.js";
import { startFrame } from "./frame.js";
import { howRead } from "./how.js";
import { send } from "./send.js";
import { makeSending, takeDropped } from "./sending.js";

const file = field(t("take_in.file"), el("input", { type: "file", name: "file", required: true }), t("take_in.file_hint"));
const layer = field(t("take_in.layer"), select([["", t("take_in.choose")], ...config.layers.map((each) => [each.id, each.title])], ""));
const source = field(t("take_in.source"), el("input", { type: "text", name: "source", maxlength: 200, list: "sources", autocomplete: "off" }), t("take_in.source_hint"));
const day = field(t("take_in.date"), el("input", { type: "text", name: "date", inputmode: "numeric", placeholder: "22/11/2026", autocomplete: "off" }), t("take_in.date_hint"));
const sender = field(t("take_in.sender"), el("input", { type: "text", name: "sender", maxlength: 200 }), t("take_in.sender_hint"));
const how = howRead();
const scope = el("div", {});
const correction = tick(t("take_in.correction"));
const sending = makeSending(t("take_in.submit"));
const drop = el("div", { class: "drop" }, el("p", { class: "quiet" }, t("take_in.drop")), file.whole);

const form = el("form", { class: "panel form", novalidate: true },
  drop,
  el("div", { class: "fields" }, layer.whole, day.whole, source.whole, sender.whole),
  el("datalist", { id: "sources" }),
  scope,
  el("details", {}, el("summary", {}, t("take_in.rarely")),
    el("div", { class: "fields" }, ...how.fields), correction.whole,
    el("p", { class: "small" }, t("take_in.correction_hint"))),
  ...sending.parts);

/** What of the layer the file holds whole: what is missing from it then ends. */
function offerScope() {
  const chosen = config.layers.find((each) => each.id === layer.input.value);
  const names = chosen?.scope ?? [];
  const title = (name) => chosen.properties.find((each) => each.name === name)?.title ?? name;
  const choices = names.map((_, at) => names.slice(0, at + 1));
  const radio = (value, words, hint) => el("label", { class: "tick" },
    el("input", { type: "radio", name: "scope", value, checked: value === "" }), el("span", {}, words, " ", el("span", { class: "small" }, hint)));
  scope.replaceChildren(...(choices.length === 0 ? [] : [el("fieldset", {}, el("legend", { class: "small-legend" }, t("take_in.scope")),
    radio("", t("take_in.scope_none"), t("take_in.scope_none_hint")),
    ...choices.map((each) => radio(each.join(","), t("take_in.scope_of", { names: each.map(title).join(", ") }), t("take_in.scope_hint"))))]));
}

function checked() {
  const iso = isoDay(day.input.value);
  const faults = [
    [file, file.input.files.length ? null : t("take_in.file_missing")],
    [layer, layer.input.value ? null : t("take_in.layer_missing")],
    [day, iso === null ? t("take_in.date_wrong") : iso > today() ? t("take_in.date_future") : null],
  ];
  for (const [each, fault] of faults) each.blame(fault);
  const first = faults.find(([, fault]) => fault);
  first?.[0].input.focus();
  return first ? null : iso;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const iso = checked();
  if (iso === null) return;
  await sending.send(file.input.files[0], async (id) => {
    const wanted = { upload: id, layer: layer.input.value, source_date: iso, ...how.said() };
    const chosen = new FormData(form).get("scope");
    if (source.input.value.trim()) wanted.source = source.input.value.trim();
    if (sender.input.value.trim()) wanted.sender = sender.input.value.trim();
    if (chosen) wanted.scope = String(chosen).split(",");
    if (correction.input.checked) wanted.correction = true;
    const made = await send("POST", "/api/deliveries", wanted);
    location.assign(`/staff/deliveries/${made.id}`);
  });
});
takeDropped(drop, file.input, () => file.blame(null));

async function offerSources() {
  const { deliveries } = await send("GET", "/api/deliveries?limit=100");
  const names = [...new Set(deliveries.map((line) => line.source))].filter((name) => name !== "unnamed");
  byId("sources").replaceChildren(...names.map((value) => el("option", { value })));
}

layer.input.addEventListener("change", offerScope);
byId("take-in").replaceChildren(form);
offerSources().catch((fault) => console.warn(fault));
startFrame();
