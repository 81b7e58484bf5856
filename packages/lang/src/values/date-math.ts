import {
  type DateParts,
  daysInMonth,
  instantOf,
  isInDateRange,
  parseDateParts,
  parseEpochMillis,
  partsOf,
} from "./dates.ts";
import type { EpochNanos } from "./types.ts";

/** The first and the last moment that a date in a query stands for. */
export interface DateRange {
  readonly earliest: EpochNanos;
  readonly latest: EpochNanos;
}

type Unit = "y" | "M" | "w" | "d" | "h" | "m" | "s";

interface Operation {
  readonly kind: "add" | "round";
  /** Signed; 0 for `round`. */
  readonly amount: number;
  readonly unit: Unit;
}

const nanosPer: Readonly<Record<"w" | "d" | "h" | "m" | "s", bigint>> = {
  w: 604_800_000_000_000n,
  d: 86_400_000_000_000n,
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
};

/**
 * What a date constant of a query stands for (eql-semantics 9.5). `>=` and `<` compare with `earliest`,
 * `>` and `<=` with `latest`; `==` means between the two, both included.
 *
 * - A date as in events. Missing parts of the clock are filled with the earliest or the latest;
 *   a missing month or day is the first either way.
 * - Milliseconds since 1970.
 * - Date math: `now-1d/d`, or a date, `||` and operations: `2024-05-01||+1M/d`. Units y M w d h m s (`H` is `h`).
 *   Rounding goes down for `earliest`, to the last nanosecond of the unit for `latest`. Weeks start on Monday.
 *
 * Undefined if the text is none of these, or if it says `now` and no `now` is given.
 */
export function parseDateConstant(text: string, now?: EpochNanos): DateRange | undefined {
  if (text.length > 200) return undefined;
  if (text.startsWith("now"))
    return now === undefined ? undefined : computeRange(now, text.slice(3));
  const bars = text.indexOf("||");
  if (bars >= 0) {
    const anchor = readRange(text.slice(0, bars))?.earliest;
    return anchor === undefined ? undefined : computeRange(anchor, text.slice(bars + 2));
  }
  return readRange(text);
}

function readRange(text: string): DateRange | undefined {
  const parts = parseDateParts(text);
  if (parts !== undefined) return { earliest: instantOf(parts), latest: latestOf(parts) };
  const instant = parseEpochMillis(text);
  return instant === undefined ? undefined : { earliest: instant, latest: instant };
}

function latestOf(parts: DateParts): EpochNanos {
  const { hour = 23, minute = 59, second = 59, nanos = 999_999_999 } = parts;
  return instantOf({ ...parts, hour, minute, second, nanos });
}

function computeRange(start: EpochNanos, math: string): DateRange | undefined {
  const operations = parseOperations(math);
  if (operations === undefined) return undefined;
  const compute = (roundUp: boolean): EpochNanos | undefined => {
    let instant = start;
    for (const operation of operations) {
      instant = apply(operation, instant, roundUp);
      if (!isInDateRange(instant)) return undefined;
    }
    return instant;
  };
  const earliest = compute(false);
  const latest = compute(true);
  return earliest === undefined || latest === undefined ? undefined : { earliest, latest };
}

/** `+1d`, `-2h`, `+M` (one month), `/d`, one after another. */
function parseOperations(text: string): readonly Operation[] | undefined {
  const operations: Operation[] = [];
  const pattern = /([+-])(\d{0,9})([yMwdhHms])|\/1?([yMwdhHms])/y;
  while (pattern.lastIndex < text.length) {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const [, sign, digits = "", added, rounded] = match;
    const unit = unitOf(added ?? rounded ?? "");
    const amount = digits === "" ? 1 : Number(digits);
    operations.push(
      sign === undefined
        ? { kind: "round", amount: 0, unit }
        : { kind: "add", amount: sign === "-" ? -amount : amount, unit },
    );
  }
  return operations;
}

function unitOf(letter: string): Unit {
  // The pattern lets only units and `H` through.
  return letter === "H" ? "h" : (letter as Unit);
}

function apply(
  { kind, amount, unit }: Operation,
  instant: EpochNanos,
  roundUp: boolean,
): EpochNanos {
  if (kind === "add") return add(instant, amount, unit);
  const start = floor(instant, unit);
  return roundUp ? add(start, 1, unit) - 1n : start;
}

function add(instant: EpochNanos, amount: number, unit: Unit): EpochNanos {
  if (unit !== "y" && unit !== "M") return instant + BigInt(amount) * nanosPer[unit];
  const parts = partsOf(instant);
  const months = parts.year * 12 + parts.month - 1 + (unit === "y" ? amount * 12 : amount);
  const year = Math.floor(months / 12);
  const month = months - year * 12 + 1;
  // The 31st of a month that has none is its last day.
  const day = Math.min(parts.day, daysInMonth(year, month));
  return instantOf({ ...parts, year, month, day });
}

function floor(instant: EpochNanos, unit: Unit): EpochNanos {
  const { year, month } = partsOf(instant);
  if (unit === "y") return instantOf({ year, offsetSeconds: 0 });
  if (unit === "M") return instantOf({ year, month, offsetSeconds: 0 });
  // 1970-01-01 was a Thursday: weeks are counted from the Monday before.
  const origin = unit === "w" ? -3n * nanosPer.d : 0n;
  const length = nanosPer[unit];
  const into = (instant - origin) % length;
  return instant - (into < 0n ? into + length : into);
}
