import { el } from "../dom.js";
import { t } from "../texts.js";

/** Buttons under a way to ask: do it, what else there is, and go back. */
export function buttons(submit, back, ...more) {
  return el("div", { class: "actions ways-actions" }, submit, ...more,
    el("button", { type: "button", class: "button quiet", onclick: back }, t("ways.back")));
}

/** A field with its name above and help below. */
export function field(id, name, input, help = null) {
  if (help) input.setAttribute("aria-describedby", `${id}-help`);
  input.id = id;
  return el("div", { class: "ways-field" }, el("label", { for: id }, name), input,
    help && el("p", { id: `${id}-help`, class: "small" }, help));
}
