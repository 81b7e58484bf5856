/** Makes events for a condition: one with a value for each of its leaves, one for every other leaf, one with wrong values. Reads and writes nothing. */
import {
  type Field,
  fieldsOf,
  type LeafPredicate,
  type Predicate,
  walkPredicate,
} from "@harrier/lang/ir";
import type { EventDocument } from "@harrier/lang/match";
import { formatInstant, type Literal } from "@harrier/lang/values";

/** Events that meet all leaves of a condition (a field has a value for each), half of them, and none. */
export function meetingEvents(condition: Predicate): readonly EventDocument[] {
  const leaves: LeafPredicate[] = [];
  walkPredicate(condition, (leaf) => leaves.push(leaf));
  const fields = fieldsOf(condition);
  return [
    eventOf(leaves),
    eventOf(leaves.filter((_, index) => index % 2 === 0)),
    eventOf(leaves.filter((_, index) => index % 2 === 1)),
    Object.fromEntries(fields.map((field) => [field.path, plainValue(field)])),
  ];
}

function eventOf(leaves: readonly LeafPredicate[]): EventDocument {
  const values = new Map<string, unknown[]>([["@timestamp", ["2026-01-01T00:00:00Z"]]]);
  for (const [path, value] of leaves.flatMap(valuesFor)) {
    const known = values.get(path) ?? [];
    values.set(path, [...known, value]);
  }
  return Object.fromEntries(
    [...values].map(([path, list]) => [path, list.length > 1 ? list : list[0]]),
  );
}

/** A value for each field of a leaf that makes the leaf true, as far as that can be told. */
function valuesFor(leaf: LeafPredicate): readonly (readonly [path: string, value: unknown])[] {
  switch (leaf.kind) {
    case "exists":
      return [[leaf.field.path, plainValue(leaf.field)]];
    case "equals":
      return leaf.values
        .slice(0, 3)
        .map((value) => [leaf.field.path, eventValue(leaf.field, value)]);
    case "range": {
      const bound = leaf.above ?? leaf.below;
      const step = leaf.above === undefined ? -1 : 1;
      return bound === undefined ? [] : [[leaf.field.path, besides(leaf.field, bound.value, step)]];
    }
    case "wildcard":
      return leaf.patterns
        .slice(0, 3)
        .map((pattern) => [leaf.field.path, pattern.replaceAll("*", "").replaceAll("?", "x")]);
    case "cidr":
      return leaf.blocks.slice(0, 3).map((block) => [leaf.field.path, block.split("/")[0]]);
    case "regex":
      return [[leaf.field.path, plainValue(leaf.field)]];
    case "tokens":
      return [[leaf.field.path, leaf.tokens.join(" ").replace(/[*?]/g, "x")]];
    case "nested": {
      const inner: LeafPredicate[] = [];
      walkPredicate(leaf.of, (each) => inner.push(each));
      return [[leaf.path, Object.fromEntries(inner.flatMap(valuesFor))]];
    }
    case "anywhere":
      return leaf.patterns
        .slice(0, 1)
        .map((pattern) => ["message", pattern.replaceAll("*", "").replaceAll("?", "x")]);
    case "expression":
      return fieldsOf(leaf).map((field) => [field.path, plainValue(field)]);
    default:
      return leaf satisfies never;
  }
}

function plainValue({ type }: Field): unknown {
  switch (type) {
    case "long":
      return 7;
    case "double":
      return 7.5;
    case "boolean":
      return true;
    case "ip":
      return "192.0.2.7";
    case "date":
    case "date_nanos":
      return "2026-01-01T00:00:00Z";
    default:
      return "plain";
  }
}

function eventValue({ type }: Field, value: Exclude<Literal, null>): unknown {
  if (typeof value !== "bigint") return value;
  return type === "date" || type === "date_nanos" ? formatInstant(value) : Number(value);
}

function besides(field: Field, bound: Exclude<Literal, null | boolean>, step: number): unknown {
  if (typeof bound === "string") return bound;
  return typeof bound === "bigint" ? eventValue(field, bound + BigInt(step)) : bound + step;
}
