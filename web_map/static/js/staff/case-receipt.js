import { el } from "../dom.js";
import { t } from "../texts.js";

/** The paper that the applicant takes home; his name is on it, so it is for those who see him. */
export function receipt(one, look = "button quiet") {
  if (one.hidden.includes("applicant")) return null;
  return el("a", { class: look, href: `/api/cases/${one.code}/receipt.pdf`, target: "_blank", rel: "noopener" }, t("case.receipt"));
}
