import { Refusal } from "../ask.js";
import { config, inWords } from "../config.js";
import { el } from "../dom.js";
import { moment, number } from "../format.js";
import { t } from "../texts.js";
import { groundOfBuilding } from "./building-ground.js";
import { checkLines } from "./check-lines.js";
import { field, select } from "./fields.js";
import { request, send } from "./send.js";
import { toast } from "./toast.js";

/** Once it was proposed the decision rests on the building as it is. */
const STATED_IN = ["received", "checking", "supplement"];
const detail = (one, name) => one.details.find((each) => each.name === name);

/** The building that is applied for: stated, checked by the map, and kept with what the check said then. */
export function building(one, map, tools) {
  if (one.workflow.name !== "building_permit" || detail(one, "kind")?.value === "extension") return null;
  const inside = el("div", { class: "building" }, el("p", { class: "quiet" }, t("console.loading")));
  const address = `/api/permits/cases/${encodeURIComponent(config.code)}/building`;
  if (one.hidden.length) inside.replaceChildren(el("p", { class: "quiet" }, t("case.hidden", { unit: one.unit_name })));
  else begin(one, map, tools, inside, address);
  return el("section", { class: "panel", id: "building", "aria-labelledby": "building-title" }, el("h2", { id: "building-title" }, t("building.title")), inside);
}

async function begin(one, map, tools, inside, address) {
  const shown = el("div", { class: "submission" });
  const last = await kept(address).catch((fault) => {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status !== 404) shown.replaceChildren(el("p", { class: "told bad" }, fault.message));
    return null;
  });
  const form = one.closed_at || !STATED_IN.includes(one.state.name) ? null : stating(one, map, last, async (body) => {
    const made = await send("POST", address, { ...body, lang: inWords.lang });
    await tools.look();
    open(made, made.submission);
    toast(t("building.saved", { n: number(made.submission) }), { kind: "good" });
    shown.querySelector("h3")?.focus();
  });
  // Who has stated it reads what the check said; the form opens on demand.
  const folded = form && el("details", { open: !last }, el("summary", {}, t(last ? "building.again" : "building.state")), form);
  inside.replaceChildren(...[!last && !form && el("p", { class: "quiet" }, t("building.none")), folded, shown].filter(Boolean));
  if (last) open(last, last.submission);

  function open(told, newest) {
    const { check } = told;
    shown.replaceChildren(
      el("h3", { tabindex: "-1" }, t("building.submission", { n: number(told.submission), moment: moment(told.made_at), name: told.made_by })),
      el("p", { class: "small" }, t("building.as_stated", { floors: number(told.floors), height: number(told.height_m), use: check.use })),
      checkLines(check, map && map.show), earlier(told.submission, newest));
    map?.building(told.footprint ?? null);
    if (folded && newest) {
      folded.open = false;
      folded.querySelector("summary").textContent = t("building.again");
    }
  }

  /** Each one that was handed in before can be read again, with what the check said on that day. */
  function earlier(now, newest) {
    if (newest < 2) return "";
    const which = select(Array.from({ length: newest }, (_, at) => [String(newest - at), t("building.which", { n: number(newest - at) })]), String(now), { name: "submission" });
    const chosen = field(t("building.earlier"), which, t("building.earlier_hint"));
    which.addEventListener("change", async () => {
      try {
        open(await kept(`${address}?submission=${which.value}`), newest);
        shown.querySelector("select")?.focus();
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        chosen.blame(fault.message);
      }
    });
    return chosen.whole;
  }
}

async function kept(address) {
  const answer = await request("GET", `${address}${address.includes("?") ? "&" : "?"}lang=${inWords.lang}`);
  return answer.json();
}

function stating(one, map, last, keep) {
  const ground = groundOfBuilding(map, () => { floors.input.scrollIntoView({ block: "center" }); floors.input.focus({ preventScroll: true }); });
  const figure = (name, value, more) => field(t(`building.${name}`), el("input", { type: "text", name, autocomplete: "off", maxlength: 8, value: value ?? "", ...more }), t(`building.${name}_hint`));
  const floors = figure("floors", last?.floors ?? detail(one, "floors")?.value, { inputmode: "numeric" });
  const height = figure("height_m", last ? number(last.height_m) : detail(one, "height_m")?.value, { inputmode: "decimal" });
  const use = detail(one, "use");
  const fault = el("p", { class: "told bad", role: "alert", hidden: true });
  const button = el("button", { type: "submit", class: "button" }, t("building.check"));
  const whole = el("form", { class: "form", novalidate: true, "aria-label": t("building.title"), onsubmit: async (event) => {
    event.preventDefault();
    fault.hidden = true;
    const said = { floors: figureOf(floors.input.value, 0), height_m: figureOf(height.input.value, 2), use: use?.value };
    floors.blame(said.floors >= 1 && said.floors <= 100 ? null : t("building.floors_missing"));
    height.blame(said.height_m > 0 && said.height_m <= 500 ? null : t("building.height_missing"));
    const stated = ground.check(), first = whole.querySelector("[aria-invalid=true]");
    if (first) return first.focus();
    if (!stated) return;
    button.setAttribute("disabled", "");
    try {
      await keep({ ...ground.said(), ...said });
      ground.stop();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      fault.textContent = t("console.gone_wrong", { reason: refusal.message });
      fault.hidden = false;
    } finally {
      button.removeAttribute("disabled");
    }
  } }, ground.whole, el("div", { class: "fields" }, floors.whole, height.whole),
    use && el("p", {}, t("building.use", { use: use.text })), fault,
    el("div", { class: "turns" }, button, el("p", { class: "small" }, t("building.check_hint"))));
  return whole;
}

/** A number as people write it, 12,5 or 12.5; NaN where it is none. @param {string} text @param {number} decimals */
function figureOf(text, decimals) {
  const plain = text.trim().replace(",", ".");
  return new RegExp(decimals ? `^\\d+(\\.\\d{1,${decimals}})?$` : "^\\d+$").test(plain) ? Number(plain) : NaN;
}
