import type { EventDocument } from "@harrier/lang/match";
import { type EpochNanos, type FieldPath, formatInstant, type Literal } from "@harrier/lang/values";
import type { AlertDocument } from "./alert.ts";
import { ancestorsOf } from "./ancestry.ts";
import { buildBody, keepOfSource } from "./build.ts";
import { eventAlertId, suppressedThresholdAlertId, thresholdSourceId } from "./ids.ts";
import { jsonValue } from "./json-value.ts";
import { applyOverrides } from "./overrides.ts";
import type { AlertContext, AlertSource } from "./source.ts";
import { type AlertSuppression, suppressionFields } from "./suppression.ts";

/** A group of events that is large enough. */
export interface ThresholdGroup {
  /** The grouped fields with the group's values, in the order of the rule; empty where all events are one group. */
  readonly terms: readonly { readonly field: FieldPath; readonly value: Literal }[];
  readonly count: number;
  /** Different values of the rule's cardinality field. */
  readonly cardinality?: { readonly field: FieldPath; readonly value: number };
  /** Times of the earliest and the latest event. */
  readonly first: EpochNanos;
  readonly last: EpochNanos;
  /** The events that were counted, or as many as are kept. */
  readonly events: readonly { readonly id: string; readonly index: string }[];
  /** Whether the rule's index patterns name the indices of all of them. */
  readonly isIndexListed: boolean;
}

/**
 * The alert of a group, made at `created` (detection-semantics 3.2.5). It is about no event of its
 * own: of the events it has the grouped values and the latest time. Which events were counted is in
 * `harrier.alert.events`.
 */
export function buildThresholdAlert(
  context: AlertContext,
  group: ThresholdGroup,
  created: EpochNanos,
  suppression?: AlertSuppression,
): AlertDocument {
  const { rule } = context;
  const source = sourceOf(group, context, created);
  const { id, index, document } = source;
  const body = buildBody(
    context,
    source,
    keepOfSource(source, context),
    ancestorsOf(source),
    created,
    applyOverrides(rule, document),
  );
  return {
    ...body,
    ...(rule.isBuildingBlock ? { "kibana.alert.building_block_type": "default" as const } : {}),
    "kibana.alert.threshold_result": resultOf(group),
    "harrier.alert.events": group.events,
    ...(suppression === undefined ? {} : suppressionFields(suppression, rule)),
    "kibana.alert.uuid":
      suppression === undefined
        ? eventAlertId(id, index, rule)
        : suppressedThresholdAlertId(id, index, rule),
  };
}

/** The event that there is not: what the events of the group have in common. */
function sourceOf(
  { terms, last, isIndexListed }: ThresholdGroup,
  { rule }: AlertContext,
  created: EpochNanos,
): AlertSource {
  const document: EventDocument = Object.fromEntries([
    ["@timestamp", formatInstant(last)],
    ...terms.map(({ field, value }) => [field, jsonValue(value)]),
  ]);
  const fields = terms.map(({ field }) => field);
  const values = terms.map(({ value }) => value);
  const id = thresholdSourceId(rule, created, fields, values);
  return { document, id, index: rule.index.join(","), isIndexListed };
}

function resultOf({ terms, count, cardinality, first }: ThresholdGroup) {
  return {
    terms: terms.map(({ field, value }) => ({ field, value: jsonValue(value) })),
    count,
    ...(cardinality === undefined ? {} : { cardinality: [cardinality] }),
    from: formatInstant(first),
  };
}
