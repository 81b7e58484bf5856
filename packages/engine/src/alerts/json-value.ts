import type { Literal } from "@harrier/lang/values";

/** A value as JSON can hold it: whole numbers that JSON readers would round are written as text. */
export function jsonValue(value: Literal): string | number | boolean | null {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}
