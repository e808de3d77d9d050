import { el } from "../dom.js";
import { t } from "../texts.js";
import { MB, size } from "./parts.js";

const TAKEN = "image/*,.pdf,.docx,.xlsx,.odt,.tif,.tiff,.heic";

/**
 * Files chosen for each kind of paper. A browser keeps them for as long as the page is there.
 * @param {{name: string, title: string, most_bytes: number, needed: boolean, held?: boolean}[]} kinds
 * @param {{kind: string, title: string, file: File}[]} chosen changed in place
 * @param {() => number} mostFiles how many there may be
 * @param {HTMLElement} live @param {"h2"|"h3"} heading
 */
export function paperChoices(kinds, chosen, mostFiles, live, heading) {
  const whole = el("div", { class: "papers" }, ...kinds.map(row));

  function row(kind) {
    const id = `paper-${kind.name}`;
    const fault = el("p", { class: "fault", role: "alert", hidden: true });
    const list = el("ul", { class: "files" });
    const input = /** @type {HTMLInputElement} */ (el("input", { type: "file", multiple: true, accept: TAKEN, id, name: kind.name, class: "unseen", "aria-label": t("papers.choose_for", { title: kind.title }) }));
    input.addEventListener("change", () => {
      const faults = [];
      for (const file of input.files ?? []) {
        if (file.size === 0) faults.push(t("papers.empty", { name: file.name }));
        else if (file.size > kind.most_bytes) faults.push(t("papers.too_large", { name: file.name, mb: Math.floor(kind.most_bytes / MB) }));
        else if (chosen.length >= mostFiles()) faults.push(t("papers.too_many", { n: mostFiles() }));
        else chosen.push({ kind: kind.name, title: kind.title, file });
      }
      input.value = "";
      fault.textContent = [...new Set(faults)].join(" ");
      fault.hidden = faults.length === 0;
      show();
    });

    function show() {
      const own = chosen.filter((one) => one.kind === kind.name);
      list.replaceChildren(...own.map((one) => el("li", {},
        el("span", {}, t("papers.file", { name: one.file.name, size: size(one.file.size) })),
        el("button", { type: "button", class: "link", "aria-label": t("papers.remove", { name: one.file.name }), onclick: () => {
          chosen.splice(chosen.indexOf(one), 1);
          show();
          input.focus();
        } }, t("papers.remove_short")))));
      live.textContent = own.map((one) => one.file.name).join(", ");
    }

    show();
    return el("section", { class: "panel paper" },
      el(heading, {}, kind.title, " ", kind.held ? el("span", { class: "chip good" }, t("papers.held")) : kind.needed && el("span", { class: "chip warn" }, t("papers.needed"))),
      list, fault, input, el("label", { for: id, class: "button quiet pick" }, t("papers.choose")));
  }

  return whole;
}

/** The step of the form. */
export function makePapers(service, draft, chosen, save, live) {
  const kind = service.kind ? draft.details[service.kind] : null;
  const kinds = service.documents.map((one) => ({ ...one, needed: kind ? one.needed_for.includes(kind) : false }))
    .sort((one, other) => Number(other.needed) - Number(one.needed));
  const most = Math.max(...service.documents.map((one) => one.most_bytes));
  return {
    title: t("papers.title"),
    whole: el("div", { class: "form" }, Boolean(draft.papers) && chosen.length === 0 && el("p", { class: "told warn" }, t("papers.again")), el("p", {}, t("papers.lead", { mb: Math.floor(most / MB) })), paperChoices(kinds, chosen, () => service.most_files, live, "h2")),
    check() {
      draft.papers = chosen.length;
      save();
      return [];
    },
  };
}
