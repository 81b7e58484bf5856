import type { EventDocument } from "@harrier/lang/match";
import { type EpochNanos, type FieldPath, formatInstant, type Literal } from "@harrier/lang/values";
import type { Rule } from "../rules/index.ts";
import type { AlertBody, AlertDocument, Ancestor } from "./alert.ts";
import { ancestorsOf, depthBelow, descendsFrom } from "./ancestry.ts";
import { cleanSource } from "./clean.ts";
import { enrich, type IndicatorMatch } from "./enrichments.ts";
import { eventAlertId, groupedAlertId, newTermsAlertId, runId, space } from "./ids.ts";
import { jsonValue } from "./json-value.ts";
import { timeOf } from "./lookup.ts";
import { copyOriginal, withoutReplaced } from "./original.ts";
import { applyOverrides, type Overridden } from "./overrides.ts";
import { reasonText } from "./reason.ts";
import type { AlertContext, AlertSource } from "./source.ts";
import {
  type AlertSuppression,
  groupsInStore,
  hashedTerms,
  suppressionFields,
} from "./suppression.ts";

/** What an alert on one event has by its rule's type, and from suppression. */
export interface AlertExtras {
  /** The values that were not seen before, in the order of the rule's fields. */
  readonly newTerms?: readonly Literal[];
  /** The indicators that the event meets, and where in an indicator its own object is. */
  readonly threat?: {
    readonly matches: readonly IndicatorMatch[];
    readonly indicatorPath: FieldPath;
  };
  readonly suppression?: AlertSuppression;
}

/**
 * The alert of a rule on one event, made at `created`. Undefined when the event descends from an
 * alert of the same rule, which must not feed on itself.
 */
export function buildAlert(
  context: AlertContext,
  event: AlertSource,
  created: EpochNanos,
  extras: AlertExtras = {},
): AlertDocument | undefined {
  const { rule } = context;
  const { newTerms, threat, suppression } = extras;
  const ancestors = ancestorsOf(event);
  if (descendsFrom(ancestors, rule)) return undefined;
  const source =
    threat === undefined
      ? event
      : { ...event, document: enrich(event.document, threat.matches, threat.indicatorPath) };
  const kept = keepOfSource(source, context);
  const overridden = applyOverrides(rule, source.document);
  return {
    ...buildBody(context, source, kept, ancestors, created, overridden),
    ...(rule.isBuildingBlock ? { "kibana.alert.building_block_type": "default" as const } : {}),
    ...(newTerms === undefined ? {} : { "kibana.alert.new_terms": newTerms.map(jsonValue) }),
    ...(suppression === undefined ? {} : suppressionFields(suppression, rule)),
    "kibana.alert.uuid": alertId(event, rule, extras),
  };
}

function alertId({ id, index }: AlertSource, rule: Rule, extras: AlertExtras): string {
  const { newTerms, suppression } = extras;
  if (newTerms !== undefined) return newTermsAlertId(id, index, rule, newTerms);
  if (suppression === undefined || !groupsInStore(rule)) return eventAlertId(id, index, rule);
  const { terms, start, createdEnd } = suppression;
  return groupedAlertId(id, index, rule, hashedTerms(terms), start, createdEnd);
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
