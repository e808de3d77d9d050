import { Refusal } from "../ask.js";
import { el } from "../dom.js";
import { date, moment } from "../format.js";
import { t } from "../texts.js";
import { field } from "../staff/fields.js";
import { paperChoices } from "./papers.js";
import { facts, size } from "./parts.js";
import { call } from "./sending.js";
import { uploads } from "./uploads.js";

/**
 * A filing for who holds its key. Neither is kept on the device: a reload asks for them again.
 * @param {HTMLElement} place @param {HTMLElement} live @param {{code: string, key: string}|null} known @param {() => void} leave
 */
export function openView(place, live, known, leave) {
  if (known) look(known).catch((fault) => { if (!(fault instanceof Refusal)) throw fault; ask(known, fault.message); });
  else ask({ code: "", key: "" }, null);

  function ask(before, wrong) {
    const box = (name, value, most) => {
      const input = /** @type {HTMLInputElement} */ (el("input", { type: "text", name, maxlength: most, autocomplete: "off", autocapitalize: "characters", spellcheck: "false" }));
      input.value = value;
      return field(t(`open.${name}`), input);
    };
    const code = box("code", before.code, 20), key = box("key", before.key, 40);
    const fault = el("p", { class: "told bad", role: "alert", hidden: !wrong }, wrong);
    place.replaceChildren(
      el("h1", { id: "heading", tabindex: "-1" }, t("open.title")), el("p", {}, t("open.lead")),
      el("form", { class: "form", novalidate: true, onsubmit: async (event) => {
        event.preventDefault();
        code.blame(code.input.value.trim() ? null : t("open.code_missing"));
        key.blame(key.input.value.trim() ? null : t("open.key_missing"));
        const first = /** @type {HTMLElement|null} */ (place.querySelector("[aria-invalid=true]"));
        if (first) return first.focus();
        fault.hidden = true;
        try {
          await look({ code: code.input.value.trim(), key: key.input.value.trim() });
        } catch (refusal) {
          if (!(refusal instanceof Refusal)) throw refusal;
          fault.textContent = refusal.message;
          fault.hidden = false;
        }
        return undefined;
      } }, code.whole, key.whole, fault, el("div", { class: "turns" }, el("button", { type: "submit", class: "button wide" }, t("open.go")))),
      el("p", {}, el("button", { type: "button", class: "link", onclick: leave }, t("start.new"))));
  }

  async function look(filing) {
    const told = await call("GET", `/${encodeURIComponent(filing.code)}`, { key: filing.key });
    show({ ...filing, code: told.code }, told);
  }

  function show(filing, told) {
    const results = told.results.map((one) => [one.title, one.link ? el("a", { class: "link", href: one.link }, one.text) : one.text]);
    place.replaceChildren(...[
      el("h1", { id: "heading", tabindex: "-1" }, t("open.head", { code: told.code })),
      el("p", {}, told.workflow.title), el("p", { class: "small" }, told.place),
      el("section", { class: `panel state ${told.waits_for_you ? "waits" : ""}`, "aria-labelledby": "state-title" },
        el("h2", { id: "state-title" }, t("open.state")), el("p", { class: "now" }, told.state.title),
        told.reason && el("p", { class: told.waits_for_you ? "told warn" : "told" }, el("strong", {}, `${t(told.waits_for_you ? "open.asked" : "open.reason")}: `), told.reason),
        told.told_complete && el("p", { class: "told good" }, t("open.completed"))),
      results.length > 0 && el("section", { class: "panel", "aria-labelledby": "results-title" }, el("h2", { id: "results-title" }, t("open.results")), facts(results)),
      papers(filing, told),
      el("section", { class: "panel", "aria-labelledby": "clocks-title" }, el("h2", { id: "clocks-title" }, t("open.clocks")),
        facts([[t("open.received"), date(told.received_on)], ...told.clocks.map((one) => [one.title, when(one)])])),
      el("div", { class: "turns" },
        el("a", { class: "button quiet", href: new URL(told.tracking).pathname }, t("open.track")),
        el("button", { type: "button", class: "button quiet", onclick: leave }, t("open.close"))),
    ].filter(Boolean));
    live.textContent = told.state.title;
    place.querySelector("h1")?.focus();
  }

  function papers(filing, told) {
    const chosen = [];
    const sending = el("div");
    const fault = el("p", { class: "fault", role: "alert", hidden: true });
    const kinds = told.document_kinds.map((one) => ({ ...one, most_bytes: told.bytes_left }));
    const send = () => {
      fault.hidden = chosen.length > 0;
      fault.textContent = t("open.nothing_chosen");
      if (chosen.length === 0) return;
      adding.hidden = true;
      const going = uploads(filing, chosen, (left, failed) => { if (left === 0 && failed === 0) look(filing); });
      sending.replaceChildren(going.whole);
      going.run();
    };
    const complete = async () => {
      try {
        show(filing, { ...(await call("POST", `/${encodeURIComponent(filing.code)}/complete`, { key: filing.key })), tracking: told.tracking });
      } catch (refusal) {
        if (!(refusal instanceof Refusal)) throw refusal;
        fault.textContent = refusal.message;
        fault.hidden = false;
      }
    };
    const adding = el("div", { class: "form" }, el("h3", {}, t("open.add")), paperChoices(kinds, chosen, () => told.files_left, live, "h3"),
      el("p", { class: "small" }, t("open.room", { n: told.files_left, size: size(told.bytes_left) })),
      el("div", { class: "turns" }, el("button", { type: "button", class: "button wide", onclick: send }, t("open.send"))));
    return el("section", { class: "panel", "aria-labelledby": "papers-title" }, el("h2", { id: "papers-title" }, t("open.papers")),
      told.documents.length ? el("ul", { class: "files" }, ...told.documents.map((one) => el("li", {}, el("span", {}, el("strong", {}, one.kind_title), el("span", { class: "small" }, t("open.paper", { name: one.name, size: size(one.size_bytes), moment: moment(one.added_at) }))))))
        : el("p", { class: "quiet" }, t("open.no_papers")),
      told.may_add ? adding : !told.state.ends && el("p", { class: "small" }, t("open.closed_to_papers")),
      sending, fault,
      told.waits_for_you && !told.told_complete && el("div", { class: "complete" }, el("p", { class: "small" }, t("open.complete_hint")),
        el("button", { type: "button", class: "button wide", onclick: complete }, t("open.complete"))));
  }
}

function when({ due_on: due, stopped_on: stopped, paused, rule }) {
  if (stopped) return t("open.stopped", { date: date(stopped) });
  if (paused) return t("open.paused");
  if (!due) return t("open.no_due");
  return rule?.verified ? t("open.due", { date: date(due) }) : t("open.due_unverified", { date: date(due) });
}
