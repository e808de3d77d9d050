import { ask, Refusal } from "../ask.js";
import { inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { date, moment, number } from "../format.js";
import { t } from "../texts.js";
import { startFrame } from "./frame.js";
import { headingOf, progressBar, sourceName, statusChip } from "./lines.js";
import { send } from "./send.js";

const OFTEN_MS = 1500, SELDOM_MS = 15000;
const place = byId("inbox"), live = byId("live");
const lists = { waiting: section("waiting"), working: section("working"), overdue: section("overdue"), past: section("past") };
const bars = new Map();
let shown = "";

async function look() {
  let working = false;
  try {
    const [newest, waiting] = await Promise.all([
      send("GET", "/api/deliveries?limit=30"),
      send("GET", "/api/deliveries?limit=100&status=waiting,working"),
    ]);
    working = waiting.deliveries.some((line) => line.progress);
    show(waiting.deliveries, newest.deliveries);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    if (!shown) place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
  }
  window.setTimeout(look, working ? OFTEN_MS : SELDOM_MS);
}

/** Drawn anew only when something but the progress changed. */
function show(open, newest) {
  const signature = JSON.stringify([open, newest].map((lines) => lines.map((line) => ({ ...line, progress: line.progress !== null }))));
  for (const line of open) if (line.progress) bars.get(line.id)?.update(line.progress);
  if (signature === shown) return;
  const first = shown === "", focused = document.activeElement?.getAttribute("href");
  shown = signature;
  const waiting = open.filter((line) => line.waits_for_person), working = open.filter((line) => line.progress);
  const opened = new Set(open.map((line) => line.id));
  lists.waiting.fill(waiting.map(card), waiting.length);
  lists.working.fill(working.map(card), working.length);
  lists.past.fill([table(newest.filter((line) => !opened.has(line.id)))]);
  if (first) place.replaceChildren(...Object.values(lists).map((list) => list.whole));
  else live.textContent = t("inbox.changed", { waiting: number(waiting.length), working: number(working.length) });
  place.setAttribute("aria-busy", "false");
  if (focused) place.querySelector(`a[href="${focused}"]`)?.focus();
}

function section(name) {
  const title = el("h2", { id: `${name}-title` }), body = el("div", { class: "lines" });
  const whole = el("section", { "aria-labelledby": title.id, "data-list": name }, title, body);
  return {
    whole,
    fill(content, count) {
      title.textContent = count === undefined ? t(`inbox.${name}`) : `${t(`inbox.${name}`)} (${number(count)})`;
      const empty = content.length === 0;
      whole.hidden = empty && name !== "waiting";
      body.replaceChildren(...(empty ? [el("p", { class: "quiet" }, t(`inbox.${name}_none`))] : content));
    },
  };
}

function card(line) {
  const bar = line.progress && progressBar(line.progress);
  if (bar) bars.set(line.id, bar);
  else bars.delete(line.id);
  return el("article", { class: "line panel", "data-status": line.status },
    el("div", { class: "line-head" },
      el("h3", {}, el("a", { href: `/staff/deliveries/${line.id}` }, headingOf(line))), statusChip(line)),
    el("p", {}, t("inbox.came", { id: line.id, source: line.source === "unnamed" ? sourceName(line.source) : t("inbox.source", { name: line.source }), moment: moment(line.received_at), by: line.received_by })),
    bar ? bar.whole : el("p", { class: "todo" }, todo(line)));
}

function todo(line) {
  if (line.status === "ready" && line.counts.doubtful) return t("todo.doubtful", { n: number(line.counts.doubtful) });
  return t(`todo.${line.status}`);
}

function table(lines) {
  if (lines.length === 0) return el("p", { class: "quiet" }, t("inbox.past_none"));
  const head = ["line.delivery", "line.source", "line.state", "line.when"].map((key) => el("th", { scope: "col" }, t(key)));
  const row = (line) => el("tr", {},
    el("th", { scope: "row" }, el("a", { class: "link", href: `/staff/deliveries/${line.id}` }, headingOf(line))),
    el("td", {}, sourceName(line.source)),
    el("td", {}, statusChip(line), line.synthetic && el("span", { class: "chip warn" }, t("console.synthetic"))),
    el("td", {}, line.decided_at ? `${moment(line.decided_at)} – ${line.decided_by ?? ""}` : moment(line.received_at)));
  return el("div", { class: "table", tabindex: "0", role: "group", "aria-label": t("inbox.past") },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...lines.map(row))));
}

/** What is late is told from the layers themselves, whoever delivers them. */
async function lookForOverdue() {
  const late = (await ask("/api/layers", inWords)).filter((layer) => layer.overdue);
  const line = (layer) => el("article", { class: "line panel late" },
    el("div", { class: "line-head" }, el("h3", {}, layer.title), el("span", { class: "chip bad" }, t("inbox.late"))),
    el("p", {}, t("inbox.late_since", {
      date: layer.source_date ? date(layer.source_date) : "–", days: number(layer.age_days ?? 0), cycle: number(layer.cycle_days ?? 0),
    })));
  lists.overdue.fill(late.map(line), late.length);
}

lists.overdue.fill([]);
look();
lookForOverdue().catch((fault) => console.warn(fault));
startFrame();
