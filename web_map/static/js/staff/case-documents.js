import { Refusal } from "../ask.js";
import { el } from "../dom.js";
import { moment, number } from "../format.js";
import { t } from "../texts.js";
import { field, select } from "./fields.js";
import { size } from "./lines.js";
import { request } from "./send.js";
import { who } from "./who.js";

/** The documents of a case: those that belong to its dossier as a checklist, then the others, and a form for one more. */
export function documents(one, tools) {
  const hidden = one.hidden.includes("documents"), open = !one.closed_at;
  const needed = one.document_kinds.filter((kind) => kind.needed || one.moves.next?.needs.documents.includes(kind.name));
  const inside = hidden ? [el("p", { class: "quiet" }, t("case.hidden", { unit: one.unit_name }))]
    : [needed.length > 0 && checklist(one, needed, open, tools), others(one, needed), open && form(one, needed, tools)];
  return el("section", { class: "panel", id: "documents", "aria-labelledby": "documents-title" },
    el("h2", { id: "documents-title", tabindex: "-1" }, t("document.title")), ...inside);
}

const of = (one, kind) => one.documents.filter((each) => each.kind === kind.name);

/** What has to be there: held or missing, and what is missing can be added on its own line. */
function checklist(one, needed, open, tools) {
  const lacking = needed.filter((kind) => of(one, kind).length === 0);
  return el("div", { class: "dossier" },
    el("p", { class: `told ${lacking.length ? "warn" : "good"}` }, lacking.length
      ? t("document.lacking", { n: number(lacking.length), all: number(needed.length) }) : t("document.whole")),
    el("ul", { class: "checklist" }, ...needed.map((kind) => {
      const held = of(one, kind), told = el("p", { class: "fault", role: "alert", hidden: true });
      return el("li", { "data-held": String(held.length > 0) },
        el("p", { class: "check-name" }, el("strong", {}, kind.title), " ", el("span", { class: `chip ${held.length ? "good" : "warn"}` }, t(held.length ? "document.held" : "document.missing"))),
        open && chooser(kind, held.length > 0, told, tools),
        held.length > 0 && el("ul", { class: "documents" }, ...held.map((each) => line(one, each, each.name))), told);
    })));
}

/** Choosing the file is all there is to do. */
function chooser(kind, more, told, tools) {
  const input = el("input", { type: "file", class: "unseen", onchange: async (event) => {
    const chosen = event.currentTarget.files?.[0];
    if (!chosen) return;
    told.hidden = true;
    words.textContent = t("document.sending");
    try {
      await add(kind.name, chosen, tools);
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      told.textContent = fault.message;
      told.hidden = false;
      words.textContent = t(more ? "document.one_more" : "document.choose");
      input.value = "";
    }
  } });
  const words = el("span", {}, t(more ? "document.one_more" : "document.choose"));
  return el("label", { class: "button quiet file-button" }, input, words, el("span", { class: "unseen" }, `: ${kind.title}`));
}

function others(one, needed) {
  const rest = one.documents.filter((each) => !needed.some((kind) => kind.name === each.kind));
  if (rest.length === 0) return needed.length ? null : el("p", { class: "quiet" }, t("document.none"));
  return el("ul", { class: "documents" }, ...rest.map((each) => line(one, each)));
}

const line = (one, each, words = each.kind_title) => el("li", {},
  el("a", { class: "link", href: `/api/cases/${one.code}/documents/${each.id}`, download: true }, words),
  el("p", { class: "small" }, t(words === each.name ? "document.added" : "document.about", { name: each.name, size: size(each.size_bytes), moment: moment(each.added_at), by: who(each.added_by) })));

function form(one, needed, tools) {
  const kind = field(t("document.kind"), select(one.document_kinds.map((each) => [each.name, each.title])), t("document.kind_hint"));
  const file = field(t("document.file"), el("input", { type: "file", name: "file" }), t("document.file_hint"));
  const button = el("button", { type: "submit", class: "button quiet" }, t("document.add"));
  const whole = el("form", { class: "form", "aria-label": t("document.add"), onsubmit: async (event) => {
    event.preventDefault();
    const chosen = /** @type {HTMLInputElement} */ (file.input).files?.[0];
    file.blame(chosen ? null : t("document.file_missing"));
    if (!chosen) return;
    button.setAttribute("disabled", "");
    try {
      await add(kind.input.value, chosen, tools);
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      file.blame(fault.message);
      button.removeAttribute("disabled");
    }
  } }, kind.whole, file.whole, el("div", { class: "turns" }, button));
  return needed.length ? el("details", {}, el("summary", {}, t("document.other")), whole) : whole;
}

async function add(kind, chosen, tools) {
  const asked = new URLSearchParams({ kind, name: chosen.name });
  await request("POST", `${tools.address}/documents?${asked}`, chosen, { headers: { "Content-Type": "application/octet-stream" } });
  await tools.look("documents-title");
}
