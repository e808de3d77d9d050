import { byId } from "./dom.js";

const NAME = "gis_text";
const YEAR_S = 365 * 24 * 3600;
const button = byId("large-text");

/** Letters a quarter larger on the whole page, as the person last chose; the browser's own zoom goes on top. */
export function startLargeText() {
  // The server has drawn it so already, unless the page comes out of the cache.
  show(document.cookie.split("; ").includes(`${NAME}=large`));
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    show(on);
    document.cookie = `${NAME}=${on ? "large" : "usual"}; path=/; max-age=${YEAR_S}; samesite=lax`;
  });
}

function show(on) {
  button.setAttribute("aria-pressed", String(on));
  document.documentElement.dataset.text = on ? "large" : "usual";
}
