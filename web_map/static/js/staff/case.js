import { Refusal } from "../ask.js";
import { config, inWords } from "../config.js";
import { byId, el } from "../dom.js";
import { t } from "../texts.js";
import { applicant } from "./case-applicant.js";
import { clocks } from "./case-clocks.js";
import { documents } from "./case-documents.js";
import { facts } from "./case-facts.js";
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
  async act(what, body) {
    await show(await send("POST", `${address}/${what}?lang=${inWords.lang}`, body));
  },
  look,
};

async function look() {
  try {
    await show(await send("GET", `${address}?lang=${inWords.lang}`));
  } catch (fault) {
    if (!(fault instanceof Refusal)) throw fault;
    if (fault.status === 401) location.reload();
    place.replaceChildren(el("p", { class: "told bad", role: "alert" }, t("console.gone_wrong", { reason: fault.message })));
  }
}

async function show(told) {
  const one = { ...told, unit_name: unitName(await units, told.unit_code) };
  const before = place.dataset.state, map = caseMap(one);
  place.dataset.state = one.state.name;
  place.replaceChildren(...[
    el("div", { class: "headline" },
      el("div", {},
        el("h1", { id: "heading", tabindex: "-1" }, one.place),
        el("p", { class: "quiet" }, t("case.head", { code: one.code, kind: one.workflow.title, unit: one.unit_name }))),
      el("p", { class: "case-chips" },
        el("span", { class: `chip ${one.state.ends ? "" : "good"}` }, one.state.title),
        one.closed_at ? null : dueChip(one.due_on, today()), receipt(one))),
    subject(one), moves(one, tools),
    el("div", { class: "case-columns" },
      el("div", {}, ...[map?.whole, proposal(one, map), documents(one, tools)].filter(Boolean)),
      el("div", {}, clocks(one), applicant(one, tools), facts(one, tools), journal(one, tools)))].filter(Boolean));
  place.setAttribute("aria-busy", "false");
  if (before && before !== one.state.name) {
    live.textContent = t("case.became", { state: one.state.title });
    whenClosed(() => {
      byId("heading").focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    });
  }
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

const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());

look();
startFrame();
