import { ask, asJson, Refusal } from "./ask.js";
import { inWords } from "./config.js";
import { el } from "./dom.js";
import { date, number } from "./format.js";
import { t } from "./texts.js";

/**
 * For officers who sign: the way from a kept answer to the statement of planning information.
 * @param {any} answer as it was kept, with `since`
 * @param {() => void} again opens the answer anew
 */
export function signingSection(answer, again) {
  const { id, statement } = answer.receipt;
  const address = `/api/planning/answers/${id}/statement`;
  const section = el("section", { class: "signing", "aria-labelledby": "signing-title" });
  const title = el("h3", { id: "signing-title", tabindex: "-1" }, t(statement ? "signing.signed" : "signing.title"));
  const told = el("p", { class: "told", role: "alert", hidden: true });
  const say = (text) => { told.textContent = text; told.hidden = false; };
  if (statement) {
    section.append(title, el("p", {}, t("signing.by", { number: statement.number, officer: statement.officer, office: statement.office })),
      el("a", { class: "button", href: `/answers/${id}.pdf`, target: "_blank", rel: "noopener" }, t("signing.pdf")));
    return section;
  }
  const open = el("button", { type: "button", class: "button", onclick: begin }, t("signing.begin"));
  section.append(title, el("p", { class: "small" }, t("signing.about")), told, open);
  return section;

  async function begin() {
    open.setAttribute("disabled", "");
    told.hidden = true;
    try {
      const ready = await ask(address, inWords, { worded: true });
      if (!ready.may_sign) return say(ready.why_not);
      const form = formFor(ready);
      open.replaceWith(form);
      // What a signer should know stands before the fields.
      title.focus();
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      say(fault.message);
    } finally {
      open.removeAttribute("disabled");
    }
  }

  function formFor(ready) {
    const name = text("officer", t("signing.officer"), ready.officer, 60), post = text("post", t("signing.post"), "", 38), office = text("office", t("signing.office"), "", 200);
    const seen = ready.open_remarks > 0 && tick(t("signing.seen", { n: number(ready.open_remarks) }));
    const sure = tick(t("signing.sure"));
    const fields = [name, post, office];
    const submit = el("button", { type: "submit", class: "button" }, t("signing.submit", { number: ready.number }));
    const form = el("form", { novalidate: true, "aria-labelledby": "signing-title", onsubmit: sign },
      el("p", {}, t("signing.number", { number: ready.number })),
      ...changes(answer.since),
      seen && el("div", { class: "told remarked" }, el("p", {}, t("signing.remarks", { n: number(ready.open_remarks) })),
        el("a", { href: `/staff/remarks?answer=${id}` }, t("signing.read")), seen.whole),
      ...fields.map((one) => one.whole), sure.whole,
      el("p", { class: "small" }, t("signing.final")), told,
      el("div", { class: "actions" }, submit, el("button", { type: "button", class: "button quiet", onclick: cancel }, t("signing.cancel"))));
    return form;

    function cancel() {
      told.hidden = true;
      form.replaceWith(told, open);
      open.focus();
    }

    async function sign(event) {
      event.preventDefault();
      const empty = fields.find((one) => !one.input.value.trim());
      const unticked = [seen, sure].find((one) => one && !one.input.checked);
      if (empty || unticked) {
        say(t(empty ? "signing.missing" : "signing.unconfirmed"));
        return (empty ?? unticked).input.focus();
      }
      submit.setAttribute("disabled", "");
      try {
        const officer = `${name.input.value.trim()}, ${post.input.value.trim()}`;
        await ask(address, inWords, {
          ...asJson({ officer, office: office.input.value.trim(), remarks_seen: ready.open_remarks }), worded: true,
        });
        again();
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        say(fault.message);
        submit.removeAttribute("disabled");
      }
    }
  }
}

/** What is otherwise since the answer was made: a signer reads it before anything else. */
function changes(since) {
  const days = { day: date(since.as_of), date: date(since.checked_on) };
  const all = [...since.changes, ...since.today];
  if (all.length === 0) return [el("p", {}, t("kept.unchanged", days))];
  return [el("p", {}, t("kept.changed", { ...days, n: number(all.length) })),
    el("ul", { class: "kept-changes" }, ...all.map((change) => el("li", {}, change.sentence)))];
}

function text(name, label, value, most) {
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "text", name, id: `signing-${name}`, value, maxlength: most, autocomplete: "off", required: true }));
  return { input, whole: el("div", { class: "signing-field" }, el("label", { for: input.id }, label), input) };
}

function tick(words) {
  const input = /** @type {HTMLInputElement} */ (el("input", { type: "checkbox" }));
  return { input, whole: el("label", { class: "signing-tick" }, input, el("span", {}, words)) };
}
