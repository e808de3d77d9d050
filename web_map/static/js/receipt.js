import { el } from "./dom.js";
import { moment } from "./format.js";
import { remarkForm } from "./remark.js";
import { t } from "./texts.js";

/**
 * The receipt of an answer: its code, its own address, the paper to save, and a word that something is wrong.
 * @param {{receipt?: {id: string, made_at: string, withheld?: {reason: string}}}} answer
 */
export function receiptSection({ receipt }) {
  if (!receipt) return null;
  return el("section", { class: "bucket receipt" },
    el("h3", { class: "plain" }, t("receipt.title")),
    el("p", { class: "small" }, t("receipt.code", { id: receipt.id, at: moment(receipt.made_at) })),
    receipt.withheld && el("p", { class: "small" }, receipt.withheld.reason),
    el("div", { class: "actions" },
      el("a", { class: "button", href: `/answers/${receipt.id}.pdf`, target: "_blank", rel: "noopener" }, t("receipt.pdf")),
      el("a", { class: "button quiet", href: `/d/${receipt.id}` }, t("receipt.open"))),
    remark(receipt.id));
}

function remark(answer) {
  const whole = el("details", { class: "slivers" }, el("summary", {}, t("remark.title")));
  const fill = () => {
    const form = remarkForm({ answer, place: "", title: t("remark.whole") }, () => {
      whole.open = false;
      whole.querySelector("summary").focus();
      form.replaceWith(fill());
    });
    return form;
  };
  whole.append(fill());
  return whole;
}
