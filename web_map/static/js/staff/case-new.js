import { Refusal, ask } from "../ask.js";
import { config, inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { t } from "../texts.js";
import { field, select, tick } from "./fields.js";
import { startFrame } from "./frame.js";
import { send } from "./send.js";
import { units } from "./units.js";

const place = byId("case-new"), live = byId("live");

/** The counter's form: what, where, who; the ground is found by its number or address, as people say it. */
function form(kinds, names) {
  const input = (name, more = {}) => el("input", { type: "text", name, autocomplete: "off", ...more });
  const kind = field(t("case_new.kind"), select(kinds.map((one) => [one.name, one.title])));
  const ground = field(t("case_new.ground"), input("ground", { maxlength: 200 }), t("case_new.ground_hint"));
  const found = el("div", { role: "radiogroup", "aria-label": t("case_new.found"), class: "found" });
  const own = config.unit !== "*";
  const choices = [...names].filter(([code]) => !own || code === config.unit);
  const unit = field(t("case_new.unit"), choices.length
    ? select([...(own ? [] : [["", t("take_in.choose")]]), ...choices], own ? config.unit : "", { name: "unit" })
    : input("unit", { maxlength: 20, value: own ? config.unit : "", readonly: own }), t(own ? "case_new.unit_own" : "case_new.unit_hint"));
  const who = Object.fromEntries(["name", "phone", "email", "address", "id_number"].map((name) =>
    [name, field(t(`applicant.${name}`), input(name, { maxlength: name === "phone" ? 30 : name === "id_number" ? 20 : 200, type: name === "email" ? "email" : name === "phone" ? "tel" : "text" }), name === "name" ? null : t("case_new.optional"))]));
  const consent = tick(t("case_new.consent"), { name: "consent" });
  const details = el("div", { class: "fields" });
  const fault = el("p", { class: "told bad", role: "alert", hidden: true });
  let chosen = null, extra = {};

  async function find() {
    const layer = kinds.find((one) => one.name === kind.input.value)?.subject;
    const text = ground.input.value.trim();
    chosen = null;
    if (text.length < 2) return found.replaceChildren();
    const { results } = await ask("/api/search", { q: text, limit: 20, ...inWords });
    const fitting = results.filter((one) => one.layer === layer).slice(0, 8);
    live.textContent = t("case_new.n_found", { n: fitting.length });
    found.replaceChildren(...(fitting.length ? fitting.map(choice) : [el("p", { class: "quiet" }, t("case_new.nothing_found"))]));
    return undefined;
  }

  function choice(one) {
    const words = one.subtitle ? `${one.title} – ${one.subtitle}` : one.title;
    const radio = el("input", { type: "radio", name: "feature", value: one.id, onchange: () => { chosen = { id: Number(one.id), words }; ground.blame(null); } });
    return el("label", { class: "tick" }, radio, el("span", {}, words));
  }

  function detail(one) {
    const box = one.choices.length
      ? select([...(one.required ? [] : [["", t("case_new.none_of_these")]]), ...one.choices.map((choice) => [choice.name, choice.title])], undefined, { name: one.name })
      : input(one.name, { maxlength: one.most });
    return field(one.title, box, one.hint ?? (one.required ? null : t("case_new.optional")));
  }

  function ofKind() {
    const known = kinds.find((one) => one.name === kind.input.value)?.details ?? [];
    extra = Object.fromEntries(known.map((one) => [one.name, detail(one)]));
    details.replaceChildren(...Object.values(extra).map((each) => each.whole));
  }

  async function hand() {
    const said = (one) => one.input.value.trim() || undefined;
    ground.blame(chosen ? null : t("case_new.ground_missing"));
    who.name.blame(said(who.name) ? null : t("case_new.name_missing"));
    unit.blame(said(unit) ? null : t("case_new.unit_missing"));
    const first = whole.querySelector("[aria-invalid=true]");
    if (first) return first.focus();
    const filled = (fields) => Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, said(one)]).filter(([, text]) => text));
    const made = await send("POST", "/api/cases", {
      workflow: kind.input.value, unit_code: said(unit), place: chosen.words, feature: chosen.id, details: filled(extra),
      applicant: { ...filled(who), consent: consent.input.checked },
    });
    location.assign(`/staff/cases/${made.code}`);
    return undefined;
  }

  kind.input.addEventListener("change", () => { ofKind(); find(); });
  ground.input.addEventListener("change", find);
  ofKind();
  const whole = el("form", { class: "form", novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    fault.hidden = true;
    try {
      await hand();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      fault.textContent = t("console.gone_wrong", { reason: refusal.message });
      fault.hidden = false;
    }
  } },
    el("fieldset", { class: "panel" }, el("legend", {}, t("case_new.what")), kinds.length > 1 && kind.whole, details),
    el("fieldset", { class: "panel" }, el("legend", {}, t("case_new.where")),
      el("div", { class: "case-search" }, ground.whole, el("button", { type: "button", class: "button quiet", onclick: find }, t("filter.find"))), found, unit.whole),
    el("fieldset", { class: "panel" }, el("legend", {}, t("applicant.title")), ...Object.values(who).map((one) => one.whole), consent.whole),
    fault, el("div", { class: "turns" }, el("button", { type: "submit", class: "button" }, t("case_new.hand"))));
  return whole;
}

async function begin() {
  const { workflows } = await send("GET", `/api/workflows?lang=${inWords.lang}`);
  const kinds = workflows.filter((one) => one.may_open);
  place.replaceChildren(kinds.length ? form(kinds, await units) : el("p", { class: "told warn" }, t("case_new.may_not")));
  place.setAttribute("aria-busy", "false");
}

begin();
startFrame();
