import type { Step } from "../ir/index.ts";
import { compareNumeric, compareText, type Literal } from "../values/index.ts";
import type { EventDocument } from "./document.ts";
import { columnValues, mostCombinations } from "./expression.ts";

/** The values of a step's `by` fields, in their order. Dates are ISO text; null stands for an optional key without a value. */
export type JoinKey = readonly Literal[];

/**
 * Every key the event has for the step: all combinations of the key fields' values (eql-semantics
 * 5.7 and 11.2), at most `mostCombinations`. Empty when a key that is not optional has no value.
 * A step without keys has one empty key.
 */
export function joinKeys(step: Pick<Step, "keys">, document: EventDocument): readonly JoinKey[] {
  let keys: JoinKey[] = [[]];
  for (const { field, optional } of step.keys) {
    const found = columnValues(document, field);
    const values = found.length === 0 && optional ? [null] : found;
    keys = keys.flatMap((key) => values.map((value) => [...key, value])).slice(0, mostCombinations);
  }
  return keys;
}

/** A text that two keys share exactly when they are equal: numbers by value, never equal to a string. */
export function encodeKey(key: JoinKey): string {
  let text = "";
  for (const value of key) text += encodeValue(value);
  return text;
}

/** A key of the text that `encodeKey` has made of it. A number is a `bigint` where it is whole and others round to it. */
export function decodeKey(text: string): JoinKey {
  const key: Literal[] = [];
  for (let at = 0; at < text.length; ) {
    const kind = text.charAt(at);
    const mark = kind === "s" ? text.indexOf(":", at) : kind === "d" ? text.indexOf(";", at) : at;
    const inside = text.slice(at + 1, mark);
    at = mark + 1;
    if (kind === "s") {
      key.push(text.slice(at, at + Number(inside)));
      at += Number(inside);
    } else if (kind === "d") {
      const number = Number(inside);
      key.push(Number.isInteger(number) ? canonicalNumber(BigInt(inside)) : number);
    } else {
      key.push(kind === "n" ? null : kind === "t");
    }
  }
  return key;
}

function canonicalNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

export function encodeValue(value: Literal): string {
  switch (typeof value) {
    case "string":
      return `s${value.length}:${value}`;
    case "boolean":
      return value ? "t" : "f";
    case "bigint":
      return `d${value};`;
    case "number":
      // -0 is 0, and what is past the safe whole numbers is written in full.
      return `d${Number.isSafeInteger(value) || !Number.isInteger(value) ? value : BigInt(value)};`;
    default:
      return "n";
  }
}

/** The order of results with the same last event: element by element, null first, false before true. */
export function compareKeys(left: JoinKey, right: JoinKey): number {
  for (let index = 0; index < left.length; index += 1) {
    const order = compareKeyValues(left[index] ?? null, right[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

function compareKeyValues(left: Literal, right: Literal): number {
  const rank = rankOf(left) - rankOf(right);
  if (rank !== 0 || left === null || right === null) return rank;
  if (typeof left === "string" || typeof right === "string") {
    return compareText(String(left), String(right));
  }
  if (typeof left === "boolean" || typeof right === "boolean") return Number(left) - Number(right);
  return compareNumeric(left, right);
}

/** Values of unlike types meet only where no schema gives the type; any fixed order will do. */
function rankOf(value: Literal): number {
  if (value === null) return 0;
  if (typeof value === "boolean") return 1;
  return typeof value === "string" ? 3 : 2;
}
