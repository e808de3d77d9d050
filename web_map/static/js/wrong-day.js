import { dayRefused, goToDay } from "./day.js";
import { el } from "./dom.js";
import { date, today } from "./format.js";
import { notify } from "./notice.js";
import { t } from "./texts.js";

/** That the day in the address is not the one shown, and why; null where there is nothing to say. */
function sentence() {
  const refused = dayRefused();
  if (!refused) return null;
  const why = refused.toCome ? t("day.to_come", { date: date(refused.day) }) : t("day.no_day", { day: refused.day });
  return `${why} ${t("day.shown_instead", { date: date(today()) })}`;
}

/** The same above an answer, with a button that puts today in the address. */
export function wrongDayBanner() {
  const told = sentence();
  return told && el("section", { class: "kept wrong-day", "data-changed": "true", "aria-label": t("day.wrong") },
    el("p", {}, told),
    el("button", { type: "button", class: "button quiet", onclick: () => goToDay(null) }, t("day.today_link")));
}

/** And on the map, where no panel says it. */
export function tellWrongDay() {
  const told = sentence();
  if (told) notify(told, { retry: () => goToDay(null), words: t("day.today_link") });
}
