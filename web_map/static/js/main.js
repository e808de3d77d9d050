import { keepQuestionIn, readQuestion } from "./address.js";
import { ask, Refusal } from "./ask.js";
import { watchClicks } from "./clicks.js";
import { inWords } from "./config.js";
import { byId, isPhone } from "./dom.js";
import { makeGround } from "./ground.js";
import { makeHighlight } from "./highlight.js";
import { makeInquiry } from "./inquiry.js";
import { startLargeText } from "./large.js";
import { makeLayers } from "./layers.js";
import { hasView, showBox, startMap } from "./map.js";
import { notify, watchNetwork } from "./notice.js";
import { startOffline } from "./offline.js";
import { showWelcome, whenClosed } from "./panel.js";
import { startPrinting } from "./print.js";
import { startSearch } from "./search.js";
import { startSheet } from "./sheet.js";
import { startSignIn } from "./sign-in.js";
import { t } from "./texts.js";
import { startViews } from "./views.js";
import { tellWrongDay } from "./wrong-day.js";

/** First what is asked with, then the answer, then the map: it is two thirds of all bytes. */
async function start() {
  keepQuestionIn(/** @type {HTMLAnchorElement} */ (byId("language")));
  startLargeText();
  startSignIn();
  startSheet();
  startLayersPanel();
  showWelcome();
  watchNetwork();
  const view = hasView();
  const ground = makeGround();
  const whenLegend = readLegend();
  const inquiry = makeInquiry(ground, whenLegend);
  whenClosed(inquiry.stop);
  const forget = () => {
    inquiry.stop();
    showWelcome();
  };
  byId("ways-open").addEventListener("click", async () => {
    const { showWays } = await import("./ways/ways.js");
    showWays({ ...ground.parts(), ask: inquiry.lookAtBody });
  });
  /** @type {ReturnType<typeof startViews>|null} */
  let views = null;
  startSearch((result) => choose(result, ground, inquiry), forget);
  const lookAgain = async (move) => {
    const question = readQuestion();
    if (question) await inquiry.look(question, { move, again: true });
    return question !== null;
  };
  window.addEventListener("popstate", async () => {
    ground.later((parts) => parts.follow());
    views?.follow();
    if (!(await lookAgain(!hasView()))) forget();
  });
  document.body.dataset.usable = "true";
  if (!(await lookAgain(!view)) && isPhone()) tellWrongDay();
  const [map, legend] = await Promise.all([startMap(ground.firstBox()).catch(mapFailed), whenLegend]);
  const layers = makeLayers(map, legend);
  ground.settle({ map, highlight: map && makeHighlight(map), ...layers });
  views = startViews({ map, legend, inquiry, layers, ground });
  startPrinting(map);
  if (map) watchClicks(map, legend, (question, how) => inquiry.look(question, how));
  document.body.dataset.ready = "true";
  // Last of all: it fetches what is already here, and nobody waits for it.
  if (map) map.once("idle", startOffline);
  else startOffline();
}

/** What a search result asks: a number, a house or a parcel for its planning, anything else for itself. */
function choose(result, ground, inquiry) {
  const how = { move: true, focus: true };
  if (result.question) return inquiry.look(result.question, how);
  if (result.layer === null) {
    ground.later(({ map }) => map && showBox(map, [result.lon, result.lat, result.lon, result.lat], 18));
    return inquiry.look({ point: [result.lon, result.lat] }, how);
  }
  return inquiry.look({ feature: { layer: result.layer, id: String(result.id) } }, how);
}

function startLayersPanel() {
  const [panel, open, close] = ["layers", "layers-open", "layers-close"].map(byId);
  const show = (shown) => {
    panel.hidden = !shown;
    open.setAttribute("aria-expanded", String(shown));
    open.hidden = shown && !isPhone();
  };
  open.addEventListener("click", () => show(panel.hidden));
  close.addEventListener("click", () => {
    show(false);
    open.focus();
  });
  panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close.click(); });
  show(window.innerWidth >= 1200);
}

async function readLegend() {
  try {
    return (await ask("/map/legend.json", inWords)).layers;
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (navigator.onLine) notify(t("layers.failed", { reason: fault.message }), { retry: () => location.reload() });
    return [];
  }
}

function mapFailed(fault) {
  console.warn(fault);
  if (navigator.onLine) notify(t("map.failed"), { retry: () => location.reload() });
  return null;
}

start();
