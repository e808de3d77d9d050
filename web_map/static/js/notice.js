import { byId, el } from "./dom.js";
import { t } from "./texts.js";

const line = byId("notice");
let timer = 0;

/**
 * One line over the map, read out by screen readers.
 * @param {string} text
 * @param {{retry?: () => void, words?: string, seconds?: number, kind?: "warning"|"quiet"}} [how] stays until hidden without `seconds`; words: of the button
 */
export function notify(text, { retry, words, seconds, kind = "warning" } = {}) {
  clearTimeout(timer);
  line.dataset.kind = kind;
  line.replaceChildren(el("span", {}, text));
  if (retry) {
    const again = () => {
      hideNotice();
      retry();
    };
    line.append(el("button", { type: "button", class: "link", onclick: again }, words ?? t("map.retry")));
  }
  line.hidden = false;
  if (seconds) timer = window.setTimeout(hideNotice, seconds * 1000);
}

/** Take the line away. */
export function hideNotice() {
  line.hidden = true;
}

/** Tell when the network goes and comes back. */
export function watchNetwork() {
  const offline = () => notify(t("page.offline"));
  window.addEventListener("offline", offline);
  window.addEventListener("online", () => notify(t("page.online"), { seconds: 4, kind: "quiet" }));
  // Who comes without a network is told once; what is shown says the rest.
  if (!navigator.onLine) notify(t("page.offline"), { seconds: 8 });
}
