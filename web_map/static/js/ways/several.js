import { ask, isGivenUp } from "../ask.js";
import { takeClicks } from "../clicks.js";
import { config, inWords } from "../config.js";
import { el } from "../dom.js";
import { onLeaving, showPanel } from "../panel.js";
import { t } from "../texts.js";
import { buttons, field } from "./parts.js";

const MOST = 100;

/** Several parcels as one site: tapped on the map, or named by their numbers. */
export function askBySeveral(page, back, chosen = []) {
  const list = el("ul", { class: "ways-chosen" });
  const told = el("p", { class: "small", role: "status" });
  const look = el("button", { type: "button", class: "button", onclick: send }, t("ways.look"));
  showPanel(t("ways.several"), [
    el("p", {}, t(page.map ? "ways.several_help" : "ways.several_help_list")), list, told,
    buttons(look, back), numberForm(add)], { state: "ways", focus: true });
  if (page.map) {
    takeClicks(({ lng, lat }) => add({ point: `${lng.toFixed(6)},${lat.toFixed(6)}` }));
    onLeaving(() => takeClicks(null));
  }
  show();

  /** A parcel is looked for at once, so that a wrong number is told now; tapped again it is taken out. */
  async function add(question) {
    told.textContent = t("answer.loading");
    try {
      const answer = await ask("/api/planning/lookup", { ...question, ...inWords }, { worded: true });
      told.textContent = "";
      for (const parcel of answer.parcels) toggle(parcel, Boolean(question.point));
      show();
      return true;
    } catch (fault) {
      if (!isGivenUp(fault)) told.textContent = fault.message;
      return false;
    }
  }

  function toggle(parcel, takeOut) {
    const at = chosen.findIndex(({ id }) => id === parcel.id);
    if (at < 0 && chosen.length < MOST) chosen.push(parcel);
    else if (at >= 0 && takeOut) chosen.splice(at, 1);
    else if (at < 0) told.textContent = t("ways.several_most", { n: MOST });
  }

  function show() {
    list.replaceChildren(...chosen.map((parcel) => el("li", {},
      el("span", {}, t("answer.parcel", { parcel: parcel.parcel_no, sheet: parcel.sheet_no }),
        el("span", { class: "small" }, ` ${parcel.unit_name ?? parcel.unit_code}`)),
      el("button", {
        type: "button", class: "icon-button", "data-icon": "close",
        "aria-label": t("ways.several_remove", { parcel: parcel.parcel_no, sheet: parcel.sheet_no }),
        onclick: () => { toggle(parcel, true); show(); },
      }))));
    list.hidden = chosen.length === 0;
    /** @type {HTMLButtonElement} */ (look).disabled = chosen.length === 0;
    if (chosen.length > 0) page.highlight?.show(chosen.map((parcel) => parcel.geometry));
    else page.highlight?.clear();
  }

  function send() {
    page.ask({ parcels: chosen.map(({ id }) => ({ id })) }, () => askBySeveral(page, back, chosen));
  }
}

/** By number, for who cannot tap on a map. */
function numberForm(add) {
  const input = (name, required) => el("input", { name, required, autocomplete: "off", maxlength: "40" });
  const [sheet, parcel, unit] = [input("sheet", true), input("parcel", true), input("unit", false)];
  const send = async (event) => {
    event.preventDefault();
    const given = { sheet: sheet.value.trim(), parcel: parcel.value.trim() };
    if (await add(unit.value.trim() ? { ...given, unit: unit.value.trim() } : given)) {
      parcel.value = "";
      parcel.focus();
    }
  };
  return el("details", { class: "slivers" }, el("summary", {}, t("ways.by_number")),
    el("form", { class: "ways", onsubmit: send },
      el("div", { class: "ways-row" },
        field("several-sheet", t("ways.sheet"), sheet), field("several-parcel", t("ways.parcel"), parcel)),
      field("several-unit", t("ways.unit"), unit),
      el("button", { type: "submit", class: "button quiet" }, t("ways.add"))));
}
