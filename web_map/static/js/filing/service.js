import { el } from "../dom.js";
import { t } from "../texts.js";
import { oneOf } from "./parts.js";

/** Which service: where there is one alone, it is said. */
export function makeService(services, draft, save) {
  const asked = new URLSearchParams(location.search).get("dich-vu");
  const known = (name) => services.some((one) => one.workflow === name);
  if (!known(draft.workflow)) draft.workflow = known(asked) ? asked : services.length === 1 ? services[0].workflow : undefined;
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
