import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { buildingSaid } from "./building.js";
import { facts } from "./parts.js";
import { personSaid } from "./person.js";
import { call, handIn } from "./sending.js";

const PRIVACY = ["privacy.kept", "privacy.purpose", "privacy.seen", "privacy.kept_for", "privacy.law"];

/** What is said before a person's data is sent. */
export const privacy = () => el("section", { class: "panel privacy", "aria-labelledby": "privacy-title" },
  el("h2", { id: "privacy-title" }, t("privacy.title")), ...PRIVACY.map((key) => el("p", {}, t(key))));

/** The last step: all of it once more, the words on personal data, and the button that sends. */
export function makeReview(service, draft, chosen, { go, sent }) {
  const told = (one) => one.choices.find((each) => each.name === draft.details[one.name])?.title ?? draft.details[one.name];
  const n = chosen.length;
  const part = (title, step, ...content) => el("section", { class: "panel" },
    el("div", { class: "part-head" }, el("h2", {}, title),
      el("button", { type: "button", class: "link", "aria-label": t("review.change_of", { title }), onclick: () => go(step) }, t("review.change"))), ...content);
  const fault = el("p", { class: "told bad", role: "alert", hidden: true });
  const button = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "button wide", onclick: send }, t("review.send")));

  async function send() {
    fault.hidden = true;
    button.disabled = true;
    button.textContent = t("review.sending");
    const words = draft.place?.trim();
    const details = Object.fromEntries(Object.entries(draft.details).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text));
    try {
      const filing = await call("POST", "", { body: {
        workflow: draft.workflow, feature: draft.lot.id, place: words?.slice(0, 300) || undefined, details, ...personSaid(draft),
      } });
      const building = config.buildings.includes(service.workflow) ? buildingSaid(draft) : null;
      sent({ ...filing, building: building && await handIn(filing, building) });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      fault.textContent = t("review.failed", { reason: refusal.message });
      fault.hidden = false;
      button.disabled = false;
      button.textContent = t("review.send");
      fault.scrollIntoView({ block: "center" });
    }
  }

  const { applicant, helper } = personSaid(draft);
  return {
    title: t("review.title"),
    whole: el("div", { class: "form" },
      part(t("review.lot"), 1, el("p", {}, draft.lot?.place), draft.place?.trim() && el("p", {}, draft.place)),
      part(service.title, 2, facts(service.details.map((one) => [one.title, told(one)]))),
      part(t("review.person"), 3, facts([
        ...["name", "phone", "email", "address", "id_number"].map((name) => [t(`person.${name}`), applicant[name]]),
        [t("review.helper"), helper && `${helper.name} – ${t(helper.agreed === "signed" ? "person.signed" : "person.spoken")}`],
      ])),
      part(t("review.papers"), 4, el("p", {}, n ? t("review.n_papers", { n }) : t("review.no_papers"))),
      privacy(), fault),
    action: button,
    check: () => [],
  };
}
