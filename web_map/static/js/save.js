import { dayAsked } from "./day.js";
import { el } from "./dom.js";
import { hideNotice, notify } from "./notice.js";
import { t } from "./texts.js";

/** Why the server makes no file, in words for people. */
const REASONS = { 400: "map.save_large", 503: "map.save_busy" };

/**
 * A link that saves the view as a file while the page stays; a refusal is told here and not by the browser.
 * @param {import("maplibre-gl").Map} map
 */
export function saveLink(map) {
  const link = el("a", { class: "button quiet", download: true, href: snapshotAddress(map), onclick: save }, t("map.save"));
  return link;

  /** @param {MouseEvent} event */
  async function save(event) {
    event.preventDefault();
    if (link.getAttribute("aria-disabled") === "true") return;
    if (dayAsked()) return notify(t("day.save_today"), { seconds: 8 });
    link.setAttribute("aria-disabled", "true");
    notify(t("map.saving"), { kind: "quiet" });
    try {
      // The view may have moved since the link was made.
      const response = await fetch(snapshotAddress(map));
      if (!response.ok) throw new Error(REASONS[response.status] ?? "failed.server");
      const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
      const address = URL.createObjectURL(await response.blob());
      el("a", { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      hideNotice();
    } catch (fault) {
      const known = fault instanceof Error && !(fault instanceof TypeError);
      notify(t(known ? fault.message : "failed.offline"), { seconds: 8 });
    } finally {
      link.removeAttribute("aria-disabled");
    }
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
