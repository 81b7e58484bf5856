/**
 * Running rules over events.
 *
 * A hunt makes one list of the conditions of all rules (`watch-list`) and asks a `ConditionSet` about
 * each event once (`match-event`). A rule for single events alerts at once. A sequence can be decided
 * only when all events are there, for files are in no order: of an event that meets a step a small
 * record stays in memory (`recorder`), the event itself goes to a temporary file (`spool`). After the
 * last event each sequence takes its records in the order of time and finds its matches (`join`), and
 * the events of a match are read back for its alerts (`raise-deferred`). The `ledger` gives every
 * alert out once and counts; `outcomes` says of every rule what became of it.
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
export { type HuntOptions, type HuntProgress, hunt, type Meter } from "./hunt.ts";
export { InputLog } from "./input-log.ts";
export { type LeftOut, nothingLeftOut } from "./left-out.ts";
export { openFileSpool, type Spool } from "./spool.ts";
export type { CannotFireReason, HuntSummary, RuleOutcome } from "./summary.ts";
