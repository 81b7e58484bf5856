import type { ConditionSet } from "@harrier/lang/match";
import { hasErrors } from "@harrier/lang/text";
import type { CompiledRule } from "../rule-types/index.ts";
import type { Crashes } from "./crashes.ts";
import type { Indicators } from "./indicators.ts";
import type { KeyCoverage } from "./key-coverage.ts";
import type { Ledger } from "./ledger.ts";
import type { LeftOutCounter } from "./left-out.ts";
import type { RunningRule } from "./running-rule.ts";
import type { CannotFireReason, RuleOutcome } from "./summary.ts";
import type { WatchList } from "./watch-list.ts";

/** What the events of a hunt have shown about its rules. */
export interface Evidence {
  readonly running: readonly RunningRule[];
  readonly watchList: WatchList;
  readonly conditions: ConditionSet;
  readonly coverage: KeyCoverage;
  readonly ledger: Ledger;
  readonly leftOut: LeftOutCounter;
  readonly crashes: Crashes;
  readonly indicators: Indicators;
  /** Names of the indices that were seen, where rules see only the indices they list. */
  readonly indices: ReadonlySet<string> | undefined;
}

/** What became of each rule, in their order. */
export function judgeRules(
  rules: readonly CompiledRule[],
  evidence: Evidence,
): readonly RuleOutcome[] {
  const running = new Map(evidence.running.map((rule) => [rule.place, rule]));
  return rules.map(({ rule, unsupported, diagnostics }, place): RuleOutcome => {
    if (unsupported !== undefined) return { kind: "unsupported", rule, reason: unsupported };
    const runner = running.get(place);
    if (runner === undefined || hasErrors(diagnostics))
      return { kind: "failed", rule, diagnostics };
    const crash = evidence.crashes.of(runner);
    if (crash !== undefined) return { kind: "failed", rule, diagnostics: [crash] };
    const alerts = evidence.ledger.alertsOf(runner);
    const leftOut = evidence.leftOut.of(runner);
    if (alerts > 0) return { kind: "fired", rule, alerts, leftOut };
    const reasons = findReasons(runner, evidence);
    return reasons.length === 0
      ? { kind: "silent", rule, leftOut }
      : { kind: "cannot-fire", rule, reasons };
  });
}

/** Why the rule could not match any of the events; empty when it could have. */
function findReasons(runner: RunningRule, evidence: Evidence): readonly CannotFireReason[] {
  const { rule, place, lists } = runner;
  const { watchList, conditions, coverage, indicators, indices } = evidence;
  if (indices !== undefined && rule.index.length > 0 && ![...indices].some(lists)) {
    return [{ what: "source", field: "_index", values: rule.index }];
  }
  const lacking = indicators.lacking(runner);
  if (lacking.length > 0) return lacking;
  const need = watchList.needs.get(place);
  const reasons = [
    ...(need?.conditions ?? []).flatMap((condition) => conditions.neverSeen(condition)),
    ...(need?.taps ?? []).flatMap((tap) =>
      coverage.missing(tap).map((field): CannotFireReason => ({ what: "field", field })),
    ),
  ];
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}
