import { type FieldValue, fieldValues, type JoinKey, joinKeys } from "@harrier/lang/match";
import type { FieldPath } from "@harrier/lang/values";
import type { IngestedEvent } from "../ingest/index.ts";
import type {
  NewTermsPlan,
  RulePlan,
  ThreatMatchPlan,
  ThresholdPlan,
} from "../rule-types/index.ts";
import { stepsOf } from "./watch-list.ts";

/**
 * What a rule that counts or compares makes of events that meet its condition. Only the given events
 * are looked at, all as if in one window: when a run would see them is not said here.
 */
export type CountExplanation = ThresholdCount | NewTermsCount | ThreatComparison;

export interface ThresholdCount {
  readonly kind: "threshold";
  readonly plan: ThresholdPlan;
  /** In the order of their first events. */
  readonly groups: readonly GroupCount[];
}

export interface GroupCount {
  /** The group's values, in the order of the plan's fields. */
  readonly key: JoinKey;
  /** Places in the list of events given. */
  readonly events: readonly number[];
  /** Different values of the plan's cardinality field. */
  readonly distinct?: number;
  readonly isEnough: boolean;
}

export interface NewTermsCount {
  readonly kind: "new_terms";
  readonly plan: NewTermsPlan;
  /** Values, and the places of the events that have them; in the order of their first events. */
  readonly terms: readonly { readonly key: JoinKey; readonly events: readonly number[] }[];
}

export interface ThreatComparison {
  readonly kind: "threat_match";
  readonly plan: ThreatMatchPlan;
  /** What the events bring to the comparison. */
  readonly events: readonly { readonly place: number; readonly items: readonly ComparedItem[] }[];
}

/** The entries of one item of the mapping; an indicator must meet all of them. */
export type ComparedItem = readonly {
  readonly field: FieldPath;
  /** Empty where the event lacks the field. */
  readonly values: readonly FieldValue[];
  readonly indicatorField: FieldPath;
  readonly negate: boolean;
}[];

/** `places`: the events that meet the condition, and that no exception keeps away. `undefined` for rules that do not count. */
export function explainCounts(
  plan: RulePlan,
  events: readonly IngestedEvent[],
  places: readonly number[],
): CountExplanation | undefined {
  switch (plan.kind) {
    case "threshold":
      return { kind: plan.kind, plan, groups: countGroups(plan, events, places) };
    case "new_terms":
      return { kind: plan.kind, plan, terms: gatherKeys(plan, events, places) };
    case "threat_match":
      return {
        kind: plan.kind,
        plan,
        events: places.map((place) => ({ place, items: compareItems(plan, events[place]) })),
      };
    case "event":
    case "sequence":
    case "sample":
      return undefined;
    default:
      return plan satisfies never;
  }
}

function countGroups(
  plan: ThresholdPlan,
  events: readonly IngestedEvent[],
  places: readonly number[],
): readonly GroupCount[] {
  const { count, cardinality } = plan;
  return gatherKeys(plan, events, places).map(({ key, events: counted }) => {
    if (cardinality === undefined) {
      return { key, events: counted, isEnough: counted.length >= count };
    }
    const values = counted.flatMap((place) => valuesAt(events[place], cardinality.field.path));
    const distinct = new Set(values).size;
    const isEnough = counted.length >= count && distinct >= cardinality.count;
    return { key, events: counted, distinct, isEnough };
  });
}

/** The events of each combination of values of the fields that the plan counts by. */
function gatherKeys(
  plan: ThresholdPlan | NewTermsPlan,
  events: readonly IngestedEvent[],
  places: readonly number[],
): readonly { readonly key: JoinKey; readonly events: readonly number[] }[] {
  const [step] = stepsOf(plan);
  const gathered = new Map<string, { readonly key: JoinKey; readonly events: number[] }>();
  for (const place of places) {
    const event = events[place];
    if (step === undefined || event === undefined) continue;
    for (const key of joinKeys(step, event.document)) {
      const name = JSON.stringify(key.map((part) => [typeof part, String(part)]));
      const known = gathered.get(name) ?? { key, events: [] };
      gathered.set(name, known);
      known.events.push(place);
    }
  }
  return [...gathered.values()];
}

function compareItems(
  { items }: ThreatMatchPlan,
  event: IngestedEvent | undefined,
): readonly ComparedItem[] {
  return items.map((entries) =>
    entries.map(({ field, indicatorField, negate }) => ({
      field: field.path,
      values: valuesAt(event, field.path),
      indicatorField: indicatorField.path,
      negate,
    })),
  );
}

function valuesAt(event: IngestedEvent | undefined, path: FieldPath): readonly FieldValue[] {
  return event === undefined ? [] : fieldValues(event.document, path);
}
