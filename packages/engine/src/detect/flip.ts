import type { FieldPredicate, Predicate, RangePredicate } from "@harrier/lang/ir";
import {
  type EventDocument,
  type Explanation,
  evaluatePredicate,
  type MatchOptions,
  withField,
  withoutField,
} from "@harrier/lang/match";
import { formatInstant, type Literal } from "@harrier/lang/values";

/** A change of an event: a field with another value, or without one. */
export interface FieldChange {
  readonly field: string;
  /** Absent: the field is taken away. */
  readonly value?: string | number | boolean;
}

/**
 * The least change of the event that turns the verdict round: as few clauses as possible, each by one field.
 * `undefined` where none is found by looking at clauses one by one. What is given was tried.
 */
export function findFlip(
  explanation: Explanation,
  document: EventDocument,
  options: MatchOptions,
): readonly FieldChange[] | undefined {
  const { predicate, verdict } = explanation;
  const changes = changesFor(explanation, !verdict);
  if (changes === undefined) return undefined;
  const changed = changes.reduce<EventDocument>(
    (event, { field, value }) =>
      value === undefined ? withoutField(event, field) : withField(event, field, value),
    document,
  );
  return evaluatePredicate(predicate, changed, options) === !verdict ? changes : undefined;
}

/** The changes that give the clause the verdict; `undefined` where nobody knows any. */
function changesFor(clause: Explanation, wanted: boolean): readonly FieldChange[] | undefined {
  const { predicate, verdict, of } = clause;
  if (verdict === wanted) return [];
  switch (predicate.kind) {
    case "not":
      return of[0] && changesFor(of[0], !wanted);
    case "all":
    case "any":
      return (predicate.kind === "all") === wanted
        ? allChanges(of, wanted)
        : leastChanges(of, wanted);
    default:
      return changeOfLeaf(predicate, wanted);
  }
}

/** Every part must have the verdict. Two changes of one field can't both be made. */
function allChanges(
  parts: readonly Explanation[],
  wanted: boolean,
): readonly FieldChange[] | undefined {
  const changes = new Map<string, FieldChange>();
  for (const part of parts) {
    const own = changesFor(part, wanted);
    if (own === undefined) return undefined;
    for (const change of own) {
      const known = changes.get(change.field);
      if (known !== undefined && known.value !== change.value) return undefined;
      changes.set(change.field, change);
    }
  }
  return [...changes.values()];
}

function leastChanges(
  parts: readonly Explanation[],
  wanted: boolean,
): readonly FieldChange[] | undefined {
  let least: readonly FieldChange[] | undefined;
  for (const part of parts) {
    const own = changesFor(part, wanted);
    if (own !== undefined && (least === undefined || own.length < least.length)) least = own;
  }
  return least;
}

function changeOfLeaf(leaf: Predicate, wanted: boolean): readonly FieldChange[] | undefined {
  if (!("field" in leaf)) return undefined;
  const { path } = leaf.field;
  if (!wanted) return [{ field: path }];
  const value = valueFor(leaf);
  return value === undefined ? undefined : [{ field: path, value }];
}

/** A value that makes the leaf true; `undefined` where it takes more than a look at the leaf. */
function valueFor(leaf: FieldPredicate): FieldChange["value"] | undefined {
  switch (leaf.kind) {
    case "exists":
      return exampleOf(leaf.field.type);
    case "equals":
      return leaf.values[0] === undefined ? undefined : plain(leaf.values[0], leaf.field.type);
    case "wildcard":
      return leaf.patterns[0] === undefined ? undefined : textFor(leaf.patterns[0]);
    case "range":
      return leaf.field.type === "date" ? undefined : numberWithin(leaf);
    case "cidr":
      return leaf.blocks[0]?.split("/", 1)[0];
    case "tokens":
      return leaf.mode === "wildcard" ? undefined : leaf.tokens.join(" ");
    default:
      return undefined;
  }
}

function exampleOf(type: FieldPredicate["field"]["type"]): FieldChange["value"] | undefined {
  if (type === "keyword" || type === "text" || type === "unknown") return "x";
  if (type === "boolean") return true;
  return type === "long" || type === "double" ? 1 : undefined;
}

/** Dates of a condition are nanoseconds. */
function plain(
  value: Literal,
  type: FieldPredicate["field"]["type"],
): FieldChange["value"] | undefined {
  if (value === null) return undefined;
  if (typeof value !== "bigint") return value;
  return type === "date" ? formatInstant(value) : Number(value);
}

/** The shortest text that the pattern matches. */
function textFor(pattern: string): string {
  return pattern.replaceAll("*", "").replaceAll("?", "x");
}

/** A number on the right side of the bounds; dates and texts take more thought. */
function numberWithin({ above, below }: RangePredicate): number | undefined {
  const bound = above ?? below;
  if (bound === undefined || typeof bound.value === "string") return undefined;
  const step = bound === above ? 1 : -1;
  return Number(bound.value) + (bound.inclusive ? 0 : step);
}
