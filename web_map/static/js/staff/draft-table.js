import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { el } from "../dom.js";
import { area, number, share } from "../format.js";
import { t } from "../texts.js";
import { amount, parcelName, squareMetres, zoneWords } from "./draft-words.js";
import { field, select, tick } from "./fields.js";
import { send } from "./send.js";

const PAGE = 25;
const WAIT_MS = 300;

/** The parcels of a draft, found, sorted and turned over page by page. */
export function draftTable(state, address, map) {
  const words = field(t("draft_table.search"), el("input", { type: "search", maxlength: 200, autocomplete: "off" }), t("draft_table.search_hint"));
  const changes = state.changes.filter((each) => each.parcels).map((each) => [each.change, `${each.title} (${number(each.parcels)})`]);
  const change = field(t("draft_table.change"), select([["", t("draft_table.any")], ...changes], ""));
  const sort = field(t("draft_table.sort"), select(["number", "area", "share", "road"].map((name) => [name, t(`draft_sort.${name}`)]), "number"));
  const changed = tick(t("draft_table.changed")), houses = tick(t("draft_table.houses"));
  const count = el("p", { role: "status", class: "todo" });
  const body = el("tbody", {});
  const heads = ["parcel", "area", "pieces", "road"].map((name) => el("th", { scope: "col" }, t(`draft_head.${name}`)));
  const table = el("div", { class: "table draft-table", tabindex: "0", role: "group", "aria-label": t("draft_table.title") },
    el("table", {}, el("thead", {}, el("tr", {}, ...heads)), body));
  const back = el("button", { type: "button", class: "button quiet", onclick: () => turn(-PAGE) }, t("draft_table.back"));
  const on = el("button", { type: "button", class: "button quiet", onclick: () => turn(PAGE) }, t("draft_table.on"));
  let offset = 0, timer = 0, asking = 0;

  for (const input of [change.input, sort.input, changed.input, houses.input]) input.addEventListener("change", anew);
  words.input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(anew, WAIT_MS);
  });
  load();

  return el("section", { class: "panel", "aria-labelledby": "table-title" },
    el("h2", { id: "table-title" }, t("draft_table.title")),
    el("div", { class: "fields" }, words.whole, change.whole, sort.whole),
    el("div", { class: "ticks" }, changed.whole, houses.whole),
    count, table, el("div", { class: "turns" }, back, on));

  function anew() {
    offset = 0;
    load();
  }

  function turn(by) {
    offset = Math.max(0, offset + by);
    load();
    table.scrollIntoView({ block: "nearest" });
  }

  async function load() {
    const mine = ++asking;
    const asked = new URLSearchParams({ lang: config.language, limit: String(PAGE), offset: String(offset), sort: sort.input.value });
    if (words.input.value.trim()) asked.set("q", words.input.value.trim());
    if (change.input.value) asked.set("change", change.input.value);
    if (changed.input.checked) asked.set("changed", "true");
    if (houses.input.checked) asked.set("houses", "true");
    try {
      const page = await send("GET", `${address}/parcels?${asked}`);
      if (mine === asking) fill(page);
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      if (mine === asking) count.textContent = t("console.gone_wrong", { reason: fault.message });
    }
  }

  function fill(page) {
    const last = offset + page.parcels.length;
    count.textContent = page.matched === 0 ? t("draft_table.none") : t("draft_table.count", { first: number(offset + 1), last: number(last), of: number(page.matched) });
    body.replaceChildren(...page.parcels.map(row));
    back.toggleAttribute("disabled", offset === 0);
    on.toggleAttribute("disabled", last >= page.matched);
    table.hidden = page.matched === 0;
  }

  function row(parcel) {
    const show = el("button", { type: "button", class: "link", onclick: () => map.showBox(parcel.bbox) }, t("draft_table.on_map"),
      el("span", { class: "unseen" }, ` ${parcelName(parcel)}`));
    return el("tr", {},
      el("th", { scope: "row" }, parcelName(parcel), parcel.address && el("span", { class: "small" }, parcel.address), show),
      el("td", { "data-label": t("draft_head.area") }, el("span", { class: "number" }, squareMetres(parcel.area_m2)), el("span", { class: "small" }, t("draft_table.share", { share: share(parcel.share), of: area(parcel.parcel_m2) }))),
      el("td", {}, el("ul", { class: "plain" }, ...parcel.pieces.map(piece))),
      el("td", { "data-label": t("draft_head.road") }, parcel.road_m2 > 0 ? el("span", {}, squareMetres(parcel.road_m2), el("span", { class: "small" }, t("draft_table.road_new", { area: squareMetres(parcel.road_new_m2) }))) : "–"));
  }
}

function piece(each) {
  const fields = each.fields.map((one) => one.title).join(", ");
  const compared = ["function", "limits", "unknown"].includes(each.change);
  return el("li", { class: "piece", "data-change": each.change },
    el("strong", {}, each.change_title), ` ${amount(each)}`,
    compared && each.in_force && el("span", { class: "small" }, t("draft_table.in_force", { zone: zoneWords(each.in_force) })),
    el("span", { class: "small" }, t("draft_table.draft", { zone: zoneWords(each.draft) })),
    fields && el("span", { class: "small" }, t("draft_table.fields", { fields })));
}
