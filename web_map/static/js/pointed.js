import { byId, isPhone, isStill } from "./dom.js";
import { setOpen } from "./sheet.js";

/** The answer that the address pointed into; other answers of the same visit are not meant. @type {string|null} */
let meant = null;

/**
 * Bring the line of a kept answer into view that the address names (`#line=/affected/0`), as a link from a remark does.
 * @param {string} answer id
 */
export function pointOut(answer) {
  const place = new URLSearchParams(location.hash.slice(1)).get("line");
  if (!place || (meant ?? answer) !== answer) return;
  meant = answer;
  const line = lineAt(place)?.closest("[data-line]");
  if (!line) return;
  for (let at = line.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  if (isPhone()) setOpen(true);
  line.classList.add("pointed");
  line.tabIndex = -1;
  line.focus({ preventScroll: true });
  line.scrollIntoView({ block: "center", behavior: isStill() ? "auto" : "smooth" });
}

/** The flag of the line, or of the nearest one that holds it. */
function lineAt(place) {
  const flags = [...byId("answer-body").querySelectorAll(".flag")];
  const holds = flags.filter((flag) => place === flag.dataset.place || place.startsWith(`${flag.dataset.place}/`));
  return holds.sort((one, other) => other.dataset.place.length - one.dataset.place.length)[0]
    ?? flags.find((flag) => flag.dataset.place.startsWith(`${place}/`));
}
