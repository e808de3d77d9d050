import { Refusal } from "../ask.js";
import { el } from "../dom.js";
import { date, moment } from "../format.js";
import { t } from "../texts.js";
import { confirmThat } from "./dialog.js";
import { field, select } from "./fields.js";
import { send } from "./send.js";
import { toast } from "./toast.js";
import { who } from "./who.js";

/** What the case says of itself, and who works on it. */
export function facts(one, tools) {
  const rows = [
    ...(one.closed_at ? [] : one.results.map(resultRow)),
    ...one.details.map((each) => [each.title, each.text]),
    [t("fact.opened"), t("fact.by", { moment: moment(one.opened_at), name: who(one.opened_by) })],
    [t("fact.channel"), t(`channel.${one.channel}`)],
    [t("fact.officer"), one.assigned_to ?? t("line_case.nobody")],
    one.closed_at && [t("fact.closed"), moment(one.closed_at)],
  ].filter(Boolean);
  const mine = !one.closed_at && !one.hidden.length;
  return el("section", { class: "panel", "aria-labelledby": "facts-title" }, el("h2", { id: "facts-title" }, t("fact.title")),
    one.synthetic && el("p", { class: "chip warn" }, t("console.synthetic")),
    el("dl", { class: "facts" }, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
    one.subject?.there && el("p", {}, el("a", { class: "link", href: `/ogc/collections/${one.subject.layer}/items/${one.subject.id}?f=html` }, t("subject.open", { id: one.subject.id }))),
    mine && el("div", { class: "turns" }, el("button", { type: "button", class: "button quiet", onclick: () => give(one, tools) }, t("fact.give"))));
}

/** A part of what came of the case: where a paper was made it opens, days are written as people write them. */
export const resultRow = (each) => [each.title, each.link ? el("a", { class: "button quiet", href: each.link }, t("fact.open_paper", { code: each.text }))
  : /^\d{4}-\d{2}-\d{2}$/.test(each.text) ? date(each.text) : each.text];

async function give(one, tools) {
  try {
    const { officers } = await send("GET", `${tools.address}/officers`);
    const officer = field(t("fact.officer"), select([["", t("line_case.nobody")], ...officers.map((each) => [each.username, `${each.name} (${each.username})`])], one.assigned_to ?? ""));
    confirmThat({ title: t("fact.give"), yes: t("fact.give_yes"), content: [officer.whole], act: async () => {
      await tools.act("assignment", { version: one.version, to: officer.input.value || null });
      return null;
    } });
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    toast(t("console.gone_wrong", { reason: fault.message }));
  }
}
