import { config } from "../config.js";
import { el } from "../dom.js";
import { t } from "../texts.js";
import { draftColumns } from "./draft-columns.js";
import { field, select } from "./fields.js";
import { howRead } from "./how.js";
import { send } from "./send.js";
import { makeSending, takeDropped } from "./sending.js";

/** How the file of a draft is read, where it does not say so itself. @param {any} [asked] what was said before */
export function draftReading(asked = {}) {
  const known = config.grids.map((grid) => [`EPSG:${grid.srid}`, grid.title]);
  const grid = field(t("draft_form.grid"), select([["", t("draft_form.grid_told")], ...known], asked.crs ?? ""), t("draft_form.grid_hint"));
  const encoding = howRead({ encoding: asked.encoding }).fields[1];
  const out = field(t("draft_form.leave_out"), el("input", { type: "text", value: (asked.leave_out ?? []).join("; "), autocomplete: "off" }), t("draft_form.leave_out_hint"));
  return {
    fields: [grid.whole, encoding, out.whole],
    /** What was said, as the server takes it; `whole`: what is left empty is taken back. */
    said({ whole = false } = {}) {
      const told = {
        crs: grid.input.value || null,
        encoding: encoding.querySelector("select").value || null,
        leave_out: out.input.value.split(";").map((name) => name.trim()).filter(Boolean),
      };
      return whole ? told : Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null && value.length));
    },
  };
}

/** The form that takes a draft in: a file dragged or chosen, and what it is called. */
export function draftForm() {
  const file = field(t("draft_form.file"), el("input", { type: "file", name: "file", required: true }), t("draft_form.file_hint"));
  const name = field(t("draft_form.name"), el("input", { type: "text", name: "name", maxlength: 200, autocomplete: "off" }), t("draft_form.name_hint"));
  const reading = draftReading();
  const sending = makeSending(t("draft_form.submit"));
  const drop = el("div", { class: "drop" }, el("p", { class: "quiet" }, t("draft_form.drop")), file.whole);
  const form = el("form", { class: "panel form", novalidate: true, "aria-labelledby": "new-title" },
    drop, draftColumns(), name.whole,
    el("details", {}, el("summary", {}, t("draft_form.rarely")), el("div", { class: "fields" }, ...reading.fields)),
    ...sending.parts);

  takeDropped(drop, file.input, chosen);
  file.input.addEventListener("change", chosen);

  /** A draft is called like its file until somebody calls it otherwise. */
  function chosen() {
    file.blame(null);
    const [one] = file.input.files;
    if (one && !name.input.value.trim()) name.input.value = one.name.replace(/\.[^.]*$/, "").slice(0, 200);
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const [given] = file.input.files;
    file.blame(!given ? t("draft_form.file_missing") : given.size === 0 ? t("sending.empty", { name: given.name }) : null);
    name.blame(name.input.value.trim() ? null : t("draft_form.name_missing"));
    const wrong = form.querySelector("[aria-invalid]");
    if (wrong) return wrong.focus();
    await sending.send(file.input.files[0], async (id) => {
      const made = await send("POST", "/api/planning/drafts", { upload: id, name: name.input.value.trim(), ...reading.said() });
      location.assign(`/staff/drafts/${made.id}`);
    });
  });

  return form;
}
