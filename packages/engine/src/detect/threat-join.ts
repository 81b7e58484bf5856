import type { Field, Predicate } from "@harrier/lang/ir";
import { type EventDocument, type FieldValue, fieldValues } from "@harrier/lang/match";
import type { FieldPath } from "@harrier/lang/values";
import type { ThreatEntry, ThreatMatchPlan } from "../rule-types/index.ts";
import type { Comparison } from "./comparison.ts";
import type { IndicatorColumn, IndicatorId } from "./indicator-column.ts";
import type { ValueId } from "./value-table.ts";

/** A field of the indicators, and how its values are compared. */
export interface ComparedColumn {
  readonly column: IndicatorColumn;
  readonly comparison: Comparison;
}

/** An indicator that an event meets by one of its fields. */
export interface ThreatHit {
  readonly indicator: IndicatorId;
  readonly field: FieldPath;
  /** Those of the event that the indicator has. */
  readonly values: readonly FieldValue[];
}

/** The indicators of one rule, ready to be compared with events. */
export interface ThreatJoin {
  readonly matches: (document: EventDocument) => boolean;
  /** In the order of the rule's items, then of the indicators; at most `mostHits`. */
  readonly find: (document: EventDocument) => readonly ThreatHit[];
}

/** What an alert names at most (detection-semantics 3.4.4). */
const mostHits = 200;

/**
 * Compares events with indicators: some item of the mapping must hold, with all its entries on the
 * same indicator. An entry holds when any value of the event equals any value of the indicator; a
 * negated one when no value does, and at least one of both has the field.
 */
export function makeThreatJoin(
  { items }: ThreatMatchPlan,
  columnOf: (entry: ThreatEntry) => ComparedColumn,
  isWanted: (indicator: IndicatorId) => boolean,
): ThreatJoin {
  const compared = items.map((entries) =>
    entries.map(({ field, negate, ...entry }) => ({
      field,
      negate,
      ...columnOf({ field, negate, ...entry }),
    })),
  );
  const search = function* (document: EventDocument) {
    for (const entries of compared) yield* searchItem(entries, document, isWanted);
  };
  return {
    matches: (document) => search(document).next().done === false,
    find: (document) => {
      const hits = new Map<string, ThreatHit>();
      for (const hit of search(document)) {
        hits.set(`${hit.indicator} ${hit.field}`, hit);
        if (hits.size === mostHits) break;
      }
      return [...hits.values()];
    },
  };
}

interface ComparedEntry extends ComparedColumn {
  readonly field: Field;
  readonly negate: boolean;
}

/** An entry and what the event brings to it. */
interface Asked {
  readonly entry: ComparedEntry;
  /** The indicators' values that equal a value of the event, by that value. */
  readonly byValue: ReadonlyMap<FieldValue, readonly ValueId[]>;
  readonly values: ReadonlySet<ValueId>;
  readonly isAbsent: boolean;
}

function* searchItem(
  entries: readonly ComparedEntry[],
  document: EventDocument,
  isWanted: (indicator: IndicatorId) => boolean,
): Generator<ThreatHit> {
  const positive: Asked[] = [];
  const negated: Asked[] = [];
  for (const entry of entries) {
    const asked = ask(entry, document);
    // Most events share no value with any indicator: they are done here.
    if (!entry.negate && asked.values.size === 0) return;
    (entry.negate ? negated : positive).push(asked);
  }
  const rarest = findRarest(positive);
  if (rarest === undefined) return;
  const seen = new Set<IndicatorId>();
  for (const indicator of rarest.entry.column.indicatorsWith(rarest.values)) {
    if (seen.has(indicator)) continue;
    seen.add(indicator);
    if (!isWanted(indicator)) continue;
    if (!positive.every((asked) => asked === rarest || shares(asked, indicator))) continue;
    if (!negated.every((asked) => differs(asked, indicator))) continue;
    for (const asked of positive) yield describeHit(asked, indicator);
  }
}

function ask(entry: ComparedEntry, document: EventDocument): Asked {
  const { field, column, comparison } = entry;
  const found = fieldValues(document, field.path);
  const byValue = new Map<FieldValue, readonly ValueId[]>();
  for (const value of found) {
    if (byValue.has(value)) continue;
    const known = comparison.asked(value).flatMap((text) => column.find(text) ?? []);
    if (known.length > 0) byValue.set(value, known);
  }
  const values = new Set([...byValue.values()].flat());
  return { entry, byValue, values, isAbsent: found.length === 0 };
}

/** The entry that leaves the fewest indicators to look at. */
function findRarest(positive: readonly Asked[]): Asked | undefined {
  const [first] = positive;
  if (first === undefined || positive.length === 1) return first;
  const counted = positive.map((asked) => ({
    asked,
    count: asked.entry.column.countOf(asked.values),
  }));
  return counted.reduce((best, next) => (next.count < best.count ? next : best)).asked;
}

function shares({ entry, values }: Asked, indicator: IndicatorId): boolean {
  return entry.column.commonValues(indicator, values).length > 0;
}

function differs(asked: Asked, indicator: IndicatorId): boolean {
  if (asked.isAbsent) return asked.entry.column.hasAny(indicator);
  return !shares(asked, indicator);
}

function describeHit({ entry, byValue, values }: Asked, indicator: IndicatorId): ThreatHit {
  const common = new Set(entry.column.commonValues(indicator, values));
  const shared = [...byValue].filter(([, ids]) => ids.some((id) => common.has(id)));
  return { indicator, field: entry.field.path, values: shared.map(([value]) => value) };
}

/** The events that can match: those that have all fields of some item that it needs (3.4). */
export function eventCondition({ condition, items }: ThreatMatchPlan): Predicate {
  return { kind: "all", of: [condition, hasFields(items, ({ field }) => field)] };
}

/** The indicators that count, by the same measure. */
export function indicatorCondition({ indicatorCondition, items }: ThreatMatchPlan): Predicate {
  return {
    kind: "all",
    of: [indicatorCondition, hasFields(items, ({ indicatorField }) => indicatorField)],
  };
}

function hasFields(
  items: ThreatMatchPlan["items"],
  fieldOf: (entry: ThreatEntry) => Field,
): Predicate {
  const needed = items.map((entries) =>
    entries
      .filter(({ negate }) => !negate)
      .map((entry): Predicate => ({ kind: "exists", field: fieldOf(entry) })),
  );
  return { kind: "any", of: needed.map((of) => ({ kind: "all", of })) };
}
