import { byId } from "../dom.js";

const line = byId("notice");
let timer = 0;

/**
 * One line at the foot of the page, read out by screen readers.
 * @param {string} text
 * @param {{kind?: "warn"|"good", seconds?: number}} [how]
 */
export function toast(text, { kind = "warn", seconds = 8 } = {}) {
  clearTimeout(timer);
  line.dataset.kind = kind;
  line.textContent = text;
  line.hidden = false;
  timer = window.setTimeout(() => { line.hidden = true; }, seconds * 1000);
}

/** Take it away. */
export function hideToast() {
  clearTimeout(timer);
  line.hidden = true;
}
