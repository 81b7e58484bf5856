import { type DecodedText, startDecoding } from "./offset-map.ts";
import type { TextRange } from "./parsed-file.ts";

const simpleEscapes: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  e: "\u001b",
  '"': '"',
  "\\": "\\",
};
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Reads a TOML string, its quotes included, with the place of each unit: basic and literal, on one
 * line or many. `undefined` where the range is no string or has an escape that TOML lacks.
 */
export function decodeTomlString(file: string, range: TextRange): DecodedText | undefined {
  const quote = file.charAt(range.start);
  if (quote !== '"' && quote !== "'") return undefined;
  const isLong = file.startsWith(quote.repeat(3), range.start) && range.end - range.start >= 6;
  const quotes = isLong ? 3 : 1;
  const end = range.end - quotes;
  let at = range.start + quotes;
  // A line end right behind the quotes is not part of the string.
  if (isLong) at += lineEndAt(file, at);
  const decoder = startDecoding();
  while (at < end) {
    const backslash = quote === '"' ? file.indexOf("\\", at) : -1;
    const stop = backslash < 0 || backslash > end ? end : backslash;
    decoder.copy(file.slice(at, stop), at);
    if (stop === end) break;
    const escaped = readEscape(file, stop, isLong);
    if (escaped === undefined) return undefined;
    decoder.put(escaped.units, stop);
    at = escaped.end;
  }
  return decoder.finish(end);
}

function readEscape(
  file: string,
  backslash: number,
  isLong: boolean,
): { readonly units: string; readonly end: number } | undefined {
  const letter = file.charAt(backslash + 1);
  const simple = simpleEscapes[letter];
  if (simple !== undefined) return { units: simple, end: backslash + 2 };
  const length = hexLengths[letter];
  if (length !== undefined) {
    const end = backslash + 2 + length;
    const code = Number.parseInt(file.slice(backslash + 2, end), 16);
    return code <= 0x10ffff ? { units: String.fromCodePoint(code), end } : undefined;
  }
  return isLong ? { units: "", end: skipFold(file, backslash + 1) } : undefined;
}

/** A backslash at the end of a line takes the blanks and line ends behind it away. */
function skipFold(file: string, start: number): number {
  let at = start;
  while (file[at] === " " || file[at] === "\t" || lineEndAt(file, at) > 0) at += 1;
  return at;
}

function lineEndAt(file: string, at: number): number {
  if (file[at] === "\n") return 1;
  return file.startsWith("\r\n", at) ? 2 : 0;
}
