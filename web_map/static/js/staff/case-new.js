import { Refusal } from "../ask.js";
import { inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { t } from "../texts.js";
import { field, tick } from "./fields.js";
import { startFrame } from "./frame.js";
import { groundOfCase } from "./new-ground.js";
import { helpFor } from "./new-help.js";
import { kindOfCase } from "./new-kind.js";
import { send } from "./send.js";
import { units } from "./units.js";

const place = byId("case-new"), live = byId("live");
const WHO = { name: ["text", 200], phone: ["tel", 30], email: ["email", 200], address: ["text", 300], id_number: ["text", 20] };

/** The counter's form: what, where, who. */
function form(kinds, names) {
  const what = kindOfCase(kinds, () => where.find());
  const where = groundOfCase(() => what.now().subject, names, live);
  const who = Object.fromEntries(Object.entries(WHO).map(([name, [type, most]]) =>
    [name, field(t(`applicant.${name}`), el("input", { type, name, autocomplete: "off", maxlength: most }), t(`case_new.${name}_hint`))]));
  const help = helpFor();
  const consent = tick(t("case_new.consent"), { name: "consent" });
  const fault = el("p", { class: "told bad", role: "alert", hidden: true });
  const button = el("button", { type: "submit", class: "button big" }, t("case_new.hand"));

  async function hand() {
    const said = (one) => one.input.value.trim() || undefined;
    what.check();
    where.check();
    help.check();
    who.name.blame(said(who.name) ? null : t("case_new.name_missing"));
    const first = whole.querySelector("[aria-invalid=true]");
    if (first) return first.focus();
    const people = Object.fromEntries(Object.entries(who).map(([name, one]) => [name, said(one)]).filter(([, text]) => text));
    button.setAttribute("disabled", "");
    const made = await send("POST", "/api/cases", {
      workflow: what.now().name, ...where.said(), details: what.said(), applicant: { ...people, ...help.said(), consent: consent.input.checked },
    });
    location.assign(`/staff/cases/${made.code}?taken`);
    return undefined;
  }

  const whole = el("form", { class: "form", novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    fault.hidden = true;
    try {
      await hand();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      button.removeAttribute("disabled");
      fault.textContent = t("console.gone_wrong", { reason: refusal.message });
      fault.hidden = false;
    }
  } },
    el("fieldset", { class: "panel" }, el("legend", {}, t("case_new.what")), ...what.whole),
    el("fieldset", { class: "panel" }, el("legend", {}, t("case_new.where")), ...where.whole),
    el("fieldset", { class: "panel" }, el("legend", {}, t("applicant.title")), el("div", { class: "fields" }, ...Object.values(who).map((one) => one.whole)), consent.whole, ...help.whole),
    fault, el("div", { class: "turns" }, button, el("p", { class: "small" }, t("case_new.hand_hint"))));
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
