import { Refusal } from "../ask.js";
import { inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { bulkBar } from "./case-bulk.js";
import { filters } from "./case-filters.js";
import { row } from "./case-lines.js";
import { startFrame } from "./frame.js";
import { send } from "./send.js";
import { units } from "./units.js";

const LISTS = ["overdue", "today", "soon", "waiting", "open", "closed"];
const place = byId("cases"), live = byId("live");
const tabs = el("nav", { class: "tabs", "aria-label": t("cases.lists") }), body = el("ul", { class: "case-lines" });
const title = el("h2", { tabindex: "-1", id: "list-title" }), about = el("p", { class: "quiet" });
const more = el("button", { type: "button", class: "button quiet", hidden: true, onclick: () => load(now.next) }, t("console.more"));
const files = el("p", { class: "turns files" });
const now = { list: new URLSearchParams(location.search).get("list"), next: null, cases: [] };
const asked = filters(() => load());
const bulk = bulkBar(() => load());

/** First what is late, then what is due today: an officer need not look for it. */
const mostUrgent = (counts) => ["overdue", "today", "soon"].find((name) => counts[name] > 0) ?? "open";

async function load(after = null) {
  place.setAttribute("aria-busy", "true");
  try {
    const found = await fetchPage(now.list ?? "open", after);
    if (now.list === null) {
      now.list = mostUrgent(found.counts);
      if (now.list !== "open") return load();
    }
    await show(found, after !== null);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    about.textContent = t("console.gone_wrong", { reason: fault.message });
  } finally {
    place.setAttribute("aria-busy", "false");
  }
}

const query = (list, after) => new URLSearchParams(Object.entries({ list, after, ...asked.said() }).filter(([, value]) => value));
const fetchPage = (list, after) => send("GET", `/api/cases?${query(list, after)}&lang=${inWords.lang}`);

async function show(found, goesOn) {
  const names = await units;
  now.cases = goesOn ? [...now.cases, ...found.cases] : found.cases;
  now.next = found.next;
  tabs.replaceChildren(...LISTS.map((name) => tab(name, found.counts[name])));
  title.textContent = t(`list.${now.list}`);
  about.textContent = found.cases.length || goesOn ? t(`list_about.${now.list}`) : t(asked.narrowed() ? "cases.none_found" : `list_none.${now.list}`);
  body.replaceChildren(...now.cases.map((one) => row(one, found.today, bulk, names)));
  more.hidden = !found.next;
  files.replaceChildren(...["xlsx", "csv"].map((ending) =>
    el("a", { class: "button quiet", href: `/api/cases/list.${ending}?${query(now.list, null)}&lang=${inWords.lang}`, download: true }, t(`cases.as_${ending}`))));
  files.hidden = now.cases.length === 0;
  bulk.offer(now.list === "closed" ? [] : now.cases);
  live.textContent = t("cases.shown", { list: t(`list.${now.list}`), n: number(now.cases.length) });
}

function tab(name, count) {
  const words = count === undefined ? t(`list.${name}`) : `${t(`list.${name}`)} (${number(count)})`;
  return el("button", { type: "button", class: "tab", "data-list": name, "data-some": String(count > 0), "aria-pressed": String(name === now.list), onclick: async () => {
    now.list = name;
    history.replaceState(null, "", `?list=${name}`);
    await load();
    title.focus();
  } }, words);
}

async function begin() {
  const { workflows } = await send("GET", `/api/workflows?lang=${inWords.lang}`);
  asked.know(workflows);
  bulk.know(workflows);
  byId("new-case").hidden = !workflows.some((one) => one.may_open);
  place.replaceChildren(asked.whole, tabs, title, about, bulk.whole, body, more, files);
  await load();
}

begin().catch((fault) => { place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message }))); });
startFrame();
