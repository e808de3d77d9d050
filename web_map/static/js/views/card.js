import { byId, el } from "../dom.js";
import { t } from "../texts.js";

/**
 * A card over the map: its title, a button that closes it, what it holds. Esc closes it as well.
 * @param {string} name of the view, and of the button that opens it
 * @param {string} title
 * @param {() => Promise<void>} hide
 */
export function makeCard(name, title, hide) {
  const heading = el("h2", { id: `${name}-title`, tabindex: "-1" }, title);
  const close = el("button", {
    type: "button", class: "icon-button", "data-icon": "close", "aria-label": t("views.close", { view: title }), onclick: leave,
  });
  const head = el("header", { class: "card-head" }, heading, close);
  const body = el("div", { class: "card-body" });
  const card = el("section", { id: `card-${name}`, class: `card card-${name}`, "aria-labelledby": heading.id, hidden: true }, head, body);
  byId("views").before(card);
  card.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    leave();
  });
  new ResizeObserver(tellCovered).observe(card);

  /** On a phone the buttons of the views are there again once the card is away. */
  async function leave() {
    await hide();
    byId(`view-${name}`).focus();
  }

  /** The map's own buttons stay above a card at the foot of a phone. */
  function tellCovered() {
    document.documentElement.style.setProperty("--card", card.hidden ? "0px" : `${Math.round(card.getBoundingClientRect().height)}px`);
  }

  return {
    card, body,
    /** @param {boolean} focus the person asked for it */
    show(focus) {
      card.hidden = false;
      tellCovered();
      if (focus) heading.focus({ preventScroll: true });
    },
    hide() {
      card.hidden = true;
      tellCovered();
    },
  };
}
