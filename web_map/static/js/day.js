import { date, today } from "./format.js";
import { t } from "./texts.js";

const NAME = "as_of";
/** The first day that can be asked for, as on the server. */
export const EARLIEST = "1800-01-01";
/** @type {any} the style of today, from which the map of any other day is made */
let plain = null;
/** @type {string|null|undefined} the day of the map's other half, while that is asked */
let instead;

/** The day of the map, as the address has it; null is today, and so is what is no day of the past. */
export function dayAsked() {
  const day = new URLSearchParams(location.search).get(NAME) ?? "";
  return isDay(day) && day >= EARLIEST && day < today() ? day : null;
}

/**
 * What stands in the address as a day and is not shown: one to come, or what is no day; null where there is none.
 * @returns {{day: string, toCome: boolean}|null}
 */
export function dayRefused() {
  const day = new URLSearchParams(location.search).get(NAME);
  if (day === null || day === today() || dayAsked()) return null;
  return { day, toCome: isDay(day) && day > today() };
}

/** Show another day, as a step in the history would: all that asks for a day asks anew. @param {string|null} day null is today */
export function goToDay(day) {
  writeDay(day);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

/** Is it a day of the calendar, as ISO? @param {string} text */
export function isDay(text) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** What to ask the server for beside anything else, so that it answers for the day of the map. */
export function asOf() {
  const day = instead === undefined ? dayAsked() : instead;
  return day ? { as_of: day } : {};
}

/** That a feature is not there on the day of the map; null where the map is of today. */
export function missingOnDay() {
  const day = dayAsked();
  return day && t("day.missing", { date: date(day) });
}

/** Ask for another day than that of the map: what `act` asks at once. @param {string|null} day @param {() => void} act */
export function withDay(day, act) {
  instead = day;
  try {
    act();
  } finally {
    instead = undefined;
  }
}

/** Put a day in the address, where a reload and a shared link find it. @param {string|null} day null is today */
export const writeDay = (day) => writeParameters({ [NAME]: day });

/** Set parameters of the address, or take out those that are null; no new step back. @param {Record<string, string|null>} values */
export function writeParameters(values) {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  history.replaceState(history.state, "", `${location.pathname}${text ? `?${text}` : ""}${location.hash}`);
}

/** Remember the style of today. @param {any} style */
export function keepPlainStyle(style) {
  plain = style;
}

/** The style of today. */
export const plainStyle = () => plain;
