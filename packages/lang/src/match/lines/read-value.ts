import type { FieldValue } from "../document.ts";
import { boolean, escapedText, number, oddText } from "./json-scanner.ts";
import type { DecodeText } from "./line-matcher.ts";

/** More digits may not fit a number exactly. */
const mostDigits = 15;

/** The value that stands in the line, as `JSON.parse` reads it. The scan has made sure that it is one of that kind. */
export function readValue(
  bytes: Uint8Array,
  start: number,
  end: number,
  kind: number,
  decode: DecodeText,
): FieldValue {
  switch (kind) {
    case escapedText:
    case oddText:
      return JSON.parse(decode(bytes, start - 1, end + 1)) as string;
    case number:
      return readWhole(bytes, start, end) ?? (JSON.parse(decode(bytes, start, end)) as number);
    case boolean:
      return bytes[start] === letterT;
    default:
      return decode(bytes, start, end);
  }
}

/** A number of a few digits and nothing else. */
function readWhole(bytes: Uint8Array, start: number, end: number): number | undefined {
  if (end - start > mostDigits) return undefined;
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) ^ zero;
    if (digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

const zero = 0x30;
const letterT = 0x74;
