import { byId, el, isPhone } from "./dom.js";
import { setOpen } from "./sheet.js";
import { t } from "./texts.js";

const panel = byId("answer");
const body = byId("answer-body");
/** @type {() => void} */
let onClose = () => {};

/** What happens when a person closes the panel. @param {() => void} handler */
export function whenClosed(handler) {
  onClose = handler;
}

/**
 * Show something in the panel.
 * @param {string} title
 * @param {Node[]} content
 * @param {{focus?: boolean, state?: string, closable?: boolean}} [how] focus: the person asked by keyboard
 */
export function showPanel(title, content, { focus = false, state = "answer", closable = true } = {}) {
  const heading = el("h2", { id: "answer-title", class: "answer-title", tabindex: "-1" }, title);
  const close = el("button", {
    type: "button", class: "icon-button", "data-icon": "close", "aria-label": t("answer.close"), onclick: closePanel,
  });
  body.replaceChildren(el("div", { class: "answer-head" }, heading, closable && close), ...content);
  body.scrollTop = 0;
  panel.dataset.state = state;
  body.setAttribute("aria-busy", String(state === "loading"));
  if (panel.hidden) setOpen(false);
  panel.hidden = false;
  if (focus) heading.focus({ preventScroll: true });
}

/** Close it, as its button does. */
export function closePanel() {
  const within = panel.contains(document.activeElement);
  onClose();
  showWelcome();
  if (within) byId("search-box").focus();
}

/** What is there before anything was asked; on a phone the map has the screen to itself. */
export function showWelcome() {
  if (isPhone()) {
    panel.hidden = true;
    body.replaceChildren();
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

/** Nothing is there: the server's sentence says what was looked for. @param {string} title @param {string} text */
export function showMissing(title, text) {
  showPanel(title, [el("p", { class: "told" }, text)], { state: "missing", focus: true });
}

/** It did not work, and can be tried again. @param {string} text @param {() => void} retry */
export function showFailure(text, retry) {
  const again = el("button", { type: "button", class: "button", onclick: retry }, t("map.retry"));
  showPanel(t("failed.title"), [el("p", { class: "told" }, text), again], { state: "failed", focus: true });
}
