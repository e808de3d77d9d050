import { config } from "./config.js";

const PLAIN = String.raw`(-?\d{1,3}(?:[.,]\d+)?)\s*°?`;
const SIXTIETHS = String.raw`(\d{1,3})\s*°\s*(\d{1,2})\s*['′’]\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:["″”]|'')?)?`;
const DECIMAL = new RegExp(`^${PLAIN}(?:\\s*[,;]\\s*|\\s+)${PLAIN}$`);
// N or B(ắc), E or Đ(ông); S, W and T(ây) are minus. A lone N is north, as on every instrument.
const MINUTES = new RegExp(`^([NSB]?)\\s*${SIXTIETHS}\\s*([NSBEW\\u0110DT]?)[\\s,;]+([EW\\u0110DT]?)\\s*${SIXTIETHS}\\s*([NSBEW\\u0110DT]?)$`, "i");

/**
 * Latitude and longitude in degrees, or in degrees, minutes and seconds; with a point or a decimal comma. The
 * usual order is latitude first; the other is taken when only so the place lies in the city.
 * @param {string} text
 * @returns {{lon: number, lat: number, inCity: boolean}|null} null when the text is none
 */
export function readCoordinates(text) {
  const pair = decimal(text) ?? sexagesimal(text);
  if (!pair) return null;
  const [first, second] = pair;
  const orders = [{ lat: first, lon: second }, { lat: second, lon: first }];
  const within = orders.find(inCity);
  if (within) return { ...within, inCity: true };
  const likely = orders.find(({ lat, lon }) => Math.abs(lat) <= 90 && Math.abs(lon) <= 180);
  return likely ? { ...likely, inCity: false } : null;
}

function decimal(text) {
  const parts = DECIMAL.exec(text);
  // Whole numbers are something else: a sheet and a parcel, a house number.
  if (!parts || !/[.,]/.test(parts[1]) || !/[.,]/.test(parts[2])) return null;
  return [parts[1], parts[2]].map(toNumber);
}

function sexagesimal(text) {
  const parts = MINUTES.exec(text);
  if (!parts) return null;
  const [, before, d1, m1, s1, after, before2, d2, m2, s2, after2] = parts;
  const one = signed(before || after, d1, m1, s1);
  const two = signed(before2 || after2, d2, m2, s2);
  const swapped = /[EW\u0110DT]/i.test(before || after);
  return swapped ? [two, one] : [one, two];
}

function signed(side, degrees, minutes, seconds = "0") {
  const size = Number(degrees) + Number(minutes) / 60 + toNumber(seconds) / 3600;
  return /[SWT]/i.test(side) ? -size : size;
}

const toNumber = (text) => Number(text.replace(",", "."));

function inCity({ lon, lat }) {
  const [west, south, east, north] = config.city.envelope;
  return lon >= west && lon <= east && lat >= south && lat <= north;
}
