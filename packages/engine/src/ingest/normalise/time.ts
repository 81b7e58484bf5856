/** A time as an input wrote it. */
export interface WrittenTime {
  /** Milliseconds since 1970 as if the clock showed UTC; where the text names a zone, that is taken off. */
  readonly epochMs: number;
  /** Digits of the fraction behind the milliseconds, without zeros at the end: Windows counts 100 ns. */
  readonly finer: string;
  /** `none`: the text names no zone. `utc`: it ends in Z, which some exporters write after local times. */
  readonly zone: "none" | "utc" | "offset";
}

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|[+-]\d\d:?\d\d)?$/i;

/** Reads `2026-01-05 08:00:00.123`, with `T`, up to nine digits of a fraction and a zone; else `undefined`. */
export function readTime(text: unknown): WrittenTime | undefined {
  const found = typeof text === "string" ? pattern.exec(text) : null;
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second = "0", fraction = "", zone] = found;
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, "0"));
  const clock = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    milliseconds,
  );
  // The 31st of a shorter month or 25 o'clock would come out as another day, month or hour.
  const date = new Date(clock);
  const isReal =
    date.getUTCMonth() + 1 === Number(month) &&
    date.getUTCDate() === Number(day) &&
    date.getUTCHours() === Number(hour);
  if (!isReal) return undefined;
  return {
    epochMs: clock - (zone === undefined ? 0 : zoneOffset(zone)),
    finer: fraction.slice(3).replace(/0+$/, ""),
    zone: zone === undefined ? "none" : /z/i.test(zone) ? "utc" : "offset",
  };
}

/** ISO 8601 in UTC, milliseconds and finer digits where there are any. */
export function formatTime(epochMs: number, finer = ""): string {
  const text = new Date(epochMs).toISOString();
  return finer === "" ? text : `${text.slice(0, -1)}${finer}Z`;
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
