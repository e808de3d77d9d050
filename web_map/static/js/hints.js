import { t } from "./texts.js";

const SHEET = /\btoi?\s*(?:ban do)?\s*(?:so)?\s*:?\s*(\d+)/;
const PARCEL = /\bth?ua\s*(?:dat)?\s*(?:so)?\s*:?\s*(\d+)/;
const PAIR = /^(\d+)\s*[/\-.,;]\s*(\d+)$/;
const NUMBER = String.raw`\d{1,3}(?:[. ]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?`;
const GRID = new RegExp(`^(?:[xyne]\\s*[:=]?\\s*)?(${NUMBER})\\s*m?\\s*[;,\\s]\\s*(?:[xyne]\\s*[:=]?\\s*)?(${NUMBER})\\s*m?$`, "i");

/** Metres of VN-2000: northings of the country, and eastings of a zone of three or six degrees. */
const NORTHING = [800_000, 2_700_000];
const EASTING = [200_000, 800_000];

/**
 * What is missing in a text that names nothing, in words; null where that is not known.
 * @param {string} text
 */
export function hintFor(text) {
  const plain = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[\u0110\u0111]/g, "d").toLowerCase().trim();
  const [, sheet] = SHEET.exec(plain) ?? [];
  const [, parcel] = PARCEL.exec(plain) ?? [];
  if (parcel && !sheet) return t("search.no_sheet", { parcel });
  if (sheet && !parcel) return t("search.no_parcel", { sheet });
  if (sheet && parcel) return t("search.both", { sheet, parcel });
  const [, first, second] = PAIR.exec(plain) ?? [];
  return first ? t("search.pair", { query: text, first, second }) : null;
}

/**
 * A pair of VN-2000 coordinates, northing (X) first whatever the order they came in; null where it is none.
 * @param {string} text
 * @returns {{x: string, y: string}|null} as they were written
 */
export function readGridPair(text) {
  const [, one, other] = GRID.exec(text.trim()) ?? [];
  if (!one) return null;
  const within = (written, [least, most]) => metres(written) >= least && metres(written) <= most;
  if (within(one, NORTHING) && within(other, EASTING)) return { x: one, y: other };
  return within(other, NORTHING) && within(one, EASTING) ? { x: other, y: one } : null;
}

/** 1.145.161,57 and 1145161.57 are the same. */
function metres(written) {
  const grouped = /^\d{1,3}(?:[. ]\d{3})+(?:,\d+)?$/.test(written);
  return Number((grouped ? written.replace(/[. ]/g, "") : written).replace(",", "."));
}
