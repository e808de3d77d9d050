import { el } from "./dom.js";
import { notify } from "./notice.js";
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

/** The view may have moved by the time it is saved. */
function saveLink(map) {
  const refresh = () => link.setAttribute("href", snapshotAddress(map));
  const link = el("a", { class: "button quiet", download: true, onclick: refresh }, t("map.save"));
  refresh();
  return link;
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    notify(t("answer.copied"), { seconds: 3, kind: "quiet" });
  } catch {
    window.prompt(t("answer.copy"), location.href);
  }
}

/** The view as a map file that works by itself. @param {import("maplibre-gl").Map} map */
function snapshotAddress(map) {
  const bounds = map.getBounds();
  const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const address = new URL("/map/snapshot.html", location.origin);
  address.searchParams.set("bbox", box.map((degrees) => degrees.toFixed(6)).join(","));
  return address.href;
}
