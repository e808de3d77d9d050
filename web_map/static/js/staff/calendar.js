import { Refusal } from "../ask.js";
import { config } from "../config.js";
import { byId, el } from "../dom.js";
import { date } from "../format.js";
import { t } from "../texts.js";
import { isoDay } from "./days.js";
import { confirmThat } from "./dialog.js";
import { field, select, tick } from "./fields.js";
import { startFrame } from "./frame.js";
import { send } from "./send.js";
import { toast } from "./toast.js";

const KINDS = ["off", "makeup", "work"];
const place = byId("calendar"), live = byId("live");
const years = [-1, 0, 1, 2].map((more) => String(config.year + more));
const year = field(t("calendar.year"), select(years.map((one) => [one, one]), String(config.year), { name: "year", onchange: load }));
const lines = el("ul", { class: "case-lines", "aria-label": t("calendar.days") });

async function load() {
  try {
    const { days } = await send("GET", `/api/calendar?year=${year.input.value}`);
    const open = days.filter((one) => !one.confirmed).length;
    live.textContent = t("calendar.n_open", { n: open });
    lines.replaceChildren(...(days.length ? days.map(line) : [el("li", { class: "quiet" }, t("calendar.none"))]));
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    lines.replaceChildren(el("li", { class: "told bad" }, t("console.gone_wrong", { reason: fault.message })));
  } finally {
    place.setAttribute("aria-busy", "false");
  }
}

const weekday = new Intl.DateTimeFormat(config.language, { weekday: "long", timeZone: "UTC" });

function line(one) {
  return el("li", { class: "case-line" },
    el("div", { class: "case-what" },
      el("h2", {}, `${weekday.format(new Date(one.day))}, ${date(one.day)}`),
      el("p", {}, `${t(`calendar.${one.kind}`)}: ${one.name}`),
      one.decision_no && el("p", { class: "quiet" }, t("calendar.by", { document: one.decision_no }))),
    el("div", { class: "case-state" },
      el("span", { class: `chip ${one.confirmed ? "good" : "warn"}` }, t(one.confirmed ? "calendar.confirmed" : "calendar.unconfirmed")),
      el("button", { type: "button", class: "button quiet", onclick: () => correct(one) }, t("calendar.correct"), el("span", { class: "unseen" }, `: ${date(one.day)}`))));
}

/** Say what a day is; due days of open cases follow by themselves. */
function correct(one) {
  const day = field(t("calendar.day"), el("input", { type: "text", name: "day", inputmode: "numeric", maxlength: 10, autocomplete: "off", value: one ? date(one.day) : "", readonly: Boolean(one) }), t("calendar.day_hint"));
  const kind = field(t("calendar.kind"), select(KINDS.map((each) => [each, t(`calendar.${each}`)]), one?.kind ?? "off", { name: "kind" }), t("calendar.kind_hint"));
  const why = field(t("calendar.name"), el("input", { type: "text", name: "name", maxlength: 200, autocomplete: "off", value: one?.name ?? "" }), t("calendar.name_hint"));
  const document = field(t("calendar.document"), el("input", { type: "text", name: "decision_no", maxlength: 100, autocomplete: "off", value: one?.decision_no ?? "" }), t("calendar.document_hint"));
  const confirmed = tick(t("calendar.confirm"), { name: "confirmed", checked: Boolean(one?.confirmed) });
  confirmThat({
    title: t(one ? "calendar.correct" : "calendar.add"), yes: t("calendar.keep"),
    content: [el("p", {}, t("calendar.follows")), day.whole, kind.whole, why.whole, document.whole, confirmed.whole],
    act: async () => {
      const on = isoDay(day.input.value), [name, decision] = [why, document].map((each) => each.input.value.trim());
      day.blame(on ? null : t("calendar.day_missing"));
      why.blame(name ? null : t("calendar.name_missing"));
      document.blame(confirmed.input.checked && !decision ? t("calendar.document_missing") : null);
      if (!on || !name || (confirmed.input.checked && !decision)) return t("move.words_missing");
      await send("PUT", `/api/calendar/${on}`, { kind: kind.input.value, name, decision_no: decision || undefined, confirmed: confirmed.input.checked });
      const asked = on.slice(0, 4);
      if (years.includes(asked)) year.input.value = asked;
      await load();
      toast(t("calendar.kept", { date: date(on) }), { kind: "good" });
      return null;
    },
  });
}

place.replaceChildren(
  el("div", { class: "case-search" }, year.whole, el("button", { type: "button", class: "button", onclick: () => correct(null) }, t("calendar.add"))), lines);
load();
startFrame();
