import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { byId, el } from "../dom.js";
import { moment } from "../format.js";
import { t } from "../texts.js";
import { confirmThat } from "./dialog.js";
import { draftCases } from "./draft-cases.js";
import { draftReading } from "./draft-form.js";
import { makeDraftMap } from "./draft-map.js";
import { draftFacts, draftFindings } from "./draft-read.js";
import { draftProgress, stateChip, stepWords } from "./draft-state.js";
import { draftTable } from "./draft-table.js";
import { draftTotals } from "./draft-totals.js";
import { startFrame } from "./frame.js";
import { request, send } from "./send.js";

const OFTEN_MS = 1000, SELDOM_MS = 30000;
const address = `/api/planning/drafts/${config.draft}`;
const asked = `${address}?lang=${config.language}`;
const place = byId("draft"), live = byId("live");
/** @type {{shown: string, state: string, bar: ReturnType<typeof draftProgress>|null}} */
const now = { shown: "", state: "", bar: null };
let timer = 0;

async function look() {
  clearTimeout(timer);
  let state = null;
  try {
    state = await send("GET", asked);
    show(state);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    if (!now.shown || fault.status === 404) {
      place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
      place.setAttribute("aria-busy", "false");
    }
  }
  timer = window.setTimeout(look, isWorked(state) ? OFTEN_MS : SELDOM_MS);
}

const isWorked = (state) => state !== null && ["waiting", "working"].includes(state.state);

/** Drawn anew only when something but the progress changed: nobody loses a search or a place on the map. */
function show(state) {
  if (isWorked(state)) now.bar?.update(state);
  const signature = JSON.stringify({ ...state, step: null, percent: null });
  if (signature === now.shown) return;
  const before = now.state;
  now.shown = signature;
  now.state = state.state;
  now.bar = isWorked(state) ? draftProgress(state) : null;
  const done = state.state === "done";
  const map = done ? makeDraftMap(address) : null;
  place.replaceChildren(...[
    el("div", { class: "headline" }, el("h1", { tabindex: "-1", id: "heading" }, state.name), stateChip(state)),
    el("p", { class: "told warn worthless" }, t("drafts.notice")),
    now.bar?.whole,
    state.reason && refusal(state),
    done && state.stale && stale(),
    done && draftTotals(state, address),
    done && draftFindings(state, address),
    done && el("section", { class: "panel", "aria-labelledby": "map-title" }, el("h2", { id: "map-title" }, t("draft_map.title")), el("p", { class: "quiet" }, t("draft_map.about")), map.whole),
    done && draftTable(state, address, map),
    done && draftCases(state, address),
    !isWorked(state) && readAgain(state),
    draftFacts(state),
    removal(state),
  ].filter(Boolean));
  map?.show(state);
  place.setAttribute("aria-busy", "false");
  if (before && before !== state.state) {
    live.textContent = t(`draft_became.${state.state}`);
    byId("heading").focus({ preventScroll: true });
  } else if (isWorked(state)) live.textContent = stepWords(state);
}

const refusal = (state) => el("section", { class: "told bad" },
  el("p", {}, el("strong", {}, t("draft.refused"))), el("p", {}, state.reason.text),
  state.reason.grid && el("p", {}, config.language === "vi" ? state.reason.grid.text_vi : state.reason.grid.text_en),
  el("p", {}, t("draft.refused_what")));

const stale = () => el("section", { class: "told warn" }, el("p", {}, t("draft.stale")),
  el("div", { class: "turns" }, el("button", { type: "button", class: "button quiet", onclick: () => again({}) }, t("draft.again"))));

async function again(body) {
  await request("POST", `${address}/again`, body);
  await look();
}

function readAgain(state) {
  const reading = draftReading(state.asked);
  const told = el("p", { class: "told bad", role: "alert", hidden: true });
  const form = el("form", { class: "form wide", novalidate: true },
    el("div", { class: "fields" }, ...reading.fields), told,
    el("div", { class: "turns" }, el("button", { type: "submit", class: "button quiet" }, t("draft.read_again"))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.hidden = true;
    try {
      await again(reading.said({ whole: true }));
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      told.textContent = t("console.gone_wrong", { reason: fault.message });
      told.hidden = false;
    }
  });
  return el("details", { class: "panel", open: state.state === "refused" },
    el("summary", {}, t("draft.read_otherwise")), el("p", { class: "quiet" }, t("draft.read_otherwise_about")), form);
}

function removal(state) {
  if (!state.may_remove) return null;
  const words = isWorked(state) ? "draft.cancel" : "draft.remove";
  const sure = () => confirmThat({
    title: t("draft.remove_sure", { name: state.name }),
    content: [el("p", {}, t("draft.remove_will", { file: state.file_name, moment: moment(state.uploaded_at) }))],
    yes: t("draft.remove_yes"), danger: true,
    act: async () => {
      await request("DELETE", address);
      location.assign("/staff/drafts");
    },
  });
  return el("div", { class: "turns" }, el("button", { type: "button", class: "button quiet danger", onclick: sure }, t(words)));
}

look();
startFrame();
