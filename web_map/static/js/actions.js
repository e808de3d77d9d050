import { el } from "./dom.js";
import { saveLink } from "./save.js";
import { shareButton } from "./share.js";
import { t } from "./texts.js";

/**
 * What can be done with what is shown.
 * @param {ReturnType<import("./ground.js").makeGround>} ground
 * @param {(() => void)|null} back to the choice that this came from
 * @param {string} [backText]
 * @param {number|null} [lot] the one parcel that is shown: something may be applied for
 */
export function actions(ground, back, backText = "choose.back", lot = null) {
  const button = (text, onclick) => el("button", { type: "button", class: "button quiet", onclick }, text);
  return el("div", { class: "actions" },
    back && button(t(backText), back),
    lot && el("a", { class: "button quiet", href: `/nop-ho-so?thua=${lot}` }, t("answer.file")),
    shareButton(),
    button(t("answer.print"), () => window.print()),
    ground.later(({ map }) => map && saveLink(map)));
}
