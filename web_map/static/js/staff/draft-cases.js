import { config } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { amount } from "./draft-words.js";
import { send } from "./send.js";

const PAGE = 50;

/** Cases on the ground of a draft, kind by kind: kept answers, and whatever else the city keeps of a parcel. */
export function draftCases(state, address) {
  const kinds = state.totals.cases;
  return el("section", { class: "panel", "aria-labelledby": "cases-title" },
    el("h2", { id: "cases-title" }, t("draft_cases.title")),
    kinds.every((kind) => kind.count === 0) && el("p", { class: "quiet" }, t("draft_cases.none")),
    ...kinds.filter((kind) => kind.count !== 0).map((kind) => of(kind, address)));
}

function of(kind, address) {
  const title = kind[`title_${config.language}`];
  if (kind.hidden) return el("p", { class: "quiet" }, t("draft_cases.hidden", { kind: title }));
  const list = el("ul", { class: "plain" });
  const more = el("button", { type: "button", class: "link", hidden: true, onclick: load }, t("console.more"));
  const whole = el("details", { class: "impact" }, el("summary", {}, t("draft_cases.kind", { kind: title, n: number(kind.count) })), list, more);
  let shown = 0;
  whole.addEventListener("toggle", () => {
    if (whole.open && shown === 0) load();
  });
  return whole;

  async function load() {
    const asked = new URLSearchParams({ kind: kind.kind, lang: config.language, limit: String(PAGE), offset: String(shown) });
    const page = await send("GET", `${address}/cases?${asked}`);
    shown += page.cases.length;
    list.append(...page.cases.map((one) => el("li", {},
      kind.kind === "planning_answers" ? el("a", { href: `/answers/${one.id}` }, one.title) : el("strong", {}, one.title),
      one.note && el("span", { class: "small" }, ` – ${one.note}`),
      one.area_m2 !== null && el("span", { class: "small" }, ` – ${amount(one)}`))));
    more.hidden = shown >= page.matched;
  }
}
