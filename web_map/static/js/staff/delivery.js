import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { byId, el } from "../dom.js";
import { t } from "../texts.js";
import { decision } from "./decide.js";
import { difference } from "./difference.js";
import { doubts } from "./doubts.js";
import { facts } from "./facts.js";
import { findings } from "./findings.js";
import { startFrame } from "./frame.js";
import { impact } from "./impact.js";
import { likely } from "./likely.js";
import { headingOf, progressWords, statusChip } from "./lines.js";
import { mapping } from "./mapping.js";
import { outcome } from "./outcome.js";
import { request, send } from "./send.js";
import { stepsOf } from "./steps.js";
import { makeStage } from "./stage.js";

const OFTEN_MS = 1000, SELDOM_MS = 12000;
const address = `/api/deliveries/${config.delivery}`;
const place = byId("delivery"), live = byId("live");
/** @type {{shown: string, steps: ReturnType<typeof stepsOf>|null, status: string}} */
const now = { shown: "", steps: null, status: "" };
let timer = 0;
const stage = makeStage(address);

async function look() {
  clearTimeout(timer);
  let state = null;
  try {
    state = await send("GET", address);
    show(state);
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    if (!now.shown) place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
  }
  timer = window.setTimeout(look, state?.progress ? OFTEN_MS : SELDOM_MS);
}

/** Drawn anew only when something but the progress changed: nobody loses what was typed. */
function show(state) {
  if (state.progress) now.steps?.tell(state.progress);
  const signature = JSON.stringify({ ...state, doubtful: null, progress: state.progress?.stage ?? null });
  if (signature === now.shown) return;
  const before = now.status;
  now.shown = signature;
  now.status = state.status;
  now.steps = stepsOf(state);
  const tools = { address, act, look, stage };
  const sections = [
    el("div", { class: "headline" }, el("h1", { tabindex: "-1", id: "heading" }, headingOf(state)), statusChip(state)),
    now.steps.whole,
    outcome(state, tools),
    likely(state, tools),
    mapping(state, tools),
    findings(state, tools),
    difference(state, tools),
    doubts(state, tools),
    impact(state.impact, state),
    decision(state, tools),
    facts(state),
  ].filter(Boolean);
  place.replaceChildren(...sections);
  place.setAttribute("aria-busy", "false");
  if (before && before !== state.status) {
    live.textContent = t("delivery.became", { status: t(`status.${state.status}`) });
    byId("heading").focus({ preventScroll: true });
  } else if (state.progress) live.textContent = progressWords(state.progress);
}

/** Ask the server to do something with the delivery, then look how it stands. @param {string} what @param {object} body */
async function act(what, body) {
  const answer = await request("POST", `${address}/${what}`, body);
  const told = answer.status === 204 ? null : await answer.json();
  await look();
  return told;
}

look();
startFrame();
