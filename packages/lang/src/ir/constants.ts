import {
  type ComparisonOperator,
  canonicalAddress,
  type EpochNanos,
  type FieldType,
  type Literal,
  literalText,
  parseBlock,
  parseDateConstant,
  parseNumber,
} from "../values/index.ts";
import { anyOf } from "./combine.ts";
import type { Field, Predicate, RangePredicate } from "./predicate.ts";

type Value = Exclude<Literal, null>;

/** Why a field cannot take a constant. `index` is the constant's place in the list. */
export interface Misfit {
  readonly kind: "misfit";
  readonly index: number;
  readonly message: string;
  readonly hint?: string;
}

/** A constant as its field understands it: one value, a block of addresses, or a stretch of time. */
type Converted =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "block"; readonly text: string }
  | { readonly kind: "dates"; readonly earliest: EpochNanos; readonly latest: EpochNanos };

type Unfit = Pick<Misfit, "message" | "hint">;

/** Some value of the field equals one of the constants (eql-semantics 9). */
export function equalsOnField(
  field: Field,
  constants: readonly Value[],
  fold: boolean,
  now: EpochNanos | undefined,
): Predicate | Misfit {
  const values: Value[] = [];
  const blocks: string[] = [];
  const stretches: RangePredicate[] = [];
  for (const [index, constant] of constants.entries()) {
    const converted = convert(constant, field.type, now);
    if (!("kind" in converted)) return { kind: "misfit", index, ...converted };
    if (converted.kind === "block") blocks.push(converted.text);
    else if (converted.kind === "value") values.push(converted.value);
    else if (converted.earliest === converted.latest) values.push(converted.earliest);
    else {
      const above = { value: converted.earliest, inclusive: true };
      const below = { value: converted.latest, inclusive: true };
      stretches.push({ kind: "range", field, above, below });
    }
  }
  return anyOf([
    ...(values.length > 0 ? [{ kind: "equals", field, values, fold } as const] : []),
    ...(blocks.length > 0 ? [{ kind: "cidr", field, blocks } as const] : []),
    ...stretches,
  ]);
}

/** Some value of the field lies on that side of the constant. */
export function compareOnField(
  field: Field,
  op: Exclude<ComparisonOperator, "==" | "!=">,
  constant: Value,
  now: EpochNanos | undefined,
): Predicate | Misfit {
  const converted = convert(constant, field.type, now);
  if (!("kind" in converted)) return { kind: "misfit", index: 0, ...converted };
  const isAbove = op === ">" || op === ">=";
  const inclusive = op === ">=" || op === "<=";
  if (converted.kind === "dates") {
    // `>` and `<=` mean the end of what the constant stands for, `>=` and `<` its start.
    const value = op === ">" || op === "<=" ? converted.latest : converted.earliest;
    return { kind: "range", field, [isAbove ? "above" : "below"]: { value, inclusive } };
  }
  if (converted.kind === "block") {
    const message = `\`${op}\` compares with one address, not with a block`;
    return { kind: "misfit", index: 0, message };
  }
  const { value } = converted;
  if (typeof value === "boolean") {
    return { kind: "misfit", index: 0, message: `true and false have no order for \`${op}\`` };
  }
  return { kind: "range", field, [isAbove ? "above" : "below"]: { value, inclusive } };
}

function convert(constant: Value, type: FieldType, now: EpochNanos | undefined): Converted | Unfit {
  switch (type) {
    case "long":
    case "double":
      return convertNumber(constant, type);
    case "boolean":
      return convertBoolean(constant);
    case "ip":
      return convertAddress(constant);
    case "date":
    case "date_nanos":
      return convertDate(constant, type, now);
    case "unknown":
      return { kind: "value", value: constant };
    default:
      return { kind: "value", value: literalText(constant) };
  }
}

function convertNumber(constant: Value, type: "long" | "double"): Converted | Unfit {
  const number = typeof constant === "string" ? parseNumber(constant) : constant;
  if (number === undefined || typeof number === "boolean") {
    return { message: `a ${type} field cannot take ${show(constant)}` };
  }
  // A whole decimal is the same number; one spelling lets equal conditions be found equal.
  const isWhole = typeof number === "number" && Number.isSafeInteger(number);
  return { kind: "value", value: isWhole ? BigInt(number) : number };
}

function convertBoolean(constant: Value): Converted | Unfit {
  if (typeof constant === "boolean") return { kind: "value", value: constant };
  if (constant === "true" || constant === "false") {
    return { kind: "value", value: constant === "true" };
  }
  return { message: `a boolean field cannot take ${show(constant)}` };
}

function convertAddress(constant: Value): Converted | Unfit {
  const text = typeof constant === "string" ? constant : "";
  const address = canonicalAddress(text);
  if (address !== undefined) return { kind: "value", value: address };
  if (text.includes("/") && parseBlock(text) !== undefined) return { kind: "block", text };
  return {
    message: `${show(constant)} is no IP address`,
    ...(/[*?]/.test(text) && { hint: "write the addresses as a block: `10.0.0.0/8`" }),
  };
}

const nanosPerMilli = 1_000_000n;

function convertDate(
  constant: Value,
  type: "date" | "date_nanos",
  now: EpochNanos | undefined,
): Converted | Unfit {
  const range = dateRangeOf(constant, now);
  if (range === undefined) {
    const saysNow = typeof constant === "string" && constant.startsWith("now") && now === undefined;
    return {
      message: saysNow ? "`now` has no meaning here" : `${show(constant)} is no date`,
      hint: 'write `"2026-05-01T12:00:00Z"`, a part of it, or milliseconds since 1970',
    };
  }
  if (type === "date_nanos") return { kind: "dates", ...range };
  // A date field keeps milliseconds, so a constant stands for whole ones.
  const earliest = floorToMilli(range.earliest);
  return { kind: "dates", earliest, latest: floorToMilli(range.latest) + nanosPerMilli - 1n };
}

function dateRangeOf(
  constant: Value,
  now: EpochNanos | undefined,
): { readonly earliest: EpochNanos; readonly latest: EpochNanos } | undefined {
  if (typeof constant === "string") return parseDateConstant(constant, now);
  if (typeof constant !== "bigint") return undefined;
  const earliest = constant * nanosPerMilli;
  return { earliest, latest: earliest + nanosPerMilli - 1n };
}

function floorToMilli(nanos: EpochNanos): EpochNanos {
  const rest = nanos % nanosPerMilli;
  return nanos - (rest < 0n ? rest + nanosPerMilli : rest);
}

const longestShown = 60;

function show(constant: Value): string {
  const text = literalText(constant);
  const cut = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
  return typeof constant === "string" ? `"${cut}"` : cut;
}
