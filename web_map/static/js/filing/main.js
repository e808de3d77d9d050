import { Refusal } from "../ask.js";
import { byId, el } from "../dom.js";
import { startLargeText } from "../large.js";
import { t } from "../texts.js";
import { makeDetails } from "./details.js";
import { forgetDraft, keepDraft, readDraft } from "./draft.js";
import { makeLot } from "./lot.js";
import { openView } from "./open.js";
import { makePapers } from "./papers.js";
import { makePerson } from "./person.js";
import { makeReview } from "./review.js";
import { call } from "./sending.js";
import { sentView } from "./sent.js";
import { makeService, serviceAtFirst } from "./service.js";

const place = byId("filing"), live = byId("live");
const STEP = /^#buoc-([1-6])$/, FILING = /^#ma=([\w-]+)&khoa=([\w-]+)$/;
const STEPS = 6;

/** @type {any[]} */
let services = [];
let draft = readDraft();
/** @type {{kind: string, title: string, file: File}[]} */
let chosen = [];
/** @type {{step: number, made: any}|null} */
let shown = null;
let unsaved = false;
const save = () => keepDraft(draft);

/** A step of the form, made anew: what it asks may follow from those before it. */
function make(step) {
  const service = services.find((one) => one.workflow === draft.workflow);
  return [
    () => makeService(services, draft, save), () => makeLot(draft, save, live), () => makeDetails(service, draft, save), () => makePerson(draft, save),
    () => makePapers(service, draft, chosen, save, live), () => makeReview(service, draft, chosen, { go, sent: (filing) => whenSent(filing, service) }),
  ][step]();
}

/** The first step before this one that lacks something: nobody gets past it by an address. */
function reachable(step) {
  if (step > 0 && !services.some((one) => one.workflow === draft.workflow)) return 0;
  if (step > 1 && !draft.lot) return 1;
  return step > 3 && !String(draft.person.name ?? "").trim() ? 3 : step;
}

function go(step) {
  const address = `#buoc-${reachable(step) + 1}`;
  if (location.hash === address) show();
  else location.hash = address;
}

function showStep(asked, focus) {
  const step = reachable(asked);
  const made = make(step);
  shown = { step, made };
  const summary = el("p", { class: "told bad", role: "alert", hidden: true });
  const next = made.action ?? el("button", { type: "submit", class: "button wide" }, t("step.next"));
  place.replaceChildren(
    ...(step === 0 ? [el("p", { class: "ways-in" }, el("button", { type: "button", class: "link", onclick: () => { location.hash = "#mo"; } }, t("start.open")))] : []),
    el("p", { class: "step" }, t("step.of", { n: step + 1, all: STEPS })),
    el("progress", { max: STEPS, value: step + 1, "aria-hidden": "true" }),
    el("h1", { id: "heading", tabindex: "-1" }, made.title),
    ...(step === 0 ? [el("p", {}, t("start.lead"))] : []),
    el("form", { class: "form", novalidate: true, oninput: () => { summary.hidden = true; }, onsubmit: (event) => {
      event.preventDefault();
      const wrong = made.check();
      summary.hidden = wrong.length === 0;
      summary.textContent = t("step.faults", { n: wrong.length });
      if (wrong.length) wrong[0].focus();
      else if (step + 1 < STEPS) go(step + 1);
    } }, made.whole, summary,
    el("div", { class: "turns steps" }, next, step > 0 && el("button", { type: "button", class: "button quiet", onclick: () => go(step - 1) }, t("step.back")))),
    el("footer", { class: "keep" }, el("p", { class: "small" }, t("step.kept")), el("button", { type: "button", class: "link", onclick: clear }, t("step.clear"))));
  place.setAttribute("aria-busy", "false");
  if (focus) byId("heading").focus();
  window.scrollTo({ top: 0 });
}

function clear() {
  if (!window.confirm(t("step.clear_sure"))) return;
  forget();
  live.textContent = t("step.cleared");
  go(0);
}

function forget() {
  forgetDraft();
  draft = readDraft();
  draft.workflow = serviceAtFirst(services, undefined);
  chosen = [];
}

/** Sent: nothing typed stays on the device, and the key is shown once. */
function whenSent(filing, service) {
  const papers = chosen;
  forget();
  unsaved = true;
  shown = null;
  history.replaceState(null, "", location.pathname);
  const leave = (then) => () => { unsaved = false; then(); };
  place.replaceChildren(sentView(filing, service.title, papers, {
    open: leave(() => openView(place, live, { code: filing.code, key: filing.key }, restart)),
    done: leave(restart),
  }));
  byId("heading").focus();
  window.scrollTo({ top: 0 });
}

function restart() {
  if (location.hash === "" || location.hash === "#") showStep(0, true);
  else location.hash = "";
}

function show(focus = true) {
  const filing = FILING.exec(location.hash);
  if (filing) {
    // The key leaves the address bar at once: it stays in no history of a shared phone.
    history.replaceState(null, "", `${location.pathname}#mo`);
    shown = null;
    return openView(place, live, { code: filing[1], key: filing[2] }, restart);
  }
  if (location.hash === "#mo") {
    shown = null;
    openView(place, live, null, restart);
    if (focus) byId("heading").focus();
    return undefined;
  }
  const step = Number(STEP.exec(location.hash)?.[1] ?? 1) - 1;
  if (services.length === 0) place.replaceChildren(el("h1", { id: "heading", tabindex: "-1" }, t("page.title")), el("p", { class: "told warn" }, t("start.none")));
  else showStep(step, focus);
  return undefined;
}

async function start() {
  startLargeText();
  try {
    services = (await call("GET", "")).services;
    draft.workflow = serviceAtFirst(services, draft.workflow);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("start.failed", { reason: fault.message })),
      el("div", { class: "turns" }, el("button", { type: "button", class: "button", onclick: start }, t("start.again"))));
    return;
  }
  // In the other language one is where one was; a key never stands in this address.
  const language = /** @type {HTMLAnchorElement} */ (byId("language"));
  language.addEventListener("click", () => { language.hash = STEP.test(location.hash) ? location.hash : ""; });
  window.onhashchange = () => { if (!unsaved) show(); };
  window.onbeforeunload = (event) => { if (unsaved) event.preventDefault(); };
  show(false);
  place.setAttribute("aria-busy", "false");
  document.body.dataset.ready = "true";
}

start();
