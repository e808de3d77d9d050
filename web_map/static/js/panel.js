import { byId, el, isPhone } from "./dom.js";
import { oneStopEach } from "./remark.js";
import { setOpen } from "./sheet.js";
import { t } from "./texts.js";
import { wrongDayBanner } from "./wrong-day.js";

const panel = byId("answer");
const body = byId("answer-body");
const spoken = byId("answer-said");
/** What is shown here says nothing of any day. */
const BETWEEN = new Set(["loading", "ways"]);
const pageTitle = document.title;
/** @type {() => void} */
let onClose = () => {};
/** @type {(() => void)|null} */
let leaving = null;
/** @type {Element|null} where the person was before the panel had the focus */
let opener = null;

// As with the button; a form or a list within takes the key for itself.
panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || panel.dataset.state === "welcome") return;
  event.preventDefault();
  closePanel();
});

/** What happens when a person closes the panel. @param {() => void} handler */
export function whenClosed(handler) {
  onClose = handler;
}

/** What ends when something else is shown in the panel. @param {() => void} handler */
export function onLeaving(handler) {
  leaving = handler;
}

function leave() {
  const handler = leaving;
  leaving = null;
  handler?.();
}

/**
 * Show something in the panel.
 * @param {string} title
 * @param {Node[]} content
 * @param {{focus?: boolean, state?: string, closable?: boolean, said?: string}} [how] focus: the person asked by
 *   keyboard; said: the one sentence that a screen reader hears of it, beside the heading
 */
export function showPanel(title, content, { focus = false, state = "answer", closable = true, said = "" } = {}) {
  leave();
  rememberOpener();
  const heading = el("h2", { id: "answer-title", class: "answer-title", tabindex: "-1" }, title);
  const close = el("button", {
    type: "button", class: "icon-button", "data-icon": "close", "aria-label": t("answer.close"), onclick: closePanel,
  });
  const wrongDay = BETWEEN.has(state) ? null : wrongDayBanner();
  body.replaceChildren(el("div", { class: "answer-head" }, heading, closable && close), ...[wrongDay, ...content].filter(Boolean));
  document.title = closable ? `${title} – ${pageTitle}` : pageTitle;
  body.scrollTop = 0;
  panel.dataset.state = state;
  body.setAttribute("aria-busy", String(state === "loading"));
  if (panel.hidden) setOpen(false);
  panel.hidden = false;
  oneStopEach(body);
  // The heading is read where it has the focus.
  if (closable) spoken.textContent = (focus ? [said] : [title, said]).filter(Boolean).join(". ");
  if (focus) heading.focus({ preventScroll: true });
}

function rememberOpener() {
  const at = document.activeElement;
  if (panel.contains(at)) return;
  if (at && at !== document.body) opener = at;
  // While an answer is on its way the focus may be nowhere.
  else if (panel.dataset.state !== "loading") opener = null;
}

/** Close it, as its button does. */
export function closePanel() {
  const within = panel.contains(document.activeElement);
  const before = opener;
  opener = null;
  onClose();
  showWelcome();
  spoken.textContent = "";
  if (within) /** @type {HTMLElement} */ (before?.isConnected && before.checkVisibility() ? before : byId("search-box")).focus();
  panel.dispatchEvent(new Event("closed"));
}

/** What is there before anything was asked; on a phone the map has the screen to itself. */
export function showWelcome() {
  if (isPhone()) {
    leave();
    panel.hidden = true;
    body.replaceChildren();
    document.title = pageTitle;
    return;
  }
  const text = el("p", {}, t("welcome.text"));
  showPanel(t("welcome.title"), [text], { state: "welcome", closable: false });
}

/** The shape of an answer while it is on its way. */
export function showLoading() {
  const bars = ["wide", "", "tall", "tall"].map((size) => el("div", { class: `ghost ${size}` }));
  showPanel(t("answer.loading"), [el("div", { class: "ghosts", "aria-hidden": "true" }, ...bars)], {
    state: "loading",
  });
}

/**
 * Nothing is there: the server's sentence says what was looked for.
 * @param {string} title @param {string} text @param {{text: string, open: () => void}|null} [other] what else may help
 */
export function showMissing(title, text, other = null) {
  const way = other && el("button", { type: "button", class: "button", onclick: other.open }, other.text);
  showPanel(title, [el("p", { class: "told" }, text), way].filter(Boolean), { state: "missing", focus: true, said: text });
}

/**
 * It did not work, and can be tried again.
 * @param {string} text @param {() => void} retry
 * @param {{text: string, open: () => void}|null} [other] what can be seen meanwhile
 */
export function showFailure(text, retry, other = null) {
  const button = (words, onclick, quiet) =>
    el("button", { type: "button", class: quiet ? "button quiet" : "button", onclick }, words);
  const ways = el("div", { class: "actions" },
    button(t("map.retry"), retry, false), other && button(other.text, other.open, true));
  showPanel(t("failed.title"), [el("p", { class: "told" }, text), ways], { state: "failed", focus: true, said: text });
}
