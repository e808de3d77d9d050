import { el } from "../dom.js";

let made = 0;

/**
 * A labelled field with a hint and a place for its fault.
 * @param {string} label
 * @param {HTMLElement} input
 * @param {string} [hint]
 */
export function field(label, input, hint) {
  const id = `field-${++made}`;
  input.id ||= id;
  const fault = el("span", { class: "fault", id: `${id}-fault`, role: "alert", hidden: true });
  const told = hint && el("span", { class: "hint", id: `${id}-hint` }, hint);
  input.setAttribute("aria-describedby", [told && `${id}-hint`, `${id}-fault`].filter(Boolean).join(" "));
  const whole = el("div", { class: "field" }, el("label", { for: input.id }, label), told, input, fault);
  return {
    whole, input,
    /** @param {string|null} text null: nothing is wrong */
    blame(text) {
      fault.textContent = text ?? "";
      fault.hidden = !text;
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
  };
}

/** @param {[string, string][]} choices value and words @param {string} [chosen] */
export function select(choices, chosen, attributes = {}) {
  const options = choices.map(([value, words]) => el("option", { value, selected: value === chosen }, words));
  return /** @type {HTMLSelectElement} */ (el("select", attributes, ...options));
}

/** A box to tick, with its words. @param {string} words @param {Record<string, unknown>} [attributes] */
export function tick(words, attributes = {}) {
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox", ...attributes }));
  return { input, whole: el("label", { class: "tick" }, input, el("span", {}, words)) };
}
