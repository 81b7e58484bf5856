import type { EventDocument } from "@harrier/lang/match";
import type { AlertDocument } from "../alerts/index.ts";
import type { IngestedEvent } from "../ingest/index.ts";

/**
 * Rules that read alerts. Every alert of a hunt is, once it is made, an event for the rules whose
 * index patterns name the index of alerts: rules for single events alert about it at once, the others
 * record it and are decided after all rules that read only events. A rule never reads an alert that
 * descends from its own; and what rules that wait make is not waited for again.
 */

/** Where Elastic keeps alerts, today and before 8.0. */
const alertIndices = [".alerts-security.alerts-default", ".siem-signals-default"] as const;

/** Alerts on alerts on alerts: beyond this nobody reads on. */
export const deepestRead = 5;

/** Every alert has it. */
export const alertKey = "kibana.alert.uuid";

/** Whether the index patterns of a rule name alerts. A rule without patterns reads events only. */
export function namesAlerts(
  patterns: readonly string[],
  lists: (index: string | undefined) => boolean,
): boolean {
  return patterns.length > 0 && alertIndices.some(lists);
}

/** An alert of the hunt as an event, as it would be read from its index. */
export function alertAsEvent(alert: AlertDocument, position: number): IngestedEvent {
  return withSignalNames({
    document: alert,
    raw: alert,
    input: "alerts",
    position,
    index: alertIndices[0],
    id: alert["kibana.alert.uuid"],
  });
}

/** An alert under its old names, too (detection-semantics 4.2); any other event as it is. */
export function withSignalNames(event: IngestedEvent): IngestedEvent {
  const { document } = event;
  if (typeof document[alertKey] !== "string") return event;
  return { ...event, document: { ...document, ...signalNames(document) } };
}

/** Where the old name is not the new one behind `signal.`. */
const renamed = new Map([
  ["kibana.alert.rule.uuid", "signal.rule.id"],
  ["kibana.alert.workflow_status", "signal.status"],
  ["kibana.alert.severity", "signal.rule.severity"],
  ["kibana.alert.risk_score", "signal.rule.risk_score"],
]);
/** The alert's own values stand under these old names, not the rule's. */
const replaced = new Set([
  "kibana.alert.rule.severity",
  "kibana.alert.rule.risk_score",
  "kibana.alert.status",
]);
const prefix = "kibana.alert.";

/** An alert's fields under the names of the schema before 8.0, which some rules still use. */
function signalNames(alert: EventDocument): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(alert).flatMap(([name, value]) => {
      if (!name.startsWith(prefix) || replaced.has(name)) return [];
      return [[renamed.get(name) ?? `signal.${name.slice(prefix.length)}`, value]];
    }),
  );
}
