import { ecsSchema } from "@harrier/lang/ecs";
import type { EventDocument } from "@harrier/lang/match";
import type { Diagnostic } from "@harrier/lang/text";
import type { CaseFolding, EpochNanos } from "@harrier/lang/values";
import { sourceEventOf } from "../alerts/index.ts";
import { explainRule, type RuleExplanation } from "../detect/index.ts";
import {
  type IngestedEvent,
  type InputFinding,
  openInputs,
  readEvents,
  readingChoices,
} from "../ingest/index.ts";
import { compileRule } from "../rule-types/index.ts";
import { readRuleText } from "../rules/index.ts";
import type { EventRequest } from "./event-request.ts";

export interface ExplainAlertsRequest extends EventRequest {
  /** Only the alert with this id; its blocks come with it. */
  readonly alertId?: string;
  /** Alerts explained at most. */
  readonly limit: number;
  readonly folding: CaseFolding;
  readonly now: EpochNanos;
}

export interface AlertExplanation {
  readonly alertId: string;
  readonly reason: string;
  /** Absent where the alert does not hold its rule; the diagnostics say why. */
  readonly explanation?: RuleExplanation;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ExplainAlertsReport {
  readonly alerts: readonly AlertExplanation[];
  readonly findings: readonly InputFinding[];
  /** There were more alerts than `limit`. */
  readonly isCut: boolean;
}

/** Why alerts were raised, by the rule and the events that they hold themselves. Alerts are read as events are. */
export async function explainAlerts(request: ExplainAlertsRequest): Promise<ExplainAlertsReport> {
  const { paths, stdin, signal, alertId, limit } = request;
  const findings: InputFinding[] = [];
  const onFinding = (finding: InputFinding) => {
    findings.push(finding);
  };
  const heads: IngestedEvent[] = [];
  const blocks = new Map<string, IngestedEvent[]>();
  const inputs = await openInputs(paths, { stdin, onFinding });
  for await (const batch of readEvents(inputs, { signal, onFinding, ...readingChoices(request) })) {
    for (const event of batch) {
      const { document } = event;
      const id = document["kibana.alert.uuid"];
      if (typeof id !== "string") continue;
      const group = document["kibana.alert.group.id"];
      const isBlock = document["kibana.alert.group.index"] !== undefined;
      if (isBlock && typeof group === "string")
        blocks.set(group, [...(blocks.get(group) ?? []), event]);
      else if (alertId === undefined || alertId === id) heads.push(event);
    }
  }
  return {
    alerts: heads.slice(0, limit).map((head) => explainAlert(head, blocks, request)),
    findings,
    isCut: heads.length > limit,
  };
}

function explainAlert(
  head: IngestedEvent,
  blocks: ReadonlyMap<string, readonly IngestedEvent[]>,
  { folding, now }: ExplainAlertsRequest,
): AlertExplanation {
  const { document } = head;
  const about = {
    alertId: String(document["kibana.alert.uuid"]),
    reason: String(document["kibana.alert.reason"] ?? ""),
  };
  const text = JSON.stringify(document["kibana.alert.rule.parameters"] ?? {});
  const read = readRuleText({ name: `the rule of alert ${about.alertId}`, text });
  const diagnostics = read.failures.flatMap((failure) => failure.diagnostics);
  const [loaded] = read.rules;
  if (loaded === undefined) return { ...about, diagnostics };
  const compiled = compileRule(loaded.rule, {
    schema: ecsSchema,
    strictFields: false,
    now,
    folding,
  });
  const group = document["kibana.alert.group.id"];
  const own = typeof group === "string" ? (blocks.get(group) ?? []) : [];
  const events = (own.length > 0 ? [...own].sort(byPlace) : [head]).map(asSourceEvent);
  return {
    ...about,
    diagnostics: compiled.diagnostics,
    explanation: explainRule(compiled, events, { folding }),
  };
}

function asSourceEvent(event: IngestedEvent): IngestedEvent {
  return { ...event, document: sourceEventOf(event.document) };
}

function byPlace(left: IngestedEvent, right: IngestedEvent): number {
  return placeOf(left.document) - placeOf(right.document);
}

function placeOf(document: EventDocument): number {
  return Number(document["kibana.alert.group.index"] ?? -1);
}
