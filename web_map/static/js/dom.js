/**
 * An element with attributes and children. Text goes in as text, never as HTML.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on…` are listeners; false, null and undefined are left out
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An element that the page surely has. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** True on a screen where the answer is a bottom sheet; the same width as in frame.css. */
export const isPhone = () => window.matchMedia("(max-width: 719px)").matches;

/** True for people who asked their device for less motion. */
export const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
