import { el } from "./dom.js";

const STEP = 2;
const LARGE_STEP = 10;

/**
 * Two maps of one place, one above the other, and the line between them: dragged by hand, or moved by the arrow keys.
 * What lies to its right is cut by `--at`, which the frame carries.
 * @param {HTMLElement} frame
 * @param {{label: string, left: string, right: string, said: (share: number) => string}} words `said` tells where the line is
 * @param {() => [number, number]} [free] between which shares of the width the grip can be taken hold of again
 */
export function makeDivider(frame, { label, left, right, said }, free = () => [0, 100]) {
  const grip = el("div", {
    class: "swipe-grip", role: "slider", tabindex: "0", "aria-label": label, "aria-orientation": "horizontal",
    "aria-valuemin": "0", "aria-valuemax": "100",
  });
  const line = el("div", { class: "swipe-line" }, grip);
  const names = [["left", left], ["right", right]].map(([side, name]) => el("span", { class: `swipe-word ${side}`, "aria-hidden": "true" }, name));
  let at = 50;
  grip.addEventListener("keydown", move);
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    grip.dataset.dragged = "true";
  });
  grip.addEventListener("pointermove", (event) => {
    if (grip.dataset.dragged !== "true") return;
    const { left: edge, width } = frame.getBoundingClientRect();
    const [least, most] = free();
    set(Math.min(most, Math.max(least, ((event.clientX - edge) / width) * 100)));
  });
  for (const end of ["pointerup", "pointercancel"]) grip.addEventListener(end, () => delete grip.dataset.dragged);
  set(at);

  function move(event) {
    const steps = {
      ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP, PageDown: -LARGE_STEP, PageUp: LARGE_STEP, Home: -100, End: 100,
    };
    if (!(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
    set(at + steps[event.key]);
  }

  /** @param {number} share of the width, in per cent */
  function set(share) {
    at = Math.min(100, Math.max(0, share));
    frame.style.setProperty("--at", `${at}%`);
    grip.setAttribute("aria-valuenow", String(Math.round(at)));
    grip.setAttribute("aria-valuetext", said(Math.round(at)));
  }

  return {
    parts: [...names, line],
    set,
    /** What is on either side. @param {string} one @param {string} other */
    name(one, other) {
      names[0].textContent = one;
      names[1].textContent = other;
      set(at);
    },
  };
}

/** Each map goes where the other is taken. @param {import("maplibre-gl").Map[]} both @returns {() => void} ends it */
export function follow(both) {
  let leading = null;
  const listeners = both.map((map, index) => () => {
    if (leading !== null && leading !== index) return;
    leading = index;
    both[1 - index].jumpTo({ center: map.getCenter(), zoom: map.getZoom() });
    leading = null;
  });
  both.forEach((map, index) => map.on("move", listeners[index]));
  return () => both.forEach((map, index) => map.off("move", listeners[index]));
}
