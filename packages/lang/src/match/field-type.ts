import {
  canonicalAddress,
  compareAddresses,
  compareNumeric,
  compareText,
  compareVersions,
  type FieldType,
  formatInstant,
  type Literal,
  parseInstant,
  toNumeric,
} from "../values/index.ts";
import type { FieldValue } from "./document.ts";

type Value = Exclude<Literal, null>;

/** What a field type makes of the values that events hold, and how it compares them. */
export interface ValueMeaning {
  /** The value as the type stores it; `undefined` when the type cannot hold it: then it satisfies nothing but `exists`. */
  readonly read: (value: FieldValue) => Value | undefined;
  /** The order of two read values; `undefined` where there is none. */
  readonly compare: (left: Value, right: Value) => number | undefined;
  /** The value inside expressions and as a join key (eql-semantics 9.7). */
  readonly show: (value: Value) => Value;
}

/**
 * The meaning of a field of this type. Where no schema names the type (`unknown`), the literal that a
 * field is compared with decides: text with text, numbers with numbers and numeric text.
 */
export function meaningOf(type: FieldType, literal?: Literal): ValueMeaning {
  switch (type) {
    case "long":
      return long;
    case "double":
      return double;
    case "boolean":
      return boolean;
    case "ip":
      return ip;
    case "date":
      return date;
    case "date_nanos":
      return dateNanos;
    case "version":
      return version;
    case "unknown":
      return meaningByLiteral(literal);
    case "keyword":
    case "text":
    case "object":
    case "nested":
    case "unsupported":
      return keyword;
    default:
      return type satisfies never;
  }
}

/** JSON numbers and booleans count as their text: `event.code: 4624` equals "4624". */
export function textOf(value: FieldValue): string {
  return typeof value === "string" ? value : String(value);
}

const keep = (value: Value): Value => value;

const keyword: ValueMeaning = { read: textOf, compare: compareTexts, show: keep };

const version: ValueMeaning = {
  read: textOf,
  compare: (left, right) =>
    typeof left === "string" && typeof right === "string"
      ? compareVersions(left, right)
      : undefined,
  show: keep,
};

const double: ValueMeaning = {
  read: (value) => {
    const numeric = number.read(value);
    return numeric === undefined ? undefined : Number(numeric);
  },
  compare: compareNumbers,
  show: keep,
};

/** Decimals in a whole-number field lose their fraction, as Elasticsearch stores them. */
const long: ValueMeaning = {
  read: (value) => {
    const numeric = number.read(value);
    if (typeof numeric !== "number") return numeric;
    return Number.isFinite(numeric) ? BigInt(Math.trunc(numeric)) : undefined;
  },
  compare: compareNumbers,
  show: keep,
};

const boolean: ValueMeaning = {
  read: (value) => {
    if (value === true || value === "true") return true;
    return value === false || value === "false" || value === "" ? false : undefined;
  },
  compare: (left, right) => (left === right ? 0 : undefined),
  show: keep,
};

const ip: ValueMeaning = {
  read: (value) => (typeof value === "string" ? canonicalAddress(value) : undefined),
  compare: (left, right) =>
    typeof left === "string" && typeof right === "string"
      ? compareAddresses(left, right)
      : undefined,
  show: keep,
};

const dateNanos: ValueMeaning = {
  read: (value) => (typeof value === "boolean" ? undefined : parseInstant(value)),
  compare: compareNumbers,
  show: (value) => (typeof value === "bigint" ? formatInstant(value) : value),
};

const date: ValueMeaning = {
  ...dateNanos,
  show: (value) => (typeof value === "bigint" ? formatInstant(floorToMillis(value)) : value),
};

/** Numbers of a field whose type nobody knows: whole or decimal as they come. */
const number: ValueMeaning = {
  read: (value) => (typeof value === "boolean" ? undefined : toNumeric(value)),
  compare: compareNumbers,
  show: keep,
};

/** The document's own value; whole numbers become `bigint`, as in queries. */
const own: ValueMeaning = {
  read: (value) =>
    typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value,
  compare: (left, right) =>
    typeof left === "string" || typeof right === "string"
      ? compareTexts(left, right)
      : compareNumbers(left, right),
  show: keep,
};

function meaningByLiteral(literal: Literal | undefined): ValueMeaning {
  switch (typeof literal) {
    case "string":
      return keyword;
    case "number":
    case "bigint":
      return number;
    case "boolean":
      return boolean;
    default:
      return own;
  }
}

function compareTexts(left: Value, right: Value): number | undefined {
  return typeof left === "string" && typeof right === "string"
    ? compareText(left, right)
    : undefined;
}

function compareNumbers(left: Value, right: Value): number | undefined {
  return isNumeric(left) && isNumeric(right) ? compareNumeric(left, right) : undefined;
}

function isNumeric(value: Value): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function floorToMillis(nanos: bigint): bigint {
  const rest = nanos % 1_000_000n;
  return nanos - (rest < 0n ? rest + 1_000_000n : rest);
}
