import { inWords } from "../config.js";
import { el } from "../dom.js";
import { moment, number } from "../format.js";
import { t } from "../texts.js";
import { send } from "./send.js";

const AGAIN_MS = 60000;

/**
 * The inbox of notices: what is overdue, failed or waits for a word. It keeps itself up to date; what is seen stays,
 * paler, until it is over. Hidden where there is nothing.
 * @param {HTMLElement} place
 * @param {{onCount?: (unseen: number) => void}} [options] onCount: told how many are unseen
 */
export function showNotices(place, { onCount = () => {} } = {}) {
  const title = el("h2", { id: "notices-title" }), lines = el("ul", { class: "notices" });
  place.setAttribute("aria-labelledby", title.id);
  place.replaceChildren(title, lines);
  place.hidden = true;
  let shown = "";

  async function look() {
    const told = await send("GET", `/api/notices?lang=${inWords.lang}`);
    const now = JSON.stringify(told.notices);
    onCount(told.unseen);
    if (now === shown) return;
    shown = now;
    title.textContent = told.unseen ? t("notices.title_unseen", { n: number(told.unseen) }) : t("notices.title");
    lines.replaceChildren(...told.notices.map(line));
    place.hidden = told.count === 0;
  }

  function line(notice) {
    const seen = !notice.seen && el("button", { type: "button", class: "button quiet", onclick: async () => {
      await send("POST", `/api/notices/${notice.id}/seen`);
      await look();
      title.tabIndex = -1;
      title.focus();
    } }, t("notices.seen"), el("span", { class: "unseen" }, `: ${notice.text}`));
    return el("li", { class: "notice-line", "data-kind": notice.kind, "data-seen": String(notice.seen) },
      el("p", {}, notice.text, el("small", {}, t("notices.raised", { moment: moment(notice.raised_at) }))),
      el("div", { class: "turns" }, follow(notice), seen));
  }

  const again = () => look().catch(() => {}).finally(() => window.setTimeout(again, AGAIN_MS));
  again();
}

/** Where one does something about it. */
function follow(notice) {
  if (notice.delivery) return el("a", { class: "button quiet", href: `/staff/deliveries/${notice.delivery}` }, t("notices.open_delivery"));
  if (notice.kind === "cases_due") return el("a", { class: "button quiet", href: "/staff/cases" }, t("notices.open_cases"));
  if (notice.kind === "cases_online") return el("a", { class: "button quiet", href: "/staff/cases" }, t("notices.open_cases"));
  if (notice.kind === "case_subject" || notice.kind === "case_completed") return el("a", { class: "button quiet", href: `/staff/cases/${notice.subject}` }, t("notices.open_case"));
  if (notice.kind === "planning-remark") return el("a", { class: "button quiet", href: `/staff/remarks?answer=${notice.subject}` }, t("notices.open_remarks"));
  return el("a", { class: "button quiet", href: `/do-moi-du-lieu?lang=${inWords.lang}#${notice.layer}` }, t("notices.open_freshness"));
}
