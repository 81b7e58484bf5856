import { readTime, type WrittenTime } from "../normalise/time.ts";

/** How a time is written. `year` stands in for one that the text does not have. */
export type DateFormat =
  | { readonly kind: "iso" }
  /** Seconds or milliseconds since 1970. */
  | { readonly kind: "epoch"; readonly unitMs: 1 | 1000 }
  | {
      readonly kind: "pattern";
      readonly parts: readonly DatePart[];
      readonly year: number | undefined;
    };

/** A run of one letter, such as `yyyy`, or text that stands for itself. */
export type DatePart =
  | { readonly letter: DateLetter; readonly count: number }
  | { readonly text: string };

const letters = ["y", "M", "d", "H", "h", "m", "s", "S", "a", "E", "Z"] as const;
type DateLetter = (typeof letters)[number];

/**
 * `ISO8601`, `UNIX`, `UNIX_MS`, or a pattern: `yyyy` `yy` year, `MM` `M` month, `MMM` its English name, `dd`
 * `d` day, `HH` `H` hour, `hh` `h` with `a` for AM or PM, `mm`, `ss`, `S` any number of digits of a fraction,
 * `EEE` the day of the week, `Z` a zone. Other letters stand between single quotes. A text says what is wrong.
 */
export function parseDateFormat(text: string, year: number | undefined): DateFormat | string {
  if (text === "ISO8601") return { kind: "iso" };
  if (text === "UNIX") return { kind: "epoch", unitMs: 1000 };
  if (text === "UNIX_MS") return { kind: "epoch", unitMs: 1 };
  const parts: DatePart[] = [];
  for (let at = 0; at < text.length; ) {
    const unit = text.charAt(at);
    const letter = letters.find((each) => each === unit);
    if (letter !== undefined) {
      let count = 1;
      while (text[at + count] === unit) count += 1;
      parts.push({ letter, count });
      at += count;
    } else if (unit === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) return "a quote is not closed";
      parts.push({ text: text.slice(at + 1, end) || "'" });
      at = end + 1;
    } else if (/[a-z]/i.test(unit)) {
      return `\`${unit}\` means nothing in a date format`;
    } else {
      parts.push({ text: unit });
      at += 1;
    }
  }
  const has = (letter: DateLetter) =>
    parts.some((part) => "letter" in part && part.letter === letter);
  if (!has("M") || !has("d")) return "a date format needs a month and a day";
  if (!has("y") && year === undefined) return "the date format has no year: say which with `year`";
  if (has("h") !== has("a")) return "`h` and `a` belong together";
  return { kind: "pattern", parts, year };
}

/** The time that a value names; `undefined` where it is not written so. */
export function readDate(value: string | number, format: DateFormat): WrittenTime | undefined {
  switch (format.kind) {
    case "iso":
      return readTime(value);
    case "epoch":
      return readEpoch(String(value), format.unitMs);
    case "pattern":
      return readPattern(String(value).trim(), format.parts, format.year);
  }
}

function readEpoch(text: string, unitMs: 1 | 1000): WrittenTime | undefined {
  const found = /^(-?\d{1,15})(?:\.(\d{1,9})\d*)?$/.exec(text);
  if (found === null) return undefined;
  const [, whole = "", fraction = ""] = found;
  const inside = unitMs === 1000 ? Number(fraction.slice(0, 3).padEnd(3, "0")) : 0;
  const epochMs = Number(whole) * unitMs + (whole.startsWith("-") ? -inside : inside);
  if (Math.abs(epochMs) > 8.64e15) return undefined;
  const finer = (unitMs === 1000 ? fraction.slice(3) : fraction).replace(/0+$/, "");
  return { epochMs, finer: whole.startsWith("-") ? "" : finer, zone: "utc" };
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** What the letters of a pattern have said so far, as text. */
type Found = Partial<Record<DateLetter, string>>;

function readPattern(
  text: string,
  parts: readonly DatePart[],
  year: number | undefined,
): WrittenTime | undefined {
  const found: Found = {};
  let at = 0;
  for (const part of parts) {
    if ("text" in part) {
      if (part.text === " ") {
        const start = at;
        while (text[at] === " ") at += 1;
        if (at === start) return undefined;
      } else if (text.startsWith(part.text, at)) at += part.text.length;
      else return undefined;
      continue;
    }
    const taken = takePart(text.slice(at, at + 40), part.letter, part.count);
    if (taken === undefined) return undefined;
    found[part.letter] = taken;
    at += taken.length;
  }
  return at === text.length ? timeOf(found, year) : undefined;
}

/** Constant patterns of ours, at the start of a bounded stretch. */
function takePart(text: string, letter: DateLetter, count: number): string | undefined {
  const pattern =
    letter === "S"
      ? /^\d{1,9}/
      : letter === "a"
        ? /^[ap]\.?m\.?/i
        : letter === "Z"
          ? /^(Z|UTC|GMT|[+-]\d\d:?\d\d)/i
          : letter === "E" || (letter === "M" && count > 2)
            ? /^\p{L}{3,}\.?/u
            : count >= 4
              ? /^\d{4}/
              : count === 2
                ? /^\d\d/
                : /^\d{1,2}/;
  return pattern.exec(text)?.[0];
}

function timeOf(found: Found, fixedYear: number | undefined): WrittenTime | undefined {
  const month = /^\d/.test(found.M ?? "")
    ? Number(found.M)
    : months.indexOf((found.M ?? "").slice(0, 3).toLowerCase()) + 1;
  if (month < 1) return undefined;
  const written = found.y === undefined ? fixedYear : Number(found.y);
  const year = written !== undefined && found.y?.length === 2 ? 2000 + written : written;
  const hour =
    found.h === undefined
      ? Number(found.H ?? 0)
      : (Number(found.h) % 12) + (/^p/i.test(found.a ?? "") ? 12 : 0);
  if (Number(found.h ?? 1) > 12 || found.h === "0") return undefined;
  const two = (value: number | string | undefined) => String(value ?? 0).padStart(2, "0");
  const fraction = found.S === undefined ? "" : `.${found.S}`;
  const zone = found.Z === undefined ? "" : /^(utc|gmt)$/i.test(found.Z) ? "Z" : found.Z;
  const date = `${String(year).padStart(4, "0")}-${two(month)}-${two(found.d)}`;
  return readTime(`${date}T${two(hour)}:${two(found.m)}:${two(found.s)}${fraction}${zone}`);
}
