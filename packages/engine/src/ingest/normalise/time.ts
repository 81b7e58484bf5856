/** A time as an input wrote it. */
export interface WrittenTime {
  /** Milliseconds since 1970 as if the clock showed UTC; where the text names a zone, that is taken off. */
  readonly epochMs: number;
  /** Digits of the fraction behind the milliseconds, without zeros at the end: Windows counts 100 ns. */
  readonly finer: string;
  /** `none`: the text names no zone. `utc`: it ends in Z, which some exporters write after local times. */
  readonly zone: "none" | "utc" | "offset";
}

const zonePattern = /^ ?(?:Z|[+-]\d\d:?\d\d)?$/i;
const dayMs = 86_400_000;

/** Reads `2026-01-05 08:00:00.123`, with `T`, up to nine digits of a fraction and a zone; else `undefined`. */
export function readTime(text: unknown): WrittenTime | undefined {
  // By hand: every event has a time or two, and a regular expression takes twice as long.
  if (typeof text !== "string" || text.length < 16 || text.length > 40) return undefined;
  const isDate = text[4] === "-" && text[7] === "-" && text[13] === ":" && isBetween(text[10]);
  if (!isDate) return undefined;
  const midnight = midnightOf(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2));
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  let second = 0;
  let end = 16;
  let fractionEnd = 16;
  if (text[16] === ":") {
    second = digits(text, 17, 2);
    end = 19;
    fractionEnd = 19;
    if (text[19] === "." || text[19] === ",") {
      fractionEnd = endOfDigits(text, 20);
      if (fractionEnd === 20 || fractionEnd > 29) return undefined;
    }
  }
  const fraction = text.slice(end + 1, fractionEnd);
  const rest = text.slice(fractionEnd);
  const seconds = (hour * 60 + minute) * 60 + second;
  // 25 o'clock and a minute too many would come out as another hour or day; a second of 60 does exist.
  const isReal = hour < 24 && minute < 60 && seconds < (hour + 1) * 3600;
  if (midnight === undefined || !isReal || !(rest === "" || zonePattern.test(rest)))
    return undefined;
  const zone = rest.trimStart();
  const milliseconds = fraction === "" ? 0 : Number(fraction.slice(0, 3).padEnd(3, "0"));
  return {
    epochMs: midnight + seconds * 1000 + milliseconds - (zone === "" ? 0 : zoneOffset(zone)),
    finer: fraction.length > 3 ? fraction.slice(3).replace(/0+$/, "") : "",
    zone: zone === "" ? "none" : zone.length === 1 ? "utc" : "offset",
  };
}

function isBetween(separator: string | undefined): boolean {
  return separator === "T" || separator === " " || separator === "t";
}

/** `NaN` where not all of them are digits: no comparison with that is true. */
function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let index = from; index < from + count; index += 1) {
    const digit = text.charCodeAt(index) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && !Number.isNaN(digits(text, end, 1))) end += 1;
  return end;
}

let lastRead = { date: Number.NaN, midnight: Number.NaN };

/** `undefined` for days that no month has. Events of one day follow one another, so the last one is kept. */
function midnightOf(year: number, month: number, day: number): number | undefined {
  const date = (year * 100 + month) * 100 + day;
  if (date === lastRead.date) return lastRead.midnight;
  const midnight = Date.UTC(year, month - 1, day);
  const found = new Date(midnight);
  // The first century would come out as the twentieth; tools write the year 1 for no time at all.
  const isReal = year >= 100 && found.getUTCMonth() + 1 === month && found.getUTCDate() === day;
  if (!isReal) return undefined;
  lastRead = { date, midnight };
  return midnight;
}

const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));
let lastFormatted = { day: Number.NaN, text: "" };

/** ISO 8601 in UTC, milliseconds and finer digits where there are any. */
export function formatTime(epochMs: number, finer = ""): string {
  const day = Math.floor(epochMs / dayMs);
  if (day !== lastFormatted.day) {
    const text = new Date(epochMs).toISOString();
    lastFormatted = { day, text: text.slice(0, text.indexOf("T") + 1) };
  }
  const inDay = epochMs - day * dayMs;
  const seconds = Math.floor(inDay / 1000);
  const minutes = Math.floor(seconds / 60);
  const milliseconds = inDay - seconds * 1000;
  const hundreds = Math.floor(milliseconds / 100);
  return `${lastFormatted.text}${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}.${hundreds}${twoDigits[milliseconds - hundreds * 100]}${finer}Z`;
}

function zoneOffset(zone: string): number {
  if (zone === "Z" || zone === "z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone[0] === "-" ? -1 : 1) * minutes * 60_000;
}

/** Milliseconds that the clocks of a zone are ahead of UTC, at a time that those clocks show. */
export type ZoneOffset = (localMs: number) => number;

/** Whether `readEvents` knows the zone. */
export function isTimezone(zone: string): boolean {
  return readZone(zone) !== undefined;
}

/** `+09:00`, or an IANA name. `undefined` where there is no such zone. */
export function readZone(zone: string): ZoneOffset | undefined {
  if (/^(Z|[+-]\d\d:?\d\d)$/i.test(zone)) {
    const offset = zoneOffset(zone);
    return () => offset;
  }
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    const offsetAt = (epochMs: number): number => {
      const name = format.formatToParts(epochMs).find((part) => part.type === "timeZoneName");
      const offset = name?.value.slice("GMT".length) ?? "";
      return offset === "" ? 0 : zoneOffset(offset);
    };
    // The first guess may lie on the wrong side of a change to or from daylight saving time.
    return (localMs) => offsetAt(localMs - offsetAt(localMs));
  } catch {
    return undefined;
  }
}
