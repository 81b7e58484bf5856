import type { EventDocument } from "@harrier/lang/match";
import { type EpochNanos, formatInstant } from "@harrier/lang/values";
import type { AlertBody, AlertDocument, Ancestor } from "./alert.ts";
import { ancestorsOf, depthBelow, descendsFrom } from "./ancestry.ts";
import { cleanSource } from "./clean.ts";
import { eventAlertId, runId, space } from "./ids.ts";
import { timeOf } from "./lookup.ts";
import { copyOriginal, withoutReplaced } from "./original.ts";
import { applyOverrides, type Overridden } from "./overrides.ts";
import { reasonText } from "./reason.ts";
import type { AlertContext, AlertSource } from "./source.ts";

/**
 * The alert of a rule on one event, made at `created`. Undefined when the event descends from an
 * alert of the same rule, which must not feed on itself.
 */
export function buildAlert(
  context: AlertContext,
  source: AlertSource,
  created: EpochNanos,
): AlertDocument | undefined {
  const { rule } = context;
  const ancestors = ancestorsOf(source);
  if (descendsFrom(ancestors, rule)) return undefined;
  const kept = keepOfSource(source, context);
  const overridden = applyOverrides(rule, source.document);
  return {
    ...buildBody(context, source, kept, ancestors, created, overridden),
    "kibana.alert.uuid": eventAlertId(source.id, source.index, rule),
    ...(rule.isBuildingBlock ? { "kibana.alert.building_block_type": "default" as const } : {}),
  };
}

/** What an alert keeps of its event: the event cleaned, and copies of what the alert's own fields replace. */
export function keepOfSource({ document }: AlertSource, { schema }: AlertContext): EventDocument {
  const cleaned = cleanSource(document, schema);
  return { ...withoutReplaced(cleaned), ...copyOriginal(cleaned) };
}

/** Everything of an event's alert but its id: what was kept of the event under the alert's own fields. */
export function buildBody(
  context: AlertContext,
  source: AlertSource,
  kept: EventDocument,
  ancestors: readonly Ancestor[],
  created: EpochNanos,
  overridden: Overridden,
): AlertBody {
  const original = timeOf(source.document);
  return {
    "@timestamp": formatInstant(created),
    ...kept,
    ...buildAlertFields(context, ancestors, created, overridden),
    "kibana.alert.reason": reasonText(source.document, overridden.severity, overridden.name),
    ...(original === undefined ? {} : { "kibana.alert.original_time": formatInstant(original) }),
    ...(source.isIndexListed ? {} : { "harrier.alert.index_listed": false }),
  };
}

/** The fields that every alert has, whatever it is about. */
export function buildAlertFields(
  context: AlertContext,
  ancestors: readonly Ancestor[],
  created: EpochNanos,
  { severity, riskScore, name }: Overridden,
) {
  const { rule, ruleFields } = context;
  const tick = formatInstant(created);
  return {
    "event.kind": "signal",
    "kibana.space_ids": [space],
    "kibana.alert.ancestors": ancestors,
    "kibana.alert.depth": depthBelow(ancestors),
    "kibana.alert.severity": severity,
    "kibana.alert.risk_score": riskScore,
    "kibana.alert.status": "active",
    "kibana.alert.workflow_status": "open",
    "kibana.alert.workflow_tags": [],
    "kibana.alert.workflow_assignee_ids": [],
    "kibana.alert.start": tick,
    "kibana.alert.last_detected": tick,
    "kibana.alert.intended_timestamp": tick,
    "kibana.alert.rule.execution.uuid": runId(rule, created),
    "kibana.alert.rule.execution.timestamp": tick,
    "kibana.alert.rule.execution.type": "scheduled",
    ...ruleFields,
    "kibana.alert.rule.uuid": rule.id,
    "kibana.alert.rule.rule_id": rule.ruleId,
    "kibana.alert.rule.type": rule.type,
    "kibana.alert.rule.name": name,
  } as const;
}
