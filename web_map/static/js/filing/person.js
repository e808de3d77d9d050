import { el } from "../dom.js";
import { tick } from "../staff/fields.js";
import { t } from "../texts.js";
import { oneOf, typed } from "./parts.js";

const EMAIL = /^[^@\s<>,;]+@[^@\s<>,;]+$/;

/** Who applies; and who files for him, with how that was agreed to. */
export function makePerson(draft, save) {
  const line = (name, attributes, hint) => typed(t(`person.${name}`), draft.person, name, { hint, attributes, save });
  const name = line("name", { maxlength: 200 });
  const phone = line("phone", { type: "tel", inputmode: "tel", maxlength: 30 }, t("person.phone_hint"));
  const email = line("email", { type: "email", inputmode: "email", maxlength: 200, autocapitalize: "off" }, t("details.optional"));
  const consent = tick(t("person.consent"), { name: "consent", checked: draft.person.consent === true });
  const address = line("address", { maxlength: 300 }, t("details.optional"));
  const id = line("id_number", { inputmode: "numeric", maxlength: 20 }, t("person.id_hint"));
  const helped = tick(t("person.helped"), { name: "helped", checked: draft.helped === true, "aria-describedby": "helped-hint" });
  const helper = typed(t("person.helper"), draft.helper, "name", { hint: t("person.helper_hint"), attributes: { maxlength: 200 }, save });
  const agreed = oneOf(t("person.agreed"), "agreed", ["signed", "spoken"].map((value) => ({ value, title: t(value === "signed" ? "person.signed" : "person.spoken") })), draft.helper.agreed, (value) => {
    draft.helper.agreed = value;
    save();
  });
  const help = el("div", { class: "panel help", hidden: !draft.helped }, helper.whole, agreed.whole);
  helped.input.addEventListener("change", () => {
    draft.helped = helped.input.checked;
    help.hidden = !draft.helped;
    save();
  });
  consent.input.addEventListener("change", () => {
    draft.person.consent = consent.input.checked;
    save();
  });

  return {
    title: t("person.title"),
    whole: el("div", { class: "form" }, name.whole, phone.whole, email.whole, consent.whole, address.whole, id.whole,
      helped.whole, el("p", { class: "small under-tick", id: "helped-hint" }, t("person.helped_hint")), help),
    check() {
      const said = (held, one) => String(held[one] ?? "").trim();
      const mail = said(draft.person, "email");
      const faults = [
        [name, !said(draft.person, "name") && t("person.name_missing")],
        [email, mail && !EMAIL.test(mail) && t("person.email_wrong")],
        [helper, draft.helped && !said(draft.helper, "name") && t("person.helper_missing")],
      ];
      for (const [made, words] of faults) made.blame(words || null);
      const silent = draft.helped && !draft.helper.agreed;
      agreed.blame(silent ? t("person.agreed_missing") : null);
      return [...faults.filter(([, words]) => words).map(([made]) => made.input), ...(silent ? [agreed.whole.querySelector("input")] : [])];
    },
  };
}

/** What is sent of it; empty lines are left out. */
export function personSaid(draft) {
  const lines = ["name", "phone", "email", "address", "id_number"].map((name) => [name, String(draft.person[name] ?? "").trim()]);
  const applicant = { ...Object.fromEntries(lines.filter(([, text]) => text)), consent: draft.person.consent === true };
  const helper = draft.helped ? { name: draft.helper.name.trim(), agreed: draft.helper.agreed } : undefined;
  return { applicant, helper };
}
