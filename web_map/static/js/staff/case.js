import { Refusal } from "../ask.js";
import { config, inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { today } from "../format.js";
import { t } from "../texts.js";
import { building } from "./case-building.js";
import { applicant } from "./case-applicant.js";
import { clocks } from "./case-clocks.js";
import { consultations } from "./case-consultations.js";
import { documents } from "./case-documents.js";
import { facts, resultRow } from "./case-facts.js";
import { journal } from "./case-journal.js";
import { dueChip } from "./case-lines.js";
import { caseMap } from "./case-map.js";
import { moves } from "./case-moves.js";
import { proposal } from "./case-proposal.js";
import { receipt } from "./case-receipt.js";
import { startFrame } from "./frame.js";
import { send } from "./send.js";
import { unitName, units } from "./units.js";

const place = byId("case"), live = byId("live");
const address = `/api/cases/${encodeURIComponent(config.code)}`;

/** What the sections may do: ask the server something of this case, and show it as it is then. */
const tools = {
  address,
  async act(what, body, focus) {
    await show(await send("POST", `${address}/${what}?lang=${inWords.lang}`, body));
    if (focus) whenClosed(() => document.getElementById(focus)?.focus());
  },
  async look(focus) {
    await look();
    if (focus) document.getElementById(focus)?.focus();
  },
};
/** The map and what is drawn on it: made anew only where what it shows may have changed. */
let ground = { of: "", map: null, sections: [] };

async function look() {
  try {
    await show(await send("GET", `${address}?lang=${inWords.lang}`));
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
  }
}

async function show(got) {
  const one = { ...got, unit_name: unitName(await units, got.unit_code) };
  const before = place.dataset.state, of = JSON.stringify([one.state.name, one.subject?.version, one.subject?.there]);
  if (of !== ground.of) {
    const map = caseMap(one);
    ground = { of, map, sections: [map?.whole, building(one, map, tools), proposal(one, map)].filter(Boolean) };
  }
  place.dataset.state = one.state.name;
  place.replaceChildren(...[
    el("div", { class: "headline" },
      el("div", {},
        el("h1", { id: "heading", tabindex: "-1" }, one.place),
        el("p", { class: "quiet" }, t("case.head", { code: one.code, kind: one.workflow.title, unit: one.unit_name }))),
      el("p", { class: "case-chips" },
        el("span", { class: `chip ${one.state.ends ? "" : "good"}` }, one.state.title),
        one.closed_at ? null : dueChip(one.due_on, today()), receipt(one))),
    taken(one), subject(one), alike(one), results(one), moves(one, tools),
    el("div", { class: "case-columns" },
      el("div", {}, ...ground.sections),
      el("div", {}, ...[clocks(one), documents(one, tools), consultations(one, tools), applicant(one, tools), facts(one, tools), journal(one, tools)].filter(Boolean)))].filter(Boolean));
  place.setAttribute("aria-busy", "false");
  if (before && before !== one.state.name) {
    live.textContent = t("case.became", { state: one.state.title });
    whenClosed(() => {
      byId("heading").focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    });
  }
}

/** Just taken in: the slip for the applicant comes first. */
function taken(one) {
  if (!new URLSearchParams(location.search).has("taken") || one.version > 1 || one.hidden.length) return null;
  return el("section", { class: "told good", role: "status" }, el("p", {}, t("case.taken", { code: one.code })),
    el("p", { class: "turns" }, receipt(one, "button"), el("a", { class: "button quiet", href: "/staff/cases/new" }, t("case.next_one"))));
}

/** What came of the case, with the paper that was made. */
function results(one) {
  if (!one.closed_at || one.results.length === 0) return null;
  return el("section", { class: "panel", "aria-labelledby": "results-title" }, el("h2", { id: "results-title" }, t("fact.results")),
    el("dl", { class: "facts" }, ...one.results.map(resultRow).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))));
}

/** While a question is open nothing behind it takes the focus. */
function whenClosed(act) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));
  if (dialog.open) dialog.addEventListener("close", act, { once: true });
  else act();
}

/** The ground changed under the case: said first, and where to look. */
function subject(one) {
  if (!one.subject?.changed || one.closed_at) return null;
  const link = (id) => el("a", { class: "link", href: `/ogc/collections/${one.subject.layer}/items/${id}?f=html` }, t("subject.open", { id }));
  return el("section", { class: "told warn", "aria-label": t("subject.title") },
    el("p", {}, t(one.subject.there ? "subject.changed" : "subject.gone")),
    el("p", {}, ...(one.subject.there ? [link(one.subject.id)] : one.subject.became.map(link))));
}

/** Other open cases of the kind on the same ground: the officer decides what that means. */
function alike(one) {
  if (!one.alike.length) return null;
  return el("section", { class: "told warn", "aria-label": t("alike.title") }, el("p", {}, t("alike.text")),
    el("p", {}, ...one.alike.map((each) => el("a", { class: "link", href: `/staff/cases/${each.code}` }, t("alike.one", { code: each.code, state: each.state })))));
}

look();
startFrame();
