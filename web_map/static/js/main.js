import { keepQuestionIn, readQuestion } from "./address.js";
import { ask, Refusal } from "./ask.js";
import { watchClicks } from "./clicks.js";
import { config, inWords } from "./config.js";
import { byId, isPhone } from "./dom.js";
import { makeHighlight } from "./highlight.js";
import { makeInquiry } from "./inquiry.js";
import { makeLayers } from "./layers.js";
import { hasView, showBox, startMap } from "./map.js";
import { notify, watchNetwork } from "./notice.js";
import { showWelcome, whenClosed } from "./panel.js";
import { startPrinting } from "./print.js";
import { startSearch } from "./search.js";
import { startSheet } from "./sheet.js";
import { startSignIn } from "./sign-in.js";
import { t } from "./texts.js";

async function start() {
  keepQuestionIn(/** @type {HTMLAnchorElement} */ (byId("language")));
  startSignIn();
  startSheet();
  startLayersPanel();
  showWelcome();
  watchNetwork();
  const view = hasView();
  const [map, legend] = await Promise.all([startMap().catch(mapFailed), readLegend()]);
  const highlight = map && makeHighlight(map);
  const layers = makeLayers(map, legend);
  const inquiry = makeInquiry({ map, highlight, legend, layerSwitch: layers.layerSwitch });
  whenClosed(inquiry.stop);
  const forget = () => {
    inquiry.stop();
    showWelcome();
  };
  startSearch((result) => choose(result, map, inquiry), forget);
  startPrinting(map);
  if (map) watchClicks(map, legend, (question) => inquiry.look(question));
  const lookAgain = (move) => {
    const question = readQuestion();
    if (question) inquiry.look(question, { move, again: true });
    return question !== null;
  };
  window.addEventListener("popstate", () => {
    if (!lookAgain(!hasView())) forget();
    layers.follow();
  });
  lookAgain(!view);
  document.body.dataset.ready = "true";
}

/** What a search result asks: a parcel for its planning, anything else for itself. */
function choose(result, map, inquiry) {
  const how = { move: true, focus: true };
  if (result.layer === null) {
    if (map) showBox(map, [result.lon, result.lat, result.lon, result.lat], 18);
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
    notify(t("layers.failed", { reason: fault.message }), { retry: () => location.reload() });
    return [];
  }
}

function mapFailed(fault) {
  console.warn(fault);
  notify(t("map.failed"), { retry: () => location.reload() });
  return null;
}

start();
