import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { el } from "../dom.js";
import { field, select } from "../staff/fields.js";
import { send } from "../staff/send.js";
import { t } from "../texts.js";
import { typed } from "./parts.js";

const MARKS = { pass: "good", fail: "bad", cannot_decide: "warn" };

const number = (text) => Number(String(text ?? "").trim().replace(",", "."));

/** What the check takes of the building; null where something is missing. */
export function buildingSaid({ building }) {
  if (!(building.floors && building.height_m && building.corners?.trim())) return null;
  return {
    floors: Math.round(number(building.floors)), height_m: number(building.height_m), corners: building.corners,
    crs: Number(building.crs ?? config.grid), lang: config.language,
  };
}

/** The building: floors, height and corners, held against the plans before it is filed. Nothing of it is needed. */
export function makeBuilding(draft, save) {
  const held = draft.building;
  const floors = typed(t("building.floors"), held, "floors", { attributes: { inputmode: "numeric", maxlength: 3 }, save });
  const height = typed(t("building.height"), held, "height_m", { attributes: { inputmode: "decimal", maxlength: 6 }, save });
  const corners = typed(t("building.corners"), held, "corners", { tag: "textarea", hint: t("building.corners_hint"), attributes: { rows: 6, maxlength: 40000, spellcheck: "false" }, save });
  const box = select(config.grids.map(({ srid, title }) => [String(srid), title]), held.crs ?? String(config.grid), { name: "crs" });
  box.addEventListener("change", () => { held.crs = box.value; save(); });
  const grid = field(t("building.grid"), box);
  const told = el("div", { class: "checked", role: "status" });

  async function check() {
    if (faults().length) return;
    const building = buildingSaid(draft);
    if (!building || !draft.lot) return told.replaceChildren(el("p", { class: "told warn" }, t("building.needed")));
    const { kind, use, permit } = draft.details;
    try {
      const answer = await send("POST", "/api/permits/check", { ...building, parcel: draft.lot.id, ...(kind ? { kind } : {}), ...(use ? { use } : {}), ...(permit ? { permit } : {}) });
      told.replaceChildren(el("h2", {}, t("building.checked")),
        el("ul", { class: "check-lines" }, ...answer.lines.map((line) => el("li", {},
          el("p", {}, el("strong", {}, line.title), " ", el("span", { class: `chip ${MARKS[line.outcome]}` }, t(`building.${line.outcome}`))),
          el("p", { class: "small" }, line.reason)))),
        el("p", { class: "small" }, answer.disclaimer ?? t("building.about")));
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      told.replaceChildren(el("p", { class: "told bad" }, fault.message));
    }
    return undefined;
  }

  /** A number that is there must be one. */
  function faults() {
    return [[floors, held.floors], [height, held.height_m]].filter(([made, text]) => {
      const wrong = Boolean(text?.trim()) && !(number(text) > 0);
      made.blame(wrong ? t("building.number_missing") : null);
      return wrong;
    }).map(([made]) => made.input);
  }

  return {
    whole: el("fieldset", { class: "panel building" }, el("legend", {}, t("building.title")),
      el("p", { class: "small" }, t("building.about")), el("div", { class: "fields" }, floors.whole, height.whole), corners.whole, grid.whole,
      el("div", { class: "turns" }, el("button", { type: "button", class: "button quiet", onclick: check }, t("building.check"))), told,
      el("p", { class: "small" }, t("building.bring"))),
    check: faults,
  };
}
