import type { Field, Predicate } from "@harrier/lang/ir";
import {
  canonicalAddress,
  type EpochNanos,
  type FieldType,
  parseBlock,
  parseDateConstant,
  parseNumber,
} from "@harrier/lang/values";

/** What some value of a field must be: a value of its type, a block of addresses, a stretch of time. */
type Wanted =
  | { readonly kind: "value"; readonly value: string | bigint | number | boolean }
  | { readonly kind: "block"; readonly text: string }
  | { readonly kind: "time"; readonly earliest: EpochNanos; readonly latest: EpochNanos };

export interface FieldValues {
  /** Some value of the field is one of those that fit; false where none does. */
  readonly predicate: Predicate;
  /** Places of the texts that the field can't take. */
  readonly misfits: readonly number[];
}

/**
 * Some value of the field is one of the texts, each read as the field's type has it, as a phrase query does
 * (detection-semantics 6.3): texts exactly, addresses also by block, numbers by value, a date by its precision.
 */
export function matchValues(
  field: Field,
  texts: readonly string[],
  { fold, now }: { readonly fold: boolean; readonly now: EpochNanos },
): FieldValues {
  const values: (string | bigint | number | boolean)[] = [];
  const blocks: string[] = [];
  const parts: Predicate[] = [];
  const misfits: number[] = [];
  for (const [index, text] of texts.entries()) {
    const wanted = readWanted(text, field.type, now);
    if (wanted === undefined) misfits.push(index);
    else if (wanted.kind === "value") values.push(wanted.value);
    else if (wanted.kind === "block") blocks.push(wanted.text);
    else {
      const above = { value: wanted.earliest, inclusive: true };
      const below = { value: wanted.latest, inclusive: true };
      parts.push({ kind: "range", field, above, below });
    }
  }
  if (blocks.length > 0) parts.unshift({ kind: "cidr", field, blocks });
  if (values.length > 0) parts.unshift({ kind: "equals", field, values, fold });
  const [only] = parts;
  return {
    predicate: parts.length === 1 && only !== undefined ? only : { kind: "any", of: parts },
    misfits,
  };
}

/** What the field's values must be, in words, for messages. */
export function expectedBy(type: FieldType): string {
  switch (type) {
    case "ip":
      return "an address or a block of addresses";
    case "date":
    case "date_nanos":
      return "a date";
    case "boolean":
      return "true or false";
    default:
      return "a number";
  }
}

function readWanted(text: string, type: FieldType, now: EpochNanos): Wanted | undefined {
  switch (type) {
    case "long":
    case "double": {
      const number = parseNumber(text);
      if (number === undefined) return undefined;
      // One spelling of a number, so that equal conditions are found equal.
      const isWhole = typeof number === "number" && Number.isSafeInteger(number);
      return { kind: "value", value: isWhole ? BigInt(number) : number };
    }
    case "boolean":
      return text === "true" || text === "false"
        ? { kind: "value", value: text === "true" }
        : undefined;
    case "ip": {
      const value = canonicalAddress(text);
      if (value !== undefined) return { kind: "value", value };
      return text.includes("/") && parseBlock(text) !== undefined
        ? { kind: "block", text }
        : undefined;
    }
    case "date":
    case "date_nanos": {
      const range = parseDateConstant(text, now);
      if (range === undefined) return undefined;
      if (type === "date_nanos") return { kind: "time", ...range };
      // A date field keeps milliseconds, so a constant stands for whole ones.
      const earliest = floorToMilli(range.earliest);
      return { kind: "time", earliest, latest: floorToMilli(range.latest) + nanosPerMilli - 1n };
    }
    default:
      return { kind: "value", value: text };
  }
}

const nanosPerMilli = 1_000_000n;

function floorToMilli(nanos: EpochNanos): EpochNanos {
  const rest = nanos % nanosPerMilli;
  return nanos - (rest < 0n ? rest + nanosPerMilli : rest);
}
