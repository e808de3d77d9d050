import { Refusal } from "../ask.js";
import { el } from "../dom.js";
import { share } from "../format.js";
import { t } from "../texts.js";
import { size } from "./parts.js";
import { sendPaper } from "./sending.js";

/**
 * Chosen papers on their way, one after the other, each with how far it is; what failed is sent again.
 * @param {{code: string, key: string}} filing
 * @param {{kind: string, title: string, file: File}[]} papers
 * @param {(left: number, failed: number) => void} tell how many are still to go, and how many were not taken
 */
export function uploads(filing, papers, tell) {
  const rows = papers.map((paper) => {
    const bar = /** @type {HTMLProgressElement} */ (el("progress", { max: 1, value: 0, "aria-label": paper.file.name }));
    const state = el("span", { class: "small" }, t("upload.waiting"));
    const again = el("button", { type: "button", class: "button quiet", hidden: true, "aria-label": t("upload.again_of", { name: paper.file.name }) }, t("upload.again"));
    const row = { paper, bar, state, again, done: false, failed: false,
      whole: el("li", {}, el("strong", {}, paper.title), el("span", { class: "small" }, t("papers.file", { name: paper.file.name, size: size(paper.file.size) })), bar, state, again) };
    again.addEventListener("click", () => { row.failed = false; again.hidden = true; run(); });
    return row;
  });
  let running = false;

  async function run() {
    if (running) return;
    running = true;
    for (let row; (row = rows.find((one) => !one.done && !one.failed)); ) {
      count();
      await one(row);
    }
    running = false;
    count();
  }

  async function one(row) {
    row.state.textContent = t("upload.going", { share: share(0) });
    try {
      await sendPaper(filing, row.paper.kind, row.paper.file, (part) => {
        row.bar.value = part;
        row.state.textContent = t("upload.going", { share: share(part) });
      });
      row.done = true;
      row.bar.value = 1;
      row.state.textContent = t("upload.done");
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault;
      row.failed = true;
      row.bar.value = 0;
      // A file that is none of the forms will be none the next time either.
      row.again.hidden = [409, 413, 415].includes(fault.status);
      row.state.textContent = t("upload.failed", { reason: fault.message });
    }
  }

  function count() {
    tell(rows.filter((one) => !one.done && !one.failed).length, rows.filter((one) => one.failed).length);
  }

  return { whole: el("ul", { class: "uploads" }, ...rows.map((one) => one.whole)), run };
}
