import type { EpochNanos } from "@harrier/lang/values";
import { explainRule, type ItemConditions, type RuleExplanation } from "../detect/index.ts";
import { conditionsOf, runClockOf } from "../exceptions/index.ts";
import {
  type IngestedEvent,
  type InputFinding,
  openInputs,
  readEvents,
  readingChoices,
} from "../ingest/index.ts";
import type { CompiledRule } from "../rule-types/index.ts";
import type { RuleFailure } from "../rules/index.ts";
import {
  type CompiledRules,
  type ExceptionReport,
  loadAndCompile,
  type RuleRequest,
} from "./compile-rules.ts";
import type { EventRequest } from "./event-request.ts";

export interface ExplainRequest extends RuleRequest, EventRequest {
  /** Events explained at most. */
  readonly limit: number;
}

export interface ExplainReport {
  /** One for each rule. */
  readonly explanations: readonly RuleExplanation[];
  readonly ruleFailures: readonly RuleFailure[];
  readonly exceptions: ExceptionReport;
  readonly findings: readonly InputFinding[];
  /** There were more events than `limit`. */
  readonly isCut: boolean;
}

/** Why each rule matches or does not, clause by clause, for each event. */
export async function runExplain(request: ExplainRequest): Promise<ExplainReport> {
  const { paths, stdin, signal, limit, now, folding = "unicode" } = request;
  const { rules, failures, itemsOf, exceptions } = await loadAndCompile(request);
  const findings: InputFinding[] = [];
  const onFinding = (finding: InputFinding) => {
    findings.push(finding);
  };
  const events: IngestedEvent[] = [];
  for await (const batch of readEvents(await openInputs(paths, { stdin, onFinding }), {
    signal,
    onFinding,
    ...readingChoices(request),
  })) {
    events.push(...batch);
    if (events.length > limit) break;
  }
  const shown = events.slice(0, limit);
  return {
    explanations: rules.map((rule) =>
      explainRule(rule, shown, { folding, exceptions: conditionsOfItems(rule, itemsOf, now) }),
    ),
    ruleFailures: failures,
    exceptions,
    findings,
    isCut: events.length > limit,
  };
}

/** What the exceptions of a rule ask of an event. */
export function conditionsOfItems(
  rule: CompiledRule,
  itemsOf: CompiledRules["itemsOf"],
  now: EpochNanos,
): readonly ItemConditions[] {
  const clock = runClockOf(rule.rule);
  return itemsOf(rule).map((each) => ({
    item: each.item,
    conditions: conditionsOf(each, clock, now),
  }));
}
