/** A day as people here write it, 22/11/2026, as ISO; null where it is none. @param {string} text */
export function isoDay(text) {
  const parts = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  if (!parts) return null;
  const [day, month, year] = parts.slice(1).map(Number);
  const found = new Date(Date.UTC(year, month - 1, day));
  const same = found.getUTCFullYear() === year && found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
  return same ? found.toISOString().slice(0, 10) : null;
}
