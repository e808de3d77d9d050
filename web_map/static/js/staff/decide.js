import { el } from "../dom.js";
import { date, number } from "../format.js";
import { t } from "../texts.js";
import { confirmThat } from "./dialog.js";
import { field, tick } from "./fields.js";
import { impactList } from "./impact.js";
import { KINDS, kindName } from "./kinds.js";
import { partName } from "./parts.js";

const DECIDABLE = ["ready", "partly_applied"];

/** Yes to all or some parts, or no with a reason. */
export function decision(state, { act }) {
  if (!DECIDABLE.includes(state.status)) return state.status === "refused" ? refusal(act) : null;
  const applied = new Set(state.applied_parts ?? []);
  const parts = (state.summary.parts ?? []).filter((part) => !applied.has(part.part));
  const boxes = parts.map((part) => ({ part: part.part, box: tick(partName(part, state), { checked: true, value: part.part }) }));
  let waiting = state.doubtful?.waiting ?? 0;
  const note = field(t("decide.note"), el("textarea", { name: "note", maxlength: 2000, rows: 3 }),
    state.warnings ? t("decide.note_needed") : t("decide.note_hint"));
  const edited = state.findings.some((finding) => finding.code === "edited_since");
  const accept = tick("");
  const tellWaiting = () => {
    accept.whole.hidden = waiting === 0;
    accept.whole.querySelector("span").textContent = [t("decide.accept_doubtful", { n: number(waiting) }), edited && t("decide.edits_kept")].filter(Boolean).join(" ");
  };
  document.addEventListener("doubts", (event) => {
    waiting = event.detail;
    tellWaiting();
  });
  tellWaiting();
  const told = el("p", { class: "told bad", role: "alert", hidden: true });
  const blame = (text, where) => {
    told.textContent = text;
    told.hidden = false;
    where.focus();
  };
  const yes = el("button", { type: "button", class: "button", onclick: () => {
    told.hidden = true;
    const chosen = boxes.filter((each) => each.box.input.checked).map((each) => each.part);
    if (boxes.length && !chosen.length) return blame(t("decide.no_part"), boxes[0].box.input);
    if (waiting && !accept.input.checked) return blame(t("decide.doubts_wait"), accept.input);
    if (state.warnings && !note.input.value.trim()) return blame(t("decide.note_missing"), note.input);
    const some = chosen.length < boxes.length;
    return confirmThat({
      title: t("decide.sure"),
      yes: t("decide.yes"),
      content: consequences(state, parts.filter((part) => !some || chosen.includes(part.part)), some),
      act: () => act("approve", { parts: some ? chosen : null, note: note.input.value.trim(), accept_doubtful: accept.input.checked }),
    });
  } }, t("decide.approve"));
  const all = boxes.length > 2 && el("div", { class: "turns" },
    el("button", { type: "button", class: "link", onclick: () => boxes.forEach(({ box }) => { box.input.checked = true; }) }, t("decide.all")),
    el("button", { type: "button", class: "link", onclick: () => boxes.forEach(({ box }) => { box.input.checked = false; }) }, t("decide.nothing")));
  return el("section", { class: "panel decide", "aria-labelledby": "decide-title" },
    el("h2", { id: "decide-title" }, t("decide.title")),
    el("p", { class: "quiet" }, t("decide.about")),
    boxes.length > 1 && el("fieldset", {}, el("legend", { class: "small-legend" }, t("decide.parts")),
      all, el("div", { class: "ticks" }, ...boxes.map(({ box }) => box.whole))),
    accept.whole,
    note.whole, told,
    el("div", { class: "turns" }, yes, state.status === "ready" && rejectButton(act)));
}

/** A delivery that the checks stopped goes back to its sender. */
const refusal = (act) => el("section", { class: "panel decide", "aria-labelledby": "decide-title" },
  el("h2", { id: "decide-title" }, t("decide.back_title")),
  el("p", {}, t("decide.back_about")), el("div", { class: "turns" }, rejectButton(act)));

function rejectButton(act) {
  return el("button", { type: "button", class: "button quiet danger", onclick: () => {
    const reason = field(t("decide.reason"), el("textarea", { name: "reason", maxlength: 2000, rows: 4 }), t("decide.reason_hint"));
    confirmThat({
      title: t("decide.reject_sure"), yes: t("decide.reject_yes"), danger: true,
      content: [el("p", {}, t("decide.reject_means")), reason.whole],
      act: async () => {
        if (!reason.input.value.trim()) return t("decide.reason_missing");
        await act("reject", { note: reason.input.value.trim() });
        return null;
      },
    });
  } }, t("decide.reject"));
}

/** What a yes does, before it is said. */
function consequences(state, parts, some) {
  const counts = some
    ? Object.fromEntries(KINDS.map((kind) => [kind, parts.reduce((sum, part) => sum + (part[kind] ?? 0), 0)]))
    : state.counts;
  const lines = KINDS.filter((kind) => counts[kind]).map((kind) => el("li", {}, t("decide.line", { kind: kindName(kind), n: number(counts[kind]) })));
  const concerned = state.impact.reduce((sum, each) => sum + each.count, 0);
  return [
    el("p", {}, t("decide.will", { date: date(state.source_date) })),
    lines.length ? el("ul", { class: "bullets" }, ...lines) : el("p", {}, t("decide.will_nothing")),
    some && el("p", { class: "told" }, t("decide.some", { n: number(parts.length) })),
    concerned > 0 && el("p", { class: "told warn" }, t("decide.concerns", { n: number(concerned) })),
    ...(concerned > 0 ? impactList(state.impact) : []),
    el("p", { class: "quiet" }, t("decide.kept")),
  ];
}
