import { Refusal } from "../ask.js";
import { el } from "../dom.js";
import { moment } from "../format.js";
import { t } from "../texts.js";
import { field, select } from "./fields.js";
import { size } from "./lines.js";
import { request } from "./send.js";

/** The documents of a case and a form for one more. */
export function documents(one, tools) {
  const hidden = one.hidden.includes("documents");
  return el("section", { class: "panel", id: "documents", "aria-labelledby": "documents-title" },
    el("h2", { id: "documents-title" }, t("document.title")),
    hidden ? el("p", { class: "quiet" }, t("case.hidden", { unit: one.unit_name })) : list(one),
    !hidden && !one.closed_at && form(one, tools));
}

function list(one) {
  if (one.documents.length === 0) return el("p", { class: "quiet" }, t("document.none"));
  return el("ul", { class: "documents" }, ...one.documents.map((each) => el("li", {},
    el("a", { class: "link", href: `/api/cases/${one.code}/documents/${each.id}`, download: true }, each.kind_title),
    el("p", { class: "small" }, t("document.about", { name: each.name, size: size(each.size_bytes), moment: moment(each.added_at), by: each.added_by })))));
}

function form(one, tools) {
  const kind = field(t("document.kind"), select(one.document_kinds.map((each) => [each.name, each.title])));
  const file = field(t("document.file"), el("input", { type: "file", name: "file" }), t("document.file_hint"));
  const button = el("button", { type: "submit", class: "button quiet" }, t("document.add"));
  return el("form", { class: "form", "aria-label": t("document.add"), onsubmit: async (event) => {
    event.preventDefault();
    const chosen = /** @type {HTMLInputElement} */ (file.input).files?.[0];
    file.blame(chosen ? null : t("document.file_missing"));
    if (!chosen) return;
    button.setAttribute("disabled", "");
    try {
      const asked = new URLSearchParams({ kind: kind.input.value, name: chosen.name });
      await request("POST", `${tools.address}/documents?${asked}`, chosen, { headers: { "Content-Type": "application/octet-stream" } });
      await tools.look();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      file.blame(fault.message);
      button.removeAttribute("disabled");
    }
  } }, kind.whole, file.whole, el("div", { class: "turns" }, button));
}
