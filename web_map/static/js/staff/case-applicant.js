import { Refusal } from "../ask.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { field } from "./fields.js";
import { send } from "./send.js";

const SHOWN = ["name", "phone", "email", "address", "id_number"];

/** Who applied: shown once a reason is given, since each look is written down. */
export function applicant(one, tools) {
  const place = el("div", { class: "applicant" });
  if (one.hidden.includes("applicant")) place.append(el("p", { class: "quiet" }, t("case.hidden", { unit: one.unit_name })));
  else place.append(el("p", { class: "small" }, t("applicant.why")), form(place, tools));
  return el("section", { class: "panel", "aria-labelledby": "applicant-title" }, el("h2", { id: "applicant-title" }, t("applicant.title")), place);
}

function form(place, tools) {
  const reason = field(t("applicant.reason"), el("input", { type: "text", name: "why", minlength: 5, maxlength: 200, value: t("applicant.usual") }));
  return el("form", { class: "form", "aria-label": t("applicant.title"), onsubmit: async (event) => {
    event.preventDefault();
    const said = reason.input.value.trim();
    reason.blame(said.length >= 5 ? null : t("applicant.reason_missing"));
    if (said.length < 5) return;
    try {
      const told = await send("GET", `${tools.address}/applicant?${new URLSearchParams({ reason: said })}`);
      const lines = SHOWN.filter((name) => told.applicant[name]).map((name) => el("div", {}, el("dt", {}, t(`applicant.${name}`)), el("dd", {}, told.applicant[name])));
      const list = el("dl", { class: "facts", tabindex: "-1" }, ...lines,
        el("div", {}, el("dt", {}, t("applicant.consent")), el("dd", {}, t(told.applicant.consent ? "applicant.yes" : "applicant.no"))),
        told.applicant.place_words && el("div", {}, el("dt", {}, t("applicant.place_words")), el("dd", {}, told.applicant.place_words)),
        told.applicant.helped_by && el("div", {}, el("dt", {}, t("applicant.helped_by")), el("dd", {}, t("applicant.agreed", { name: told.applicant.helped_by, how: t(`agreed.${told.applicant.agreed}`) }))));
      place.replaceChildren(list);
      list.focus();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      reason.blame(fault.message);
    }
  } }, reason.whole, el("div", { class: "turns" }, el("button", { type: "submit", class: "button quiet" }, t("applicant.show"))));
}
