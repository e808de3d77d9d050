import { el } from "./dom.js";
import { notify } from "./notice.js";
import { t } from "./texts.js";

/**
 * Passes the address on: by what the phone has for it, elsewhere by a copied link. The notice is read out.
 */
export function shareButton() {
  const shares = typeof navigator.share === "function" && matchMedia("(pointer: coarse)").matches;
  return el("button", { type: "button", class: "button quiet", onclick: shares ? share : copyLink },
    t(shares ? "share.share" : "answer.copy"));
}

async function share() {
  try {
    await navigator.share({ title: document.title, url: location.href });
  } catch (fault) {
    // The person thought better of it: nothing to tell.
    if (!(fault instanceof DOMException && fault.name === "AbortError")) await copyLink();
  }
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    notify(t("answer.copied"), { seconds: 5, kind: "quiet" });
  } catch {
    window.prompt(t("answer.copy"), location.href);
  }
}
