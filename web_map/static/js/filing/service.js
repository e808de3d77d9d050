import { el } from "../dom.js";
import { t } from "../texts.js";
import { oneOf } from "./parts.js";

/** The service that was chosen before, that the address names, or that is the only one. */
export function serviceAtFirst(services, chosen) {
  const asked = new URLSearchParams(location.search).get("dich-vu");
  const known = (name) => services.some((one) => one.workflow === name);
  return [chosen, asked].find(known) ?? (services.length === 1 ? services[0].workflow : undefined);
}

/** Which service. */
export function makeService(services, draft, save) {
  const choices = oneOf(t("service.title"), "workflow", services.map((one) => ({ value: one.workflow, title: one.title, text: one.about })), draft.workflow, (value) => {
    draft.workflow = value;
    // What was said of another service is not said of this one.
    draft.details = {};
    save();
  });
  // The heading of the step says the same.
  choices.whole.classList.add("lone");
  return {
    title: t("service.title"),
    whole: el("div", { class: "form" }, choices.whole),
    check() {
      if (draft.workflow) return [];
      choices.blame(t("service.missing"));
      return [choices.whole.querySelector("input")];
    },
  };
}
