/**
 * @typedef {{today: string, layers: {id: string, title: string, begins: string|null, days: {day: string, features: number}[]}[]}} Days
 */

/** On so many days a layer may change and still have each of them on the slider. */
const MANY_DAYS = 30;
/** Nearer to each other than this are the changes of a register, kept from day to day. */
const OFTEN_DAYS = 15;

/** Does a layer change all the time? Its days would leave no other to be found. @param {Days["layers"][number]} layer */
export function isOften({ days: changes }) {
  const lasted = (Date.parse(changes.at(-1)?.day) - Date.parse(changes[0]?.day)) / 86_400_000;
  return changes.length > MANY_DAYS && lasted / changes.length < OFTEN_DAYS;
}

/** The first day of which a map with these layers knows anything. @param {Days} known @param {string[]} shown */
export const firstDay = (known, shown) => known.layers
  .filter((layer) => layer.begins && (shown.includes(layer.id) || !isOften(layer)))
  .map((layer) => layer.begins).sort()[0] ?? null;

/** The days on which anything changed, up to today, each with what did. @param {Days} known */
export function stopsOf(known) {
  const stops = new Map();
  for (const { title, days: changes } of known.layers.filter((layer) => !isOften(layer))) {
    for (const { day, features } of changes) {
      if (day <= known.today) stops.set(day, [...(stops.get(day) ?? []), { title, features }]);
    }
  }
  return [...stops].sort(([one], [other]) => (one < other ? -1 : 1)).map(([day, changes]) => ({ day, changes }));
}

/** The day before one, as ISO. @param {string} day */
export const dayBefore = (day) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
