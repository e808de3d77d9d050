import { config } from "./config.js";

const locale = config.language === "vi" ? "vi-VN" : "en-GB";
const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
const oneDecimal = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const shares = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
const moments = new Intl.DateTimeFormat(locale, {
  hour: "2-digit", minute: "2-digit", day: "2-digit", month: "2-digit", year: "numeric",
  timeZone: "Asia/Ho_Chi_Minh",
});

/** A number as people write it here: 7.887 or 2,1. @param {number} value */
export const number = (value) => plain.format(value);

/** Square metres to one decimal, as parcel labels have them. @param {number} value */
export const area = (value) => oneDecimal.format(value);

/** A land-use code with its name, or alone where it has none. @param {string} code */
export const landUse = (code) => (code in config.land_uses ? `${code} – ${config.land_uses[code]}` : code);

/** A share between 0 and 1 as per cent; a trace is not 0 %. @param {number} value */
export function share(value) {
  return value > 0 && value < 0.001 ? `< ${shares.format(0.001)}` : shares.format(value);
}

/** A number of days, months or years. @param {"day"|"month"|"year"} unit @param {number} value */
export const lasting = (unit, value) => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(value);

/** An ISO date as 22/11/2026. @param {string} iso */
export function date(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : iso;
}

/** An ISO moment in the city's time. @param {string} iso */
export const moment = (iso) => moments.format(new Date(iso));

/** Today where the city is, as ISO. */
export const today = () => new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());

/** Degrees, latitude first as people say them. @param {number} lon @param {number} lat */
export const place = (lon, lat) => `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
