import { el } from "./dom.js";
import { notify } from "./notice.js";
import { saveLink } from "./save.js";
import { t } from "./texts.js";

/**
 * What can be done with what is shown.
 * @param {import("maplibre-gl").Map|null} map
 * @param {(() => void)|null} back to the choice that this came from
 */
export function actions(map, back) {
  const button = (text, onclick) => el("button", { type: "button", class: "button quiet", onclick }, text);
  return el("div", { class: "actions" },
    back && button(t("choose.back"), back),
    button(t("answer.copy"), copyLink),
    button(t("answer.print"), () => window.print()),
    map && saveLink(map));
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    notify(t("answer.copied"), { seconds: 3, kind: "quiet" });
  } catch {
    window.prompt(t("answer.copy"), location.href);
  }
}
