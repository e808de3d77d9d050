import { Refusal } from "../ask.js";
import { byId, el } from "../dom.js";
import { moment, number } from "../format.js";
import { t } from "../texts.js";
import { draftForm } from "./draft-form.js";
import { stateChip, stepWords } from "./draft-state.js";
import { startFrame } from "./frame.js";
import { send } from "./send.js";

const OFTEN_MS = 1500, SELDOM_MS = 20000;
const place = byId("drafts"), live = byId("live");
let shown = "";

async function look() {
  let working = false;
  try {
    const { drafts } = await send("GET", "/api/planning/drafts?limit=100");
    working = drafts.some((line) => ["waiting", "working"].includes(line.state));
    show(drafts);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    if (!shown) place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
  }
  window.setTimeout(look, working ? OFTEN_MS : SELDOM_MS);
}

function show(drafts) {
  const signature = JSON.stringify(drafts);
  if (signature === shown) return;
  const focused = document.activeElement?.getAttribute("href");
  if (shown) live.textContent = t("drafts.changed");
  shown = signature;
  place.replaceChildren(drafts.length ? el("div", { class: "lines" }, ...drafts.map(card)) : el("p", { class: "quiet" }, t("drafts.none")));
  place.setAttribute("aria-busy", "false");
  if (focused) place.querySelector(`a[href="${focused}"]`)?.focus();
}

function card(line) {
  const told = line.totals && t("drafts.line", {
    zones: number(line.totals.zones), parcels: number(line.totals.parcels), changed: number(line.totals.changed),
  });
  return el("article", { class: "line panel", "data-state": line.state },
    el("div", { class: "line-head" }, el("h3", {}, el("a", { href: `/staff/drafts/${line.id}` }, line.name)), stateChip(line)),
    el("p", {}, t("drafts.came", { id: line.id, file: line.file_name, moment: moment(line.uploaded_at), by: line.uploaded_by })),
    line.state === "working" || line.state === "waiting" ? el("p", { class: "todo" }, stepWords(line)) : told && el("p", {}, told),
    el("p", { class: "small worthless" }, line.notice));
}

byId("new").append(draftForm());
look();
startFrame();
