import type { Field, FieldPredicate } from "@harrier/lang/ir";
import { formatInstant, type Literal } from "@harrier/lang/values";
import type { Random } from "../random.ts";
import { oddCase, oddCharacter, oddText } from "./odd-text.ts";
import { regexText } from "./regex-text.ts";

/** A value of an event. */
export type EventValue = string | number | boolean;

/** A value that makes the leaf true, as far as that can be told, by a random choice among its literals. */
export function valueForLeaf(leaf: FieldPredicate, random: Random): EventValue {
  switch (leaf.kind) {
    case "exists":
      return plainValue(leaf.field, random);
    case "equals": {
      const literal = pick(leaf.values, random);
      if (literal === undefined) return "";
      const value = eventValue(leaf.field, literal);
      if (typeof value !== "string") return random.chance(0.1) ? String(value) : value;
      return leaf.fold || random.chance(0.05) ? oddCase(value, random) : value;
    }
    case "range": {
      const bound = leaf.above ?? leaf.below;
      const step = leaf.above === undefined ? -1 : 1;
      return bound === undefined
        ? ""
        : besides(leaf.field, bound.value, step * (bound.inclusive ? random.below(2) : 1));
    }
    case "wildcard":
      return fillPattern(pick(leaf.patterns, random) ?? "", leaf.fold, random);
    case "regex": {
      const text = regexText(pick(leaf.patterns, random) ?? "", random);
      return leaf.fold ? oddCase(text, random) : text;
    }
    case "cidr":
      return addressInside(pick(leaf.blocks, random) ?? "", random);
    case "tokens": {
      const tokens = leaf.mode === "phrase" ? leaf.tokens : leaf.tokens.slice(0, 0);
      const chosen = tokens.length > 0 ? tokens : [pick(leaf.tokens, random) ?? ""];
      const text = chosen
        .map((token) => token.replaceAll("*", random.pick(["", "ab"])).replaceAll("?", "x"))
        .join(" ");
      return random.pick(["", "one two "]) + oddCase(text, random) + random.pick(["", ", three"]);
    }
    default:
      return leaf satisfies never;
  }
}

/** A text that the pattern matches: stars and question marks filled at random. */
function fillPattern(pattern: string, fold: boolean, random: Random): string {
  const changesCase = fold || random.chance(0.05);
  return pattern
    .split(/([*?])/)
    .map((piece) => {
      if (piece === "*") return oddText(random);
      if (piece === "?") return oddCharacter(random);
      return changesCase ? oddCase(piece, random) : piece;
    })
    .join("");
}

/** Some value that the field can hold. */
export function plainValue({ type }: Field, random: Random): EventValue {
  switch (type) {
    case "long":
      return random.below(10);
    case "double":
      return random.below(10) + 0.5;
    case "boolean":
      return random.chance(0.5);
    case "ip":
      // Rules about connections leave out all that is private or reserved.
      return random.pick(["192.0.2.7", "9.8.7.6", "2a00:1::7"]);
    case "date":
    case "date_nanos":
      return "2026-01-01T00:00:00Z";
    default:
      return random.pick(["plain", "value 7", "", "C:\\plain.exe"]);
  }
}

/** Any address of the block, if it is one of IPv4; the block's own address otherwise. */
function addressInside(block: string, random: Random): string {
  const [address = "", length] = block.split("/");
  const bytes = address.split(".").map(Number);
  if (bytes.length !== 4) return address;
  const fixed = length === undefined ? 32 : Number(length);
  return bytes
    .map((byte, index) => {
      const free = Math.min(8, Math.max(0, (index + 1) * 8 - fixed));
      return (byte & ~((1 << free) - 1)) | random.below(1 << free);
    })
    .join(".");
}

function eventValue({ type }: Field, value: Exclude<Literal, null>): EventValue {
  if (typeof value !== "bigint") return value;
  return type === "date" || type === "date_nanos" ? formatInstant(value) : Number(value);
}

function besides(field: Field, bound: Exclude<Literal, null | boolean>, step: number): EventValue {
  // A text with one more character is the next one.
  if (typeof bound === "string")
    return step > 0 ? `${bound}0` : bound.slice(0, bound.length + step);
  return typeof bound === "bigint" ? eventValue(field, bound + BigInt(step)) : bound + step;
}

function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[random.below(items.length)];
}
