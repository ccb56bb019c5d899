// Texts of delays.

/** The longest delay: that of a signed 64-bit number of nanoseconds, as in other languages. */
const maxDelayMs = 9_223_372_036_854.775;

/**
 * Reads a number of units, a duration such as "1.5s", or the delay from now to a date. Returns milliseconds, and
 * undefined for any other text. A date that has passed gives 0.
 */
export function parseDelay(value, unitMs, now) {
  const text = trimAny(value, " \t");
  if (/^[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?$/.test(text))
    return Math.min(toNanosecond(Number(text) * unitMs), maxDelayMs);
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  const date = parseDate(text);
  if (date === undefined) return undefined;
  return Math.min(Math.max(date - now, 0), maxDelayMs);
}

function toNanosecond(ms) {
  return Math.round(ms * 1e6) / 1e6;
}

const units = /* @__PURE__ */ new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["\u00b5s", 1e-3],
  ["\u03bcs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** Reads a duration as Go writes it, "1h2m3.5s", that starts with a digit. */
function parseDuration(text) {
  const part = /([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([nu\u00b5\u03bcm]?s|m|h)/y;
  let ms = 0;
  if (!/^[0-9]/.test(text)) return undefined;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (!found) return undefined;
    ms += Number(found[1]) * (units.get(found[2] ?? "") ?? 0);
  }
  return ms >= maxDelayMs ? undefined : ms;
}

/** The three forms of an HTTP date (RFC 9110, section 5.6.7). Date.parse accepts almost any text. */
const dates = [
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), +(?<day>[0-9]{2}) +(?<month>[a-z]{3}) +(?<year>[0-9]{4}) +(?<clock>[0-9:.,]+) +(?<zone>GMT)$/i,
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, +(?<day>[0-9]{2})-(?<month>[a-z]{3})-(?<year>[0-9]{2}) +(?<clock>[0-9:.,]+) +(?<zone>GMT)$/i,
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) +(?<month>[a-z]{3}) +(?<day>[0-9]{1,2}) +(?<clock>[0-9:.,]+) +(?<year>[0-9]{4})$/i,
];
const months = "jan feb mar apr may jun jul aug sep oct nov dec";

/** Reads an HTTP date. Returns milliseconds since 1970, and undefined for any other text. */
export function parseDate(text) {
  for (const form of dates) {
    const parts = form.exec(text)?.groups;
    if (parts) return dateOf(parts);
  }
  return undefined;
}

function dateOf(parts) {
  const { day = "", month = "", year = "", clock = "", zone = "GMT" } = parts;
  const time =
    /^([01]?[0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:[.,]([0-9]+))?$/.exec(
      clock,
    );
  const place = months.indexOf(month.toLowerCase());
  if (!time || place < 0 || place % 4 !== 0 || zone !== "GMT") return undefined;
  let full = Number(year);
  if (year.length === 2) full += full >= 69 ? 1900 : 2000;
  const date = new Date(0);
  date.setUTCFullYear(full, place / 4, Number(day)); // Date.UTC takes the year 26 for 1926
  if (date.getUTCDate() !== Number(day)) return undefined;
  date.setUTCHours(Number(time[1]), Number(time[2]), Number(time[3]));
  return date.getTime() + Number(`0.${time[4] ?? "0"}`) * 1000;
}
