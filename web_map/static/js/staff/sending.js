import { Refusal } from "../ask.js";
import { byId, el } from "../dom.js";
import { number } from "../format.js";
import { t } from "../texts.js";
import { lasting, size } from "./lines.js";
import { upload } from "./upload.js";

/**
 * A form's way of sending its file: how far it has come, what went wrong, and the button that begins it.
 * @param {string} words on the button
 */
export function makeSending(words) {
  const told = el("p", { class: "told bad", role: "alert", hidden: true });
  const bar = el("progress", { max: 100, value: 0, "aria-label": t("sending.label") });
  const said = el("p", { class: "small" });
  const sending = el("div", { class: "progress", hidden: true }, bar, said);
  const submit = el("button", { type: "submit", class: "button" }, words);
  let quarterSaid = -1;

  function progress({ done, total, rate, waiting }) {
    const percent = Math.floor((done / total) * 100);
    bar.setAttribute("value", String(percent));
    said.textContent = waiting ? t("sending.line_broken") : t("sending.sent", {
      done: size(done), total: size(total), percent: number(percent), left: rate ? lasting((total - done) / rate) : "–",
    });
    const quarter = Math.floor(percent / 25);
    if (waiting || quarter !== quarterSaid) byId("live").textContent = said.textContent;
    quarterSaid = quarter;
  }

  return {
    parts: [told, sending, el("div", { class: "turns" }, submit)],
    /**
     * Send the file, then enter it; what is refused is told, and can be tried again.
     * @param {File} file
     * @param {(upload: string) => Promise<void>} enter
     */
    async send(file, enter) {
      told.hidden = true;
      submit.setAttribute("disabled", "");
      sending.hidden = false;
      try {
        const id = await upload(file, progress);
        said.textContent = t("sending.registering");
        await enter(id);
      } catch (fault) {
        if (!(fault instanceof Refusal)) throw fault;
        told.textContent = t("console.gone_wrong", { reason: fault.message });
        told.hidden = false;
        sending.hidden = true;
        submit.removeAttribute("disabled");
        submit.focus();
      }
    },
  };
}

/** Files may be dropped where they can be chosen. @param {HTMLElement} place @param {HTMLInputElement} input @param {() => void} chosen */
export function takeDropped(place, input, chosen) {
  for (const kind of ["dragover", "dragleave", "drop"]) {
    place.addEventListener(kind, (event) => {
      event.preventDefault();
      place.toggleAttribute("data-over", kind === "dragover");
      if (kind === "drop" && event.dataTransfer?.files.length) {
        input.files = event.dataTransfer.files;
        chosen();
      }
    });
  }
}
