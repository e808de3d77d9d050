import { el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { field, select } from "./fields.js";

/**
 * What is applied for: the kind of case, what such a case says of itself, and the papers that belong to it.
 * What was typed or ticked stays when another kind is chosen, for kinds that ask the same.
 * @param {any[]} kinds @param {() => void} changed another kind of case was chosen
 */
export function kindOfCase(kinds, changed) {
  const kind = field(t("case_new.kind"), select(kinds.map((one) => [one.name, one.title]), undefined, { name: "workflow" }), t("case_new.kind_hint"));
  const about = el("p", { class: "small", "aria-live": "polite" });
  const details = el("div", { class: "fields" }), papers = el("div", {});
  /** @type {Record<string, string>} */
  const typed = {};
  const ticked = new Set();
  let fields = [];
  const now = () => kinds.find((one) => one.name === kind.input.value);

  function draw() {
    about.textContent = now().about;
    fields = now().details.map(detail);
    details.replaceChildren(...fields.map((each) => each.whole));
    list();
  }

  function detail(one) {
    const before = typed[one.name];
    const box = one.choices.length
      ? select([...(one.required ? [] : [["", t("case_new.none_of_these")]]), ...one.choices.map((choice) => [choice.name, choice.title])], before, { name: one.name })
      : el("input", { type: "text", name: one.name, autocomplete: "off", maxlength: one.most, value: before });
    box.addEventListener("change", () => {
      typed[one.name] = box.value;
      if (one.name === now().kind) list();
    });
    const hint = [one.hint, !one.required && t("case_new.optional")].filter(Boolean).join(" ") || t(one.choices.length ? "case_new.choose_hint" : "case_new.detail_hint");
    return { one, ...field(one.title, box, hint) };
  }

  /** The papers of a whole dossier, to be ticked off at the counter. */
  function list() {
    const { kind: by, documents, moves } = now();
    const chosen = fields.find((each) => each.one.name === by)?.input.value ?? null;
    const always = new Set(moves.flatMap((move) => move.needs.documents));
    const needed = documents.filter((one) => one.needed_for.includes(chosen) || always.has(one.name));
    const told = el("p", { role: "status" });
    const tell = () => {
      const lacking = needed.filter((one) => !ticked.has(one.name));
      told.className = `told ${lacking.length ? "warn" : "good"}`;
      told.textContent = lacking.length ? t("case_new.papers_lacking", { n: number(lacking.length) }) : t("case_new.papers_whole");
    };
    const line = (one) => {
      const box = el("input", { type: "checkbox", checked: ticked.has(one.name), onchange: (event) => {
        if (event.currentTarget.checked) ticked.add(one.name);
        else ticked.delete(one.name);
        tell();
      } });
      return el("li", {}, el("label", { class: "tick" }, box, el("span", {}, one.title)));
    };
    tell();
    papers.replaceChildren(...(needed.length ? [el("fieldset", { class: "papers" }, el("legend", {}, t("case_new.papers")),
      el("p", { class: "small" }, t("case_new.papers_hint")), el("ul", { class: "plain" }, ...needed.map(line)), told)] : []));
  }

  kind.input.addEventListener("change", () => { draw(); changed(); });
  draw();
  return {
    whole: [kinds.length > 1 && kind.whole, about, details, papers].filter(Boolean),
    now,
    /** What is missing is told beside its field. */
    check() {
      for (const each of fields) each.blame(each.one.required && !each.input.value.trim() ? t("move.words_missing") : null);
    },
    said: () => Object.fromEntries(fields.map((each) => [each.one.name, each.input.value.trim()]).filter(([, words]) => words)),
  };
}
