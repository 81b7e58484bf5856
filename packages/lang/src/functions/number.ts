import { checkLong, parseNumber } from "../values/index.ts";
import type { LanguageFunction } from "./function.ts";

/** Longer texts spell no 64-bit number in any base. */
const longestDigits = 80;

export const number: LanguageFunction = {
  name: "number",
  doc: "The number that the text `source` spells in `base`, which is 10, or 16 after `0x`, unless it is given. Null if it spells none.",
  parameters: [
    { name: "source", type: "string" },
    { name: "base", type: "integer", optional: true, constant: true },
  ],
  returns: "number",
  hasInsensitiveForm: false,
  examples: [
    ['number("1337")', 1337n],
    ['number("-42.5")', -42.5],
    ['number(" 1e3 ")', 1000],
    ['number("0xbeef")', 48879n],
    ['number("beef", 16)', 48879n],
    ['number("0x10", 16)', 16n],
    ['number("101", 2)', 5n],
    ['number("0x10", 10)', null],
    ['number("")', null],
    ["number(null)", null],
  ],
  run: ([source, base = null]) => {
    if (typeof source !== "string") return null;
    const text = source.trim();
    const isPrefixed = text.startsWith("0x");
    const radix = base === null ? (isPrefixed ? 16 : 10) : Number(base);
    if (radix === 10) return parseNumber(text) ?? null;
    return parseDigits(radix === 16 && isPrefixed ? text.slice(2) : text, radix);
  },
};

/** A sign and digits of a base from 2 to 36. */
function parseDigits(text: string, radix: number): bigint | null {
  const [, sign, digits = ""] =
    /^([+-]?)([0-9a-zA-Z]+)$/.exec(text.slice(0, longestDigits + 1)) ?? [];
  if (digits === "" || text.length > longestDigits || radix < 2 || radix > 36) return null;
  let value = 0n;
  for (const character of digits) {
    const digit = Number.parseInt(character, radix);
    if (Number.isNaN(digit)) return null;
    value = value * BigInt(radix) + BigInt(digit);
  }
  return checkLong(sign === "-" ? -value : value);
}
