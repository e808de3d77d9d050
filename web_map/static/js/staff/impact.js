import { config } from "../config.js";
import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";

const said = (one, name) => (config.language === "vi" ? one[name] : (one[`${name}_en`] ?? one[name]));

/** What stands on what changes: cases, numbers, answers that others gave. */
export function impact(list, state) {
  if (!["ready", "partly_applied", "approved", "applied"].includes(state.status)) return null;
  return el("section", { class: "panel", "aria-labelledby": "impact-title" },
    el("h2", { id: "impact-title" }, t("impact.title")),
    el("p", { class: "quiet" }, list.length ? t("impact.about") : t("impact.none")), ...impactList(list));
}

/** The same list within a question. */
export function impactList(list) {
  const example = (one) => el("li", {}, el("strong", {}, said(one, "title") ?? String(one.id)),
    said(one, "note") && el("span", { class: "small" }, ` – ${said(one, "note")}`));
  return list.map((each) => el("details", { class: "impact" },
    el("summary", {}, `${said(each, "title") ?? each.layer}: ${number(each.count)}`),
    el("ul", { class: "plain" }, ...each.examples.map(example)),
    each.count > each.examples.length && el("p", { class: "small" }, t("impact.more", { n: number(each.count - each.examples.length) }))));
}
