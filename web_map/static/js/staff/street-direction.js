import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { confirmThat } from "./dialog.js";
import { field } from "./fields.js";
import { ends } from "./street-map.js";

/** From which end the street and each alley is numbered, and the lines of which nobody has said it. */
export function directions(told, map, tools) {
  const own = told.lines.find((one) => one.id === told.street.id);
  return el("section", { class: "panel", "aria-labelledby": "direction-title" },
    el("h2", { id: "direction-title" }, t("street.direction")),
    own && el("div", { class: "told warn" }, el("p", {}, t("street.none_yet")),
      el("button", { type: "button", class: "button", onclick: () => state({ line: own.id, geometry: own.geometry, name: tools.name, whole: true }, map, tools) }, t("street.state"))),
    el("ul", { class: "axes" }, ...told.axes.map((one) => axis(one, map, tools))),
    open(told.lines.filter((one) => one !== own), map, tools));
}

function axis(one, map, tools) {
  const name = one.alley ? t("street.axis_alley", { alley: one.alley }) : t("street.axis_street");
  return el("li", {},
    el("p", {}, el("strong", {}, name), " ", el("span", { class: "small" },
      `${one.basis === "decided" ? t("street.decided", { document: one.document ?? "" }) : t("street.assumed")} · ${t("street.length", { length: number(Math.round(one.length_m)) })}`)),
    el("div", { class: "turns" },
      el("button", { type: "button", class: "button quiet", onclick: () => map.mark(one.geometry) }, t("street.line_show")),
      el("button", { type: "button", class: "button quiet", onclick: () => state({ line: one.line, geometry: one.geometry, name: one.alley ? name : tools.name, alley: one.alley, whole: !one.alley }, map, tools) }, t("street.state_again"))));
}

function open(lines, map, tools) {
  if (lines.length === 0) return null;
  return el("details", {}, el("summary", {}, t("street.lines", { n: number(lines.length) })),
    el("ul", { class: "axes" }, ...lines.map((one) => el("li", {},
      el("p", {}, one.name ?? t("street.line_unnamed")),
      el("div", { class: "turns" },
        el("button", { type: "button", class: "button quiet", onclick: () => map.mark(one.geometry) }, t("street.line_show")),
        one.kind === "hem" && el("button", { type: "button", class: "button quiet", onclick: () => state({ line: one.id, geometry: one.geometry, name: one.name ?? t("street.line_unnamed"), alley: "" }, map, tools) }, t("street.state_alley")))))));
}

/** Ask for the start; the ends A and B are shown on the map behind the question first. */
async function state(one, map, tools) {
  await map.mark(one.geometry);
  const tips = ends(one.geometry), fixed = one.alley !== undefined && one.alley !== null && one.alley !== "";
  const choices = [...(one.whole ? [["rule", t("street.start_rule")]] : []), ...tips.map((tip, at) => [String(at), t("street.start_end", { side: t(`side.${side(tip, tips[1 - at])}`), end: "AB"[at] })])];
  const radios = choices.map(([value]) => el("input", { type: "radio", name: "start", value }));
  const alley = one.whole ? null : field(t("street.alley_number"), el("input", { type: "text", name: "alley", maxlength: 60, value: one.alley ?? "", readonly: fixed, autocomplete: "off" }), t("street.alley_hint"));
  const document = field(t("street.document"), el("input", { type: "text", name: "document", maxlength: 200, autocomplete: "off" }), t("street.document_hint"));
  confirmThat({
    title: t("street.state_title", { name: one.name }), yes: t("street.state_do"),
    content: [
      el("p", {}, t("street.state_about")),
      el("fieldset", {}, el("legend", {}, t("street.start")), ...radios.map((radio, at) => el("label", { class: "tick" }, radio, el("span", {}, choices[at][1])))),
      alley?.whole, document.whole,
    ],
    act: async () => {
      const chosen = radios.find((radio) => /** @type {HTMLInputElement} */ (radio).checked);
      if (!chosen) return t("street.start_missing");
      const at = /** @type {HTMLInputElement} */ (chosen).value;
      if (alley && !alley.input.value.trim()) return t("street.alley_missing");
      await tools.state({
        line: one.line, start: at === "rule" ? undefined : tips[Number(at)].map((value) => value.toFixed(7)).join(","),
        street: one.whole ? undefined : tools.street, alley: alley?.input.value.trim(), document: document.input.value.trim() || undefined,
      });
      return null;
    },
  });
}

/** On which side of the other end an end lies, by eighths of a turn: n, ne, e… */
function side([lon, lat], [otherLon, otherLat]) {
  const turn = Math.atan2((lon - otherLon) * Math.cos((lat * Math.PI) / 180), lat - otherLat) / (Math.PI / 4);
  return ["n", "ne", "e", "se", "s", "sw", "w", "nw"][(Math.round(turn) + 8) % 8];
}
