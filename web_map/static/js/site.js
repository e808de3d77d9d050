import { sourceBadges } from "./answer.js";
import { verdictBanner } from "./building.js";
import { el } from "./dom.js";
import { area, date, number, share } from "./format.js";
import { hitCard } from "./hit.js";
import { receiptSection } from "./receipt.js";
import { knowLines, sameLine } from "./remark.js";
import { t } from "./texts.js";

/**
 * Several parcels answered as one site: sums first, then each zone over all of it, then parcel by parcel.
 * @param {any} answer as the look-up gives it
 * @param {(parcel: any) => void} choose
 * @param {(parcels: any[]) => void} point lights up the parcel under the pointer, else all of them
 * @returns {Node[]}
 */
export function siteFor(answer, choose, point) {
  knowLines(answer);
  const zones = overTheSite(answer);
  return [
    verdictBanner(answer.verdict),
    ...sourceBadges(answer.sources),
    ...answer.notices.map((notice) => el("p", { class: "told" }, notice)),
    sums(answer),
    el("section", { class: "bucket" },
      el("h3", { class: "plain" }, t("site.parcels")), parcelList(answer, choose, point)),
    el("section", { class: "bucket", "data-bucket": "affected", "data-empty": String(zones.length === 0) },
      el("h3", {}, t("bucket.affected"), " ", el("span", { class: "count" }, `(${number(zones.length)})`)),
      ...(zones.length === 0 ? [el("p", {}, t("bucket.affected_none"))]
        : zones.map((zone) => hitCard(zone, answer.rules, "site.share")))),
    receiptSection(answer),
    el("p", { class: "disclaimer" }, `${t("answer.as_of", { date: date(answer.as_of) })}. ${answer.disclaimer}`),
  ].filter((part) => part !== null);
}

/** A zone that lies on three of the parcels is one zone. */
function overTheSite({ affected, site }) {
  const zones = new Map();
  for (const hit of affected) {
    const key = `${hit.layer}/${hit.feature_id}`;
    const known = zones.get(key);
    if (known) known.area_m2 += hit.area_m2;
    else {
      zones.set(key, { ...hit });
      sameLine(zones.get(key), hit);
    }
    zones.get(key).governs ||= hit.governs;
  }
  const all = [...zones.values()].sort((one, other) => other.area_m2 - one.area_m2);
  for (const zone of all) zone.share = Math.min(1, zone.area_m2 / site.computed_area_m2);
  return all;
}

function sums({ parcels, site, ground }) {
  const measure = (value) => (value === null || value === undefined ? null : `${area(value)} m²`);
  const rows = [
    [t("site.count"), number(parcels.length)],
    [t("answer.legal_area"), measure(site.legal_area_m2)],
    [t("answer.computed_area"), measure(site.computed_area_m2)],
    [t("site.drawn"), measure(ground?.area_m2)],
  ].filter(([, value]) => value);
  return el("dl", { class: "facts" }, ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

function parcelList({ parcels, ground, building }, choose, point) {
  const within = new Map((ground?.parcels ?? []).map((part) => [part.parcel_id, part]));
  const tierOf = new Map((building ?? []).map((entry) => [entry.parcel_id, entry.verdict?.tier]));
  const line = (parcel) => {
    const part = within.get(parcel.id);
    const tier = tierOf.get(parcel.id);
    const sizes = [
      t("choose.area", { area: area(parcel.computed_area_m2) }),
      part && t("site.within", { area: area(part.area_m2), share: share(part.share_of_parcel) }),
    ].filter(Boolean).join(" – ");
    return el("li", {}, el("button", {
      type: "button", class: "choice", onclick: () => choose(parcel),
      onpointerenter: () => point([parcel]), onpointerleave: () => point(parcels),
    },
      el("strong", {}, t("answer.parcel", { parcel: parcel.parcel_no, sheet: parcel.sheet_no })),
      el("span", { class: "small" }, [parcel.unit_name ?? parcel.unit_code, sizes].join(" – ")),
      tier && el("span", { class: "small" }, t("site.verdict", { verdict: t(`verdict.${tier}`).toLowerCase() }))));
  };
  return el("ul", { class: "choices" }, ...parcels.map(line));
}
