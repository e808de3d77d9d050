import { Refusal } from "../ask.js";
import { config, inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { moment } from "../format.js";
import { t } from "../texts.js";
import { field } from "./fields.js";
import { startFrame } from "./frame.js";
import { parcelName, stateChip } from "./remark-words.js";
import { send } from "./send.js";
import { toast } from "./toast.js";

const RESOLUTIONS = ["corrected", "nothing_wrong", "passed_on"];
const place = byId("remark");
const address = `/api/planning/remarks/${config.remark}`;

async function load() {
  try {
    show(await send("GET", `${address}?lang=${inWords.lang}`));
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
  } finally {
    place.setAttribute("aria-busy", "false");
  }
}

function show(remark) {
  place.replaceChildren(
    el("div", { class: "headline" }, el("h1", { id: "heading", tabindex: "-1" }, t("remark.title", { id: remark.id })), stateChip(remark)),
    said(remark),
    remark.closed_at ? outcome(remark) : remark.may_close ? closing(remark) : el("p", { class: "told" }, t("remark.only_stewards")));
}

function said(remark) {
  const facts = [
    ["line", remark.line], ["parcel", parcelName(remark)], ["filed", moment(remark.filed_at)], ["answer", remark.answer_id],
  ];
  const parcel = remark.parcel?.identifier;
  return el("section", { class: "panel", "aria-labelledby": "words-title" },
    el("h2", { id: "words-title" }, t("remark.words"), remark.synthetic && el("span", { class: "chip warn" }, t("console.synthetic"))),
    el("p", { class: "words" }, remark.words),
    el("dl", { class: "said-facts" }, ...facts.flatMap(([name, value]) => [el("dt", {}, t(`remark.fact_${name}`)), el("dd", {}, value)])),
    el("div", { class: "turns" },
      el("a", { class: "button", href: `/d/${remark.answer_id}#line=${remark.place}` }, t("remark.open_answer")),
      parcel && el("a", { class: "button quiet", href: `/thua/${encodeURIComponent(parcel)}` }, t("remark.open_parcel"))));
}

function outcome(remark) {
  return el("section", { class: "panel", "aria-labelledby": "outcome-title" },
    el("h2", { id: "outcome-title" }, t("remark.outcome_title")),
    el("p", {}, el("strong", {}, t(`resolution.${remark.resolution ?? "none"}`))),
    el("p", { class: "words" }, remark.outcome),
    el("p", { class: "small" }, t("remark.closed_by", { name: remark.closed_by, moment: moment(remark.closed_at) })));
}

function closing(remark) {
  const choices = RESOLUTIONS.map((name) => el("input", { type: "radio", name: "resolution", value: name }));
  const missing = el("p", { class: "fault", id: "done-fault", role: "alert", hidden: true }, t("remark.done_missing"));
  const done = el("fieldset", { class: "choices-done", "aria-describedby": "done-fault" }, el("legend", {}, t("remark.done")),
    ...choices.map((input, n) => el("label", { class: "tick" }, input, el("span", {}, t(`resolution.${RESOLUTIONS[n]}`)))), missing);
  const words = field(t("remark.outcome"), el("textarea", { name: "outcome", maxlength: 2000, rows: 3 }), t("remark.outcome_hint"));
  const told = el("p", { class: "told bad", role: "alert", hidden: true });
  const submit = el("button", { type: "submit", class: "button" }, t("remark.submit"));
  return el("form", { class: "panel form", novalidate: true, "aria-labelledby": "close-title", onsubmit: close },
    el("h2", { id: "close-title" }, t("remark.close_title")), el("p", { class: "quiet" }, t("remark.close_about")),
    done, words.whole, told, el("div", { class: "turns" }, submit));

  async function close(event) {
    event.preventDefault();
    const resolution = choices.find((input) => input.checked)?.value;
    missing.hidden = Boolean(resolution);
    words.blame(words.input.value.trim() ? null : t("remark.outcome_missing"));
    if (!resolution) return choices[0].focus();
    if (!words.input.value.trim()) return words.input.focus();
    submit.setAttribute("disabled", "");
    try {
      await send("POST", `${address}/outcome?lang=${inWords.lang}`, { resolution, outcome: words.input.value.trim() });
      await load();
      toast(t("remark.saved", { id: remark.id }), { kind: "good" });
      byId("heading").focus();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      told.textContent = t("console.gone_wrong", { reason: fault.message });
      told.hidden = false;
      submit.removeAttribute("disabled");
    }
  }
}

load();
startFrame();
