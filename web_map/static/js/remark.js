import { ask, asJson } from "./ask.js";
import { inWords } from "./config.js";
import { el } from "./dom.js";
import { t } from "./texts.js";

/** Where each line of an answer stands in the kept document: a remark is bound to that place. */
const places = new WeakMap();
const LISTS = ["affected", "not_affected", "no_data", "slivers", "path", "parcels", "sources", "rules"];
let count = 0;

/** From now on the lines of this answer can be objected to. @param {any} answer */
export function knowLines(answer) {
  if (!answer.receipt) return;
  if (answer.verdict) places.set(answer.verdict, { answer: answer.receipt.id, place: "/verdict" });
  const know = (line, place) => line && places.set(line, { answer: answer.receipt.id, place });
  for (const list of LISTS) (answer[list] ?? []).forEach((line, index) => know(line, `/${list}/${index}`));
  (answer.building ?? []).forEach((entry, index) => {
    know(entry.verdict, `/building/${index}/verdict`);
    entry.lines.forEach((line, n) => know(line, `/building/${index}/lines/${n}`));
  });
}

/** A line that stands for another one: a zone on three parcels is shown once. @param {any} shown @param {any} line */
export function sameLine(shown, line) {
  if (places.has(line)) places.set(shown, places.get(line));
}

/**
 * The button of a line that says it is wrong; nothing where the answer is not kept. The form opens within the nearest
 * `data-line`.
 * @param {any} line of an answer, as it came
 * @param {string} title what the line is called
 * @param {string} [member] the part of the line that is meant
 */
export function flag(line, title, member) {
  const known = places.get(line);
  if (!known) return null;
  const about = { ...known, place: member ? `${known.place}/${member}` : known.place, title };
  const button = el("button", {
    type: "button", class: "flag", "aria-expanded": "false", "aria-label": t("remark.line", { line: title }),
    title: t("remark.title"), "data-place": about.place, onclick: () => toggle(button, about),
  });
  return button;
}

const GROUP = ".bucket, .badges, .verdict, details";
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Of the flags of a section one is met by the Tab key; the arrow keys lead to the others. @param {HTMLElement} root */
export function oneStopEach(root) {
  const seen = new Set();
  for (const button of flags(root)) {
    const group = button.closest(GROUP) ?? root;
    button.tabIndex = seen.has(group) ? -1 : 0;
    seen.add(group);
  }
}

/** @param {ParentNode} root @returns {HTMLElement[]} */
const flags = (root) => [...root.querySelectorAll(/** @type {"button"} */ (".flag"))];

document.addEventListener("keydown", (event) => {
  const button = event.target instanceof HTMLElement && event.target.matches(".flag") ? event.target : null;
  if (!button || !(event.key in STEPS)) return;
  event.preventDefault();
  const group = button.closest(GROUP) ?? button.closest("#answer-body");
  const own = flags(group).filter((other) => (other.closest(GROUP) ?? group) === group);
  const next = own[(own.indexOf(button) + STEPS[event.key] + own.length) % own.length];
  button.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

/** The form is closed, and not the answer with it. */
function escape(event, onClose) {
  if (event.key !== "Escape") return;
  event.preventDefault();
  onClose();
}

function toggle(button, about) {
  const host = button.closest("[data-line]");
  const open = host.querySelector(":scope > .remark");
  if (open) return close(button, open);
  const form = remarkForm(about, () => close(button, form));
  host.append(form);
  button.setAttribute("aria-expanded", "true");
  form.querySelector("textarea").focus();
}

function close(button, form) {
  form.remove();
  button.setAttribute("aria-expanded", "false");
  button.focus();
}

/**
 * A few words on one line, or on all of an answer; ends in thanks with the numbers by which it can be asked after.
 * @param {{answer: string, place: string, title: string}} about
 * @param {() => void} onClose
 */
export function remarkForm(about, onClose) {
  const id = `remark-${(count += 1)}`;
  const words = el("textarea", { id, name: "words", required: true, maxlength: "2000", rows: "3", "aria-describedby": `${id}-note` });
  const told = el("p", { class: "told", role: "alert", hidden: true });
  const submit = el("button", { class: "button", type: "submit" }, t("remark.send"));
  const form = el("form", { class: "remark", onsubmit: send, onkeydown: (event) => escape(event, onClose) },
    el("label", { for: id }, t("remark.words_on", { line: about.title })), words,
    el("p", { class: "small", id: `${id}-note` }, t("remark.anonymous")), told,
    el("div", { class: "actions" }, submit,
      el("button", { class: "button quiet", type: "button", onclick: onClose }, t("remark.close"))));
  return form;

  async function send(event) {
    event.preventDefault();
    submit.disabled = true;
    try {
      const { remark } = await ask(`/api/planning/answers/${about.answer}/remarks`, inWords, {
        ...asJson({ words: words.value, place: about.place }), worded: true,
      });
      thank(remark);
    } catch (fault) {
      told.textContent = fault.message;
      told.hidden = false;
      submit.disabled = false;
    }
  }

  function thank(remark) {
    const thanks = el("p", { class: "thanks", tabindex: "-1", role: "status" },
      el("strong", {}, t("remark.thanks")), ` ${t("remark.numbers", { remark, answer: about.answer })}`);
    form.replaceChildren(thanks, el("div", { class: "actions" },
      el("button", { class: "button quiet", type: "button", onclick: onClose }, t("remark.close"))));
    thanks.focus();
  }
}
