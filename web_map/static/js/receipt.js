import { el } from "./dom.js";
import { moment } from "./format.js";
import { remarkForm } from "./remark.js";
import { t } from "./texts.js";

/**
 * The receipt of an answer: its code, its own address, the forms to keep it in, and a word that something is wrong.
 * @param {{receipt?: {id: string, made_at: string, withheld?: {reason: string}}}} answer
 */
export function receiptSection({ receipt }) {
  if (!receipt) return null;
  return el("section", { class: "bucket receipt" },
    el("h3", { class: "plain" }, t("receipt.title")),
    el("p", { class: "small" }, t("receipt.code", { id: receipt.id, at: moment(receipt.made_at) })),
    receipt.withheld && el("p", { class: "small" }, receipt.withheld.reason),
    el("div", { class: "actions" },
      el("a", { class: "button", href: fileOf(receipt, "pdf"), target: "_blank", rel: "noopener" }, t("receipt.pdf")),
      ...[["html", t("receipt.html")], ["json", t("receipt.json")]].map(([kind, text]) => el("a", {
        class: "button quiet", href: fileOf(receipt, kind), download: `tra-cuu-quy-hoach-${receipt.id}.${kind}`,
      }, text)),
      el("a", { class: "button quiet", href: `/d/${receipt.id}` }, t("receipt.open")),
      el("p", { class: "small receipt-note" }, t("receipt.note"))),
    remark(receipt.id));
}

/** Of this host, whatever name the answer was given under. */
const fileOf = ({ id }, kind) => `/answers/${id}.${kind}`;

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
