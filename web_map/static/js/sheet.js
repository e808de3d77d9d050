import { byId, isPhone } from "./dom.js";
import { t } from "./texts.js";

const sheet = byId("answer");
const grip = byId("answer-grip");
const LOW = 0.48;
const HIGH = 0.86;
const TAP_PX = 6;

/** On a phone the answer is a sheet at the bottom: low, high, or dragged to where the finger lets go. */
export function startSheet() {
  let from = 0;
  let height = 0;
  let moved = 0;
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    from = event.clientY;
    height = sheet.getBoundingClientRect().height;
    moved = 0;
    sheet.dataset.dragged = "true";
  });
  grip.addEventListener("pointermove", (event) => {
    if (sheet.dataset.dragged !== "true") return;
    moved = Math.max(moved, Math.abs(event.clientY - from));
    const wanted = (height + from - event.clientY) / window.innerHeight;
    setShare(Math.min(Math.max(wanted, 0.14), HIGH));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    grip.addEventListener(end, () => {
      delete sheet.dataset.dragged;
      if (moved < TAP_PX) return;
      setOpen(sheet.getBoundingClientRect().height / window.innerHeight > (LOW + HIGH) / 2);
    });
  }
  grip.addEventListener("click", () => {
    if (moved < TAP_PX) setOpen(!isOpen());
    moved = 0;
  });
  new ResizeObserver(tellCovered).observe(sheet);
  window.addEventListener("resize", tellCovered);
}

/** Is the sheet high? */
export const isOpen = () => grip.getAttribute("aria-expanded") === "true";

/** Make the sheet high or low. @param {boolean} open */
export function setOpen(open) {
  grip.setAttribute("aria-expanded", String(open));
  grip.setAttribute("aria-label", t(open ? "answer.shrink" : "answer.expand"));
  setShare(open ? HIGH : LOW);
}

function setShare(share) {
  sheet.style.setProperty("--sheet", `${share * 100}dvh`);
}

/** How much of the map the sheet covers: the map's own buttons stay above it. */
function tellCovered() {
  const covered = isPhone() && !sheet.hidden ? sheet.getBoundingClientRect().height : 0;
  document.documentElement.style.setProperty("--covered", `${Math.round(covered)}px`);
}
