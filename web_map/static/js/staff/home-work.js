import { Refusal } from "../ask.js";
import { inWords } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { row } from "./case-lines.js";
import { send } from "./send.js";
import { units } from "./units.js";

const LISTS = ["overdue", "today", "soon", "waiting"];
const MOST = 5;

/** Today's work of who reads cases: how much is late or due, what comes first, and the way to take a new case in. @param {HTMLElement} place */
export async function showWork(place) {
  try {
    const [found, { workflows }, names] = await Promise.all([
      send("GET", `/api/cases?list=open&limit=50&lang=${inWords.lang}`), send("GET", `/api/workflows?lang=${inWords.lang}`), units,
    ]);
    // What waits for somebody else is nobody's work here today.
    const first = found.cases.filter((one) => !one.state.waits).slice(0, MOST);
    place.replaceChildren(...[
      el("div", { class: "headline" }, el("h2", { id: "work-title" }, t("home.work")),
        workflows.some((one) => one.may_open) && el("a", { class: "button", href: "/staff/cases/new" }, t("cases.new"))),
      el("ul", { class: "work-counts" }, ...LISTS.map((name) => count(name, found.counts[name]))),
      first.length > 0 && el("h3", {}, t("home.first")),
      first.length ? el("ul", { class: "case-lines" }, ...first.map((one) => row(one, found.today, { tick: () => null }, names)))
        : el("p", { class: "quiet" }, t("home.no_work")),
      found.counts.open > 0 && el("p", {}, el("a", { class: "link", href: "/staff/cases?list=open" }, t("home.all_cases", { n: number(found.counts.open) }))),
    ].filter(Boolean));
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
  }
  place.setAttribute("aria-busy", "false");
}

const count = (name, n) => el("li", { "data-list": name, "data-some": String(n > 0) },
  el("a", { href: `/staff/cases?list=${name}` }, el("strong", {}, number(n)), el("span", {}, t(`list.${name}`))));
