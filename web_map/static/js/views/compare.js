import { ask, Refusal } from "../ask.js";
import { asOf, isDay, writeParameters } from "../day.js";
import { config, inWords } from "../config.js";
import { byId, el, isPhone } from "../dom.js";
import { showBox } from "../map.js";
import { date } from "../format.js";
import { notify } from "../notice.js";
import { sheet } from "../sheets.js";
import { makeDivider } from "../swipe.js";
import { t } from "../texts.js";
import { makeCard } from "./card.js";
import { makeOtherMap } from "./other-map.js";
import { DAY_CHANGED, make as makePast, readDays } from "./past.js";
import { stopsOf } from "./stops.js";

const TODAY = "today";

/** Two days, or two plans, side by side with a line to drag between them. @param {any} parts of `startViews`, with `hide` */
export async function make(parts) {
  const [known] = await Promise.all([readDays(), sheet("views"), sheet("swipe")]);
  const { map, layers } = parts;
  const past = makePast(parts);
  const stops = stopsOf(known).map((stop) => stop.day).filter((day) => day < known.today);
  const { body, show, hide } = makeCard("compare", t("compare.title"), parts.hide);
  const kinds = [["days", "compare.days"], ["plans", "compare.plans"]].map(([value, key]) => el("label", { class: "compare-kind" },
    el("input", { type: "radio", name: "compare", value, onchange: () => switchTo(value) }), t(key)));
  const [left, right] = ["compare.left", "compare.right"].map((key, side) => {
    const id = `compare-${side}`;
    const select = /** @type {HTMLSelectElement} */ (el("select", { id, onchange: () => choose(side, select.value) }));
    return { select, field: el("div", { class: "compare-side" }, el("label", { for: id }, t(key)), select) };
  });
  body.append(el("fieldset", { class: "compare-kinds" }, el("legend", { class: "unseen" }, t("compare.what")), ...kinds),
    el("div", { class: "compare-sides" }, left.field, right.field),
    el("p", { class: "small" }, t("compare.how")));
  /** @type {any[]} */
  let plans = [];
  /** @type {string|null} why there are none, in the server's words */
  let whyNone = null;
  let kind = "days";
  let sides = ["", ""];
  let moved = false;
  /** @type {{frame: HTMLElement, divider: any, other: any}|null} */
  let stage = null;
  document.addEventListener(DAY_CHANGED, () => {
    if (!stage) return;
    if (kind === "days") sides[0] = past.day() ?? TODAY;
    else stage.other.show(view(1));
    tell();
  });

  return { open, close, follow: read };

  async function open(asked) {
    if (!(await read()) && past.day() === null && stops.length > 1) {
      moved = true;
      await past.goTo(stops.at(-2));
      sides = [stops.at(-2), TODAY];
    }
    show(asked);
    await begin();
    await apply();
  }

  /** What the address says. @returns {Promise<boolean>} whether it says anything */
  async function read() {
    const query = new URLSearchParams(location.search);
    const two = (query.get("plans") ?? "").split(",");
    const day = query.get("compare");
    kind = two.length === 2 ? "plans" : "days";
    if (kind === "plans") {
      await readPlans();
      if (plans.length === 0) return noPlans();
      sides = two.map((code, side) => (plans.some((plan) => plan.code === code) ? code : firstPlans()[side]));
    } else {
      sides = [past.day() ?? TODAY, day && isDay(day) && day < known.today ? day : TODAY];
    }
    if (stage) await apply();
    return two.length === 2 || day !== null;
  }

  async function readPlans() {
    try {
      const told = await ask("/api/planning/plans", { ...asOf(), ...inWords });
      plans = told.plans;
      whyNone = told.notices[0] ?? null;
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      notify(t("views.failed", { reason: fault.message }), { seconds: 8 });
    }
  }

  /** There are none on that day: back to days. */
  function noPlans() {
    notify(whyNone ?? t("compare.no_plans"), { seconds: 8 });
    kind = "days";
    sides = [past.day() ?? TODAY, TODAY];
    tell();
    return false;
  }

  /** The plan of the whole city to the left, and to the right the one of the others that fills most of the view. */
  function firstPlans() {
    const [west, south, east, north] = map.getBounds().toArray().flat();
    const fills = ({ bbox: [w, s, e, n] }) => Math.max(0, Math.min(e, east) - Math.max(w, west)) * Math.max(0, Math.min(n, north) - Math.max(s, south));
    const [most] = plans.slice(0, -1).sort((one, other) => fills(other) - fills(one));
    return [plans.at(-1)?.code, (most ?? plans[0])?.code];
  }

  async function begin() {
    if (stage) return;
    const frame = el("div", { class: "compare", role: "group", "aria-label": t("compare.title") });
    byId("map").after(frame);
    const divider = makeDivider(frame, { label: t("compare.divider"), left: "", right: "", said: (share) => t("compare.at", { share }) }, uncovered);
    frame.append(...divider.parts);
    const [least, most] = uncovered();
    divider.set((least + most) / 2);
    const other = await makeOtherMap(parts, frame, view(1), known);
    stage = { frame, divider, other };
  }

  /** What nothing covers, in per cent of the width. @returns {[number, number]} */
  function uncovered() {
    const { width } = byId("map").getBoundingClientRect();
    const [from, to] = isPhone() ? [0, width]
      : [byId("search").getBoundingClientRect().right, byId("layers").hidden ? width : byId("layers").getBoundingClientRect().left];
    return [((from + 26) / width) * 100, ((to - 26) / width) * 100];
  }

  /** What a side shows. @param {number} side @returns {import("./past.js").View} */
  function view(side) {
    if (kind === "plans") return { day: past.day(), plan: sides[side] };
    return { day: sides[side] === TODAY ? null : sides[side] };
  }

  async function apply() {
    if (!stage) return;
    if (kind === "plans") layers.turnOn(config.plans);
    await past.onlyPlan(kind === "plans" ? sides[0] : undefined);
    if (kind === "days") await past.goTo(view(0).day);
    stage.other.show(view(1));
    writeParameters(kind === "plans" ? { compare: null, plans: sides.join(",") } : { compare: sides[1], plans: null });
    tell();
  }

  async function switchTo(wanted) {
    kind = wanted;
    if (kind === "plans") {
      await leaveDay();
      await readPlans();
      if (plans.length === 0) return noPlans();
      sides = firstPlans();
      const detailed = plans.find((plan) => plan.code === sides[1]);
      if (detailed && !within(detailed.bbox)) showBox(map, detailed.bbox, 16);
    } else {
      sides = [past.day() ?? TODAY, TODAY];
    }
    await apply();
  }

  function within([west, south, east, north]) {
    return map.getBounds().contains([(west + east) / 2, (south + north) / 2]);
  }

  async function choose(side, value) {
    sides[side] = value;
    await apply();
  }

  function tell() {
    const choices = kind === "plans" ? plans.map((plan) => [plan.code, planInWords(plan)])
      : [TODAY, ...new Set([...stops, ...sides.filter((day) => day !== TODAY)].sort().reverse())].map((day) => [day, day === TODAY ? named(day) : date(day)]);
    [left, right].forEach(({ select }, side) => select.replaceChildren(
      ...choices.map(([value, words]) => el("option", { value, selected: value === sides[side] }, words))));
    for (const label of kinds) label.querySelector("input").checked = label.querySelector("input").value === kind;
    if (!stage) return;
    stage.frame.dataset.kind = kind;
    stage.divider.name(...sides.map(named));
  }

  function named(side) {
    if (kind === "days") return side === TODAY ? t("day.today") : t("compare.day", { date: date(side) });
    const plan = plans.find((each) => each.code === side);
    return plan ? t("compare.plan", { level: plan.level_title, year: plan.decision_date.slice(0, 4) }) : side;
  }

  function planInWords(plan) {
    return t("compare.plan_long", {
      plan: plan.name, decision: plan.decision_no, date: date(plan.decision_date),
    });
  }

  async function close() {
    hide();
    stage?.other.remove();
    stage?.frame.remove();
    stage = null;
    writeParameters({ compare: null, plans: null });
    await past.onlyPlan(undefined);
    await leaveDay();
  }

  /** The day that was chosen for the comparison alone goes with it. */
  async function leaveDay() {
    if (moved) await past.goTo(null);
    moved = false;
  }
}
