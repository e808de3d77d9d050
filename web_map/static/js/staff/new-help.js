import { config } from "../config.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { field, select, tick } from "./fields.js";

const AGREED = ["signed", "spoken"];

/** Somebody files for the applicant: who, and how that was agreed to. */
export function helpFor() {
  const helped = tick(t("case_new.helped"), { name: "helped", onchange: () => { more.hidden = !helped.input.checked; } });
  const who = field(t("case_new.helped_by"), el("input", { type: "text", name: "helped_by", autocomplete: "off", maxlength: 200, value: config.account.name }), t("case_new.helped_by_hint"));
  const how = field(t("case_new.agreed"), select(AGREED.map((name) => [name, t(`agreed.${name}`)]), "signed", { name: "agreed" }), t("case_new.agreed_hint"));
  const more = el("div", { class: "fields", hidden: true }, who.whole, how.whole);
  return {
    whole: [helped.whole, more],
    check: () => who.blame(helped.input.checked && !who.input.value.trim() ? t("case_new.helped_missing") : null),
    said: () => (helped.input.checked ? { helped_by: who.input.value.trim(), agreed: how.input.value } : {}),
  };
}
