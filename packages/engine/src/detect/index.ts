/**
 * Running rules over events.
 *
 * A hunt makes one list of the conditions of all rules (`watch-list`) and asks a `ConditionSet` about
 * each event once, on as many threads as there are (`scan`); what follows from the answers has an order
 * and happens on one (`match-event`). A rule for single events alerts at once. What joins, counts or
 * compares events can be decided only when all are there, for files are in no order: of an event that
 * meets a condition a small record stays in memory (`recorder`), the event itself goes to a temporary
 * file (`spool`). After the last event each such rule takes its records in the order of time (`order`)
 * and finds its *candidates* (`join`, `threshold`, `new-terms`), each with the run of the rule's
 * schedule that would have found it (`windows`). Some are beyond a cap (`cap`) or stand for others
 * (`suppress`); of the rest the events are read back for the alerts (`raise-alert`). The `ledger` gives
 * every alert out once and counts; `outcomes` says of every rule what became of it. Threat match rules
 * look events up among the indicators that were read before (`indicators`, `threat-join`); rules that
 * read alerts get every alert back as an event (`read-alerts`).
 */
export {
  type EventExplanation,
  type ExplainOptions,
  explainRule,
  type RuleExplanation,
  type StepExplanation,
} from "./explain.ts";
export type {
  ComparedItem,
  CountExplanation,
  NewTermsCount,
  ThreatComparison,
  ThresholdCount,
} from "./explain-counts.ts";
export type { ItemConditions, ItemExplanation } from "./explain-exceptions.ts";
export type { SequenceState } from "./explain-sequence.ts";
export type { FieldChange } from "./flip.ts";
export { type HuntOptions, type HuntProgress, hunt, type Meter } from "./hunt.ts";
export { compileIndexPatterns } from "./index-patterns.ts";
export { InputLog } from "./input-log.ts";
export { type LeftOut, nothingLeftOut } from "./left-out.ts";
export type { HuntProfile, PredicateCost, RuleCost } from "./profile.ts";
export { RuleCoverage, type RulePossibility } from "./rule-coverage.ts";
export { type AlertGroup, groupAlerts } from "./rule-tests/alert-group.ts";
export { type CaseFailure, compareCase } from "./rule-tests/compare-case.ts";
export {
  type CaseOutcome,
  type CaseRequest,
  eventsOfCase,
  runCase,
} from "./rule-tests/run-case.ts";
export { openWorkerLane, type Threads } from "./scan/index.ts";
export { openFileSpool, type Spool } from "./spool.ts";
export type { CannotFireReason, HuntSummary, RuleOutcome } from "./summary.ts";
