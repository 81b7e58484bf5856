import type { Literal } from "./types.ts";

const smallestLong = -(2n ** 63n);
const largestLong = 2n ** 63n - 1n;

/** The whole number if it fits 64 bits, signed; otherwise null: EQL's arithmetic does not wrap. */
export function checkLong(value: bigint): bigint | null {
  return value >= smallestLong && value <= largestLong ? value : null;
}

/**
 * The number that a text spells: a sign, digits, a fraction, an exponent; nothing before or after.
 * Whole numbers of 64 bits are `bigint`, all others `number` (eql-semantics 1.7).
 */
export function parseNumber(text: string): bigint | number | undefined {
  // A value may be long and is not a number then; the pattern itself is linear.
  if (text.length > 400 || !/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) {
    return undefined;
  }
  const isWhole = /^[+-]?\d+$/.test(text);
  if (!isWhole) return Number(text);
  // BigInt takes a minus but no plus.
  const whole = BigInt(text.startsWith("+") ? text.slice(1) : text);
  return checkLong(whole) ?? Number(text);
}

/**
 * The number that an event's value is: a JSON number, or a text that spells one. `bigint` if it is
 * whole and exact, so 4 and "4" and 4.0 are all `4n`. Anything else has none.
 */
export function toNumeric(value: unknown): bigint | number | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value === "bigint") return value;
  return typeof value === "string" ? parseNumber(value) : undefined;
}

/** Order of numbers by value. Exact between a whole number and a decimal; NaN goes after all others. */
export function compareNumeric(a: bigint | number, b: bigint | number): number {
  // JavaScript compares bigint with number by mathematical value.
  if (a < b) return -1;
  if (a > b) return 1;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/**
 * A value as text, in Java's spelling: `7`, `true`, `42.5`, `1.0`, `1.0E10` (eql-semantics 9.7).
 * Null has no text; it gives "null" for messages.
 */
export function literalText(value: Literal): string {
  return typeof value === "number" ? doubleText(value) : String(value);
}

/** Java's `Double.toString`: decimal from 1E-3 up to below 1E7, scientific outside. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e7) {
    // JavaScript has the same shortest digits and no exponent in this range.
    return Number.isInteger(value) ? `${value}.0` : String(value);
  }
  const [digits = "", exponent = ""] = scientificText(value).split("e");
  return `${digits.includes(".") ? digits : `${digits}.0`}E${exponent.replace("+", "")}`;
}

/** Java always writes two digits and takes the nearest such, JavaScript one where one is enough: 4.9E-324, 5e-324. */
function scientificText(value: number): string {
  const shortest = value.toExponential();
  const twoDigits = value.toExponential(1);
  return !shortest.includes(".") && Number(twoDigits) === value ? twoDigits : shortest;
}
