import { Refusal } from "../ask.js";
import { inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { moment, number } from "../format.js";
import { t } from "../texts.js";
import { field, select } from "./fields.js";
import { startFrame } from "./frame.js";
import { parcelName, stateChip } from "./remark-words.js";
import { send } from "./send.js";

const LISTS = ["open", "closed"], MOST = 200;
const place = byId("remarks"), live = byId("live");
const asked = new URLSearchParams(location.search);
const now = { state: asked.get("state") === "closed" ? "closed" : "open", unit: "", answer: asked.get("answer") ?? "" };
const tabs = el("nav", { class: "tabs", "aria-label": t("remarks.lists") });
const unit = field(t("remarks.unit"), select([["", t("remarks.all_units")]], "", { name: "unit", onchange: (event) => { now.unit = event.target.value; load(); } }));
const only = el("p", { class: "told", hidden: true });
const title = el("h2", { tabindex: "-1", id: "list-title" }), about = el("p", { class: "quiet" }), lines = el("ul", { class: "remark-lines" });

async function load() {
  place.setAttribute("aria-busy", "true");
  try {
    const query = new URLSearchParams({ state: now.state, limit: MOST, lang: inWords.lang });
    for (const name of ["unit", "answer"]) if (now[name]) query.set(name, now[name]);
    show(await send("GET", `/api/planning/remarks?${query}`));
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    about.textContent = t("console.gone_wrong", { reason: fault.message });
    about.hidden = false;
  } finally {
    place.setAttribute("aria-busy", "false");
  }
}

function show({ remarks, counts, units }) {
  tabs.replaceChildren(...LISTS.map((state) => tab(state, counts[state])));
  title.textContent = t(`remarks.${now.state}`);
  const narrowed = now.unit || now.answer;
  about.textContent = remarks.length === 0 ? t(narrowed ? "remarks.none_here" : `remarks.none_${now.state}`)
    : remarks.length >= MOST ? t("remarks.cut", { n: number(MOST) }) : "";
  about.hidden = !about.textContent;
  const choices = units.map((one) => el("option", { value: one.code, selected: one.code === now.unit },
    t("remarks.unit_count", { name: one.name ?? one.code, n: number(one.remarks) })));
  unit.input.replaceChildren(el("option", { value: "" }, t("remarks.all_units")), ...choices);
  unit.whole.hidden = units.length === 0 && !now.unit;
  only.hidden = !now.answer;
  only.replaceChildren(t("remarks.of_answer", { id: now.answer }), " ", el("a", { class: "link", href: "/staff/remarks" }, t("remarks.every")));
  lines.replaceChildren(...remarks.map(line));
  live.textContent = t("remarks.shown", { list: t(`remarks.${now.state}`), n: number(remarks.length) });
}

function tab(state, count) {
  return el("button", { type: "button", class: "tab", "data-list": state, "aria-pressed": String(state === now.state), onclick: async () => {
    Object.assign(now, { state, unit: "" });
    const query = new URLSearchParams({ state, ...(now.answer ? { answer: now.answer } : {}) });
    history.replaceState(null, "", `?${query}`);
    await load();
    title.focus();
  } }, `${t(`remarks.${state}`)} (${number(count)})`);
}

function line(remark) {
  return el("li", { class: "remark-line", "data-open": String(!remark.closed_at) },
    el("div", { class: "line-top" },
      el("h3", {}, el("a", { href: `/staff/remarks/${remark.id}` }, remark.line)), stateChip(remark)),
    el("p", { class: "words" }, remark.words),
    el("p", { class: "small" }, `${parcelName(remark)} · ${t("remark.title", { id: remark.id })} · ${t("remark.filed", { moment: moment(remark.filed_at) })}`));
}

place.replaceChildren(el("div", { class: "remark-bar" }, tabs, unit.whole), only, title, about, lines);
load();
startFrame();
