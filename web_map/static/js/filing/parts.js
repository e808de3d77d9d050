import { el } from "../dom.js";
import { number } from "../format.js";
import { field } from "../staff/fields.js";

export const MB = 2 ** 20;

/** Bytes as people say them. @param {number} bytes */
export const size = (bytes) => (bytes >= MB ? `${number(Math.round((bytes / MB) * 10) / 10)} MB` : `${number(Math.max(1, Math.round(bytes / 1024)))} kB`);

/**
 * A line of text that is kept as it is typed.
 * @param {string} label @param {Record<string, string|boolean>} held @param {string} name
 * @param {{hint?: string|null, attributes?: Record<string, unknown>, tag?: string, save: () => void}} how
 */
export function typed(label, held, name, { hint = null, attributes = {}, tag = "input", save }) {
  const input = /** @type {HTMLInputElement} */ (el(tag, { ...(tag === "input" ? { type: "text" } : {}), name, autocomplete: "off", ...attributes }));
  input.value = String(held[name] ?? "");
  const made = field(label, input, hint);
  input.addEventListener("input", () => {
    held[name] = input.value;
    made.blame(null);
    save();
  });
  return made;
}

/**
 * One of several, as large choices.
 * @param {string} legend @param {string} name
 * @param {{value: string, title: string, text?: string|null}[]} choices
 * @param {string|undefined} chosen @param {(value: string) => void} choose
 */
export function oneOf(legend, name, choices, chosen, choose) {
  const id = `fault-${name}`;
  const fault = el("p", { class: "fault", id, role: "alert", hidden: true });
  const whole = el("fieldset", { class: "one-of" }, el("legend", {}, legend), fault,
    ...choices.map(({ value, title, text }) => el("label", { class: "choice" },
      el("input", { type: "radio", name, value, checked: value === chosen, "aria-describedby": id, onchange: () => { blame(null); choose(value); } }),
      el("span", {}, el("strong", {}, title), text && el("span", { class: "small" }, text)))));
  function blame(text) {
    fault.textContent = text ?? "";
    fault.hidden = !text;
    for (const input of whole.querySelectorAll("input")) {
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }
  return { whole, blame };
}

/** Facts beside their names; without those that are empty. @param {[string, string|Node|null|undefined|false][]} rows */
export const facts = (rows) => el("dl", { class: "facts" },
  ...rows.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, /** @type {string} */ (value)))));
