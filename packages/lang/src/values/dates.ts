import type { EpochNanos } from "./types.ts";

const nanosPerSecond = 1_000_000_000n;
const nanosPerMilli = 1_000_000n;
const secondsPerDay = 86_400;
/** What a date of JavaScript can hold, and far more than a date of Elasticsearch's. */
const largestMillis = 8_640_000_000_000_000;

/** A moment as the calendar in UTC shows it. `month` from 1; parts that a text leaves out are undefined. */
export interface DateParts {
  readonly year: number;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
  /** Within the second. */
  readonly nanos?: number | undefined;
  /** East of Greenwich; 0 when none is written. */
  readonly offsetSeconds: number;
}

/**
 * The moment that an event's value names: `strict_date_optional_time||epoch_millis`, Elasticsearch's
 * default. Up to nine fraction digits. Missing parts are the earliest ones. A number is read as the text
 * it has in JSON, so 1714557600000.123456 keeps its nanoseconds when it is given as text, and four digits
 * are a year. Undefined if the value is no date.
 */
export function parseInstant(value: string | number | bigint): EpochNanos | undefined {
  const text = typeof value === "string" ? value : String(value);
  const parts = parseDateParts(text);
  return parts === undefined ? parseEpochMillis(text) : instantOf(parts);
}

/** ISO 8601 in UTC: `2024-05-01T10:00:00.000Z`; up to nine fraction digits when there are more than three. */
export function formatInstant(nanos: EpochNanos): string {
  const { second: seconds, fraction } = splitSeconds(nanos);
  const digits = String(fraction).padStart(9, "0");
  const shown = digits.slice(3).replace(/0+$/, "");
  const whole = new Date(seconds * 1000).toISOString().replace(/\.000Z$/, "");
  return `${whole}.${digits.slice(0, 3)}${shown}Z`;
}

/**
 * Reads `2024`, `2024-05`, `2024-05-01`, `2024-05-01T`, then `10`, `10:30`, `10:30:15`, a fraction after
 * `.` or `,`, and `Z`, `+02`, `+02:00`, `+0200` or `UTC`. Undefined for anything else, also for a day that
 * the month does not have.
 */
export function parseDateParts(text: string): DateParts | undefined {
  const read = (start: number, width: number): number => readDigits(text, start, width);
  const year = read(0, 4);
  if (year < 0) return undefined;
  if (text.length === 4) return { year, offsetSeconds: 0 };
  const month = text[4] === "-" ? read(5, 2) : -1;
  if (month < 1 || month > 12) return undefined;
  if (text.length === 7) return { year, month, offsetSeconds: 0 };
  const day = text[7] === "-" ? read(8, 2) : -1;
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  if (text.length === 10) return { year, month, day, offsetSeconds: 0 };
  if (text[10] !== "T") return undefined;

  const clock: number[] = [];
  let at = 11;
  for (const limit of [23, 59, 59]) {
    const start = clock.length === 0 ? at : text[at] === ":" ? at + 1 : -1;
    const part = start < 0 ? -1 : read(start, 2);
    if (part < 0) break;
    if (part > limit) return undefined;
    clock.push(part);
    at = start + 2;
  }
  const [hour, minute, second] = clock;
  let nanos: number | undefined;
  if (second !== undefined && (text[at] === "." || text[at] === ",")) {
    const start = at + 1;
    at = start;
    while (isDigit(text.charCodeAt(at))) at += 1;
    if (at === start || at - start > 9) return undefined;
    nanos = Number(text.slice(start, at).padEnd(9, "0"));
  }
  const offsetSeconds = parseOffset(text.slice(at));
  if (offsetSeconds === undefined) return undefined;
  return { year, month, day, hour, minute, second, nanos, offsetSeconds };
}

/** Milliseconds since 1970 as text, with up to six fraction digits: `1714557600000.123456`. */
export function parseEpochMillis(text: string): EpochNanos | undefined {
  const match = text.length > 30 ? null : /^(-?)(\d{1,16})(?:\.(\d{1,6}))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = "", millis = "", fraction = ""] = match;
  if (Number(millis) > largestMillis) return undefined;
  const nanos = BigInt(millis) * nanosPerMilli + BigInt(fraction.padEnd(6, "0"));
  return sign === "-" ? -nanos : nanos;
}

/** The moment of the parts; what is missing counts as the earliest. */
export function instantOf(parts: DateParts): EpochNanos {
  const { year, month = 1, day = 1, hour = 0, minute = 0, second = 0, nanos = 0 } = parts;
  const seconds = daysBefore(year, month, day) * secondsPerDay + hour * 3600 + minute * 60 + second;
  return BigInt(seconds - parts.offsetSeconds) * nanosPerSecond + BigInt(nanos);
}

/** The parts of a moment, all of them, in UTC. */
export function partsOf(nanos: EpochNanos): Required<{ [K in keyof DateParts]: number }> {
  const { second: seconds, fraction } = splitSeconds(nanos);
  const date = new Date(seconds * 1000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanos: fraction,
    offsetSeconds: 0,
  };
}

/** Whether a moment can be shown as a date at all. */
export function isInDateRange(nanos: EpochNanos): boolean {
  const limit = BigInt(largestMillis) * nanosPerMilli;
  return nanos >= -limit && nanos <= limit;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from 1970-01-01 in the Gregorian calendar. `Date.UTC` would take the years 0 to 99 for 1900 to 1999. */
function daysBefore(year: number, month: number, day: number): number {
  // Years are counted from March, so that the leap day is the last day of one.
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1;
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
}

function splitSeconds(nanos: EpochNanos): { second: number; fraction: number } {
  let second = nanos / nanosPerSecond;
  let fraction = nanos % nanosPerSecond;
  if (fraction < 0n) {
    second -= 1n;
    fraction += nanosPerSecond;
  }
  return { second: Number(second), fraction: Number(fraction) };
}

function parseOffset(text: string): number | undefined {
  if (text === "" || text === "Z" || text === "UTC" || text === "GMT") return 0;
  const match = text.length > 9 ? null : /^([+-])(\d\d)(?::?(\d\d)(?::?(\d\d))?)?$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = match;
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  // Java's offsets end at 18 hours.
  if (size > 18 * 3600 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return sign === "-" ? -size : size;
}

function readDigits(text: string, start: number, width: number): number {
  let value = 0;
  for (let index = start; index < start + width; index += 1) {
    const unit = text.charCodeAt(index);
    if (!isDigit(unit)) return -1;
    value = value * 10 + unit - 0x30;
  }
  return value;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
