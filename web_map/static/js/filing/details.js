import { config } from "../config.js";
import { el } from "../dom.js";
import { field, select } from "../staff/fields.js";
import { t } from "../texts.js";
import { makeBuilding } from "./building.js";
import { typed } from "./parts.js";

/** What the service asks of a case; where it is of a building, the building with it. */
export function makeDetails(service, draft, save) {
  const fields = service.details.map((one) => ({ one, made: one.choices.length ? chosen(one) : line(one) }));
  const building = config.buildings.includes(service.workflow) ? makeBuilding(draft, save) : null;

  function line(one) {
    const hint = [one.hint, !one.required && t("details.optional")].filter(Boolean).join(" ");
    return typed(one.title, draft.details, one.name, { hint, attributes: { maxlength: one.most }, save });
  }

  function chosen(one) {
    const box = select([["", t(one.required ? "details.choose" : "details.none")], ...one.choices.map((each) => [each.name, each.title])], draft.details[one.name] ?? "", { name: one.name });
    const made = field(one.title, box, one.hint);
    box.addEventListener("change", () => {
      draft.details[one.name] = box.value;
      made.blame(null);
      save();
    });
    return made;
  }

  return {
    title: t("details.title"),
    whole: el("div", { class: "form" }, ...fields.map(({ made }) => made.whole), building?.whole),
    check() {
      const wrong = fields.filter(({ one, made }) => {
        const missing = one.required && !String(draft.details[one.name] ?? "").trim();
        made.blame(missing ? t("details.missing") : null);
        return missing;
      }).map(({ made }) => made.input);
      return [...wrong, ...(building?.check() ?? [])];
    },
  };
}
