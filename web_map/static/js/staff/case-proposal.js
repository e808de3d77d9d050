import { Refusal, ask } from "../ask.js";
import { inWords } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";

/** The number that the map proposes for the lot, each rule it rests on, and what stands near by against the rules. */
export function proposal(one, map) {
  if (one.workflow.name !== "house_number" || one.closed_at || one.outcome.house_number || !one.subject?.there) return null;
  const inside = el("div", {}, el("p", { class: "quiet" }, t("console.loading")));
  fill(one, inside, map);
  return el("section", { class: "panel proposal", "aria-labelledby": "proposal-title" }, el("h2", { id: "proposal-title" }, t("proposal.title")), inside);
}

async function fill(one, inside, map) {
  try {
    const told = await ask("/api/house-numbers/propose", { parcel: String(one.subject.id), ...inWords });
    inside.replaceChildren(...[
      el("p", { class: "proposed" }, told.address ?? t("proposal.none")),
      told.alternatives.length > 0 && el("p", { class: "small" }, t("proposal.others", { numbers: told.alternatives.join(", ") })),
      el("ul", { class: "rules" }, ...told.rules.map(rule)),
      told.collisions.length > 0 && el("details", {}, el("summary", {}, t("proposal.collisions", { n: number(told.collisions.length) })),
        el("ul", { class: "bullets" }, ...told.collisions.map((each) => el("li", {}, each.address ? `${each.address}: ${each.reason}` : each.reason)))),
    ].filter(Boolean));
    map?.mark([told.gate, ...told.collisions.map((each) => each.geometry)].filter(Boolean));
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    inside.replaceChildren(el("p", { class: "told warn" }, fault.message));
  }
}

function rule(each) {
  const source = each.article && t(each.verified ? "proposal.article" : "proposal.article_unverified", { article: each.article });
  return el("li", { "data-outcome": each.outcome },
    el("span", { class: "outcome" }, t(`outcome.${each.outcome}`)),
    el("div", {}, el("strong", {}, each.title), el("p", {}, each.reason), source && el("p", { class: "small" }, source)));
}
