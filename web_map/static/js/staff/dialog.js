import { Refusal } from "../ask.js";
import { byId, el } from "../dom.js";
import { t } from "../texts.js";

const dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));

/**
 * A question with what will happen, and a button that makes it so. Escape and the other button leave things as they are;
 * the focus goes back to where it was.
 * @param {{title: string, content: (Node|null|false)[], yes: string, danger?: boolean, act: () => Promise<string|null|void>}} question
 *   act: what to do; a text it answers with says what is still missing
 */
export function confirmThat({ title, content, yes, danger = false, act }) {
  const told = el("p", { class: "told bad", role: "alert", hidden: true });
  const button = el("button", { type: "submit", class: `button ${danger ? "danger" : ""}` }, yes);
  const form = el("form", { method: "dialog", class: "dialog-form" },
    el("h2", { id: "dialog-title", tabindex: "-1" }, title), ...content.filter(Boolean), told,
    el("div", { class: "turns" }, button,
      el("button", { type: "button", class: "button quiet", onclick: () => dialog.close() }, t("console.cancel"))));
  const missing = (text) => {
    told.textContent = text;
    told.hidden = false;
    button.removeAttribute("disabled");
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.setAttribute("disabled", "");
    try {
      const text = await act();
      if (typeof text === "string") missing(text);
      else dialog.close();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      missing(t("console.gone_wrong", { reason: fault.message }));
    }
  });
  dialog.replaceChildren(form);
  dialog.showModal();
  (form.querySelector("textarea, input, select") ?? form.querySelector("h2"))?.focus();
}
