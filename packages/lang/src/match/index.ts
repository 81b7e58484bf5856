/**
 * Running predicates and plans over events.
 *
 * `evaluatePredicate` is the meaning: a walk over the tree, kept for ever. What one value does to a leaf is
 * said once, in `leaf` and `field-type`. `compilePredicate` is the same for one predicate, made ready.
 * `ConditionSet` is the fast twin for thousands: it never runs a condition to learn that it is false. Each
 * field has a table from values to the leaves that they make true; a true leaf nominates the conditions that
 * can't do without it, and only their branch programs run. Its values come from parsed documents, or from the bytes
 * of lines (`lines/`), where most values never become strings. `SequenceMatcher` is the state machine over the
 * steps that events met (`sequences/`): one slot per stage and key, in a memory with a bound. `SequenceSet` runs many of them
 * over a stream and arms in the condition set only what a sequence waits for. `runPlan` does all of it to a list, as a search would.
 */
export { compilePredicate } from "./compile.ts";
export { ConditionSet } from "./condition-set.ts";
export { type EventDocument, type FieldValue, fieldValues } from "./document.ts";
export { withField, withoutField } from "./edit.ts";
export { evaluatePredicate } from "./evaluate.ts";
export { type Explanation, explainPredicate } from "./explain.ts";
export { evaluateExpression } from "./expression.ts";
export { compareKeys, decodeKey, encodeKey, type JoinKey, joinKeys } from "./join-key.ts";
export type { DecodeText, LineMatcher, LineOptions } from "./lines/line-matcher.ts";
export type { ConditionSightings, NeverSeen } from "./never-seen.ts";
export type { MatchOptions } from "./options.ts";
export {
  compareOrdered,
  type EventReference,
  type OrderedEvent,
  type StepHit,
} from "./ordered-event.ts";
export { type RunOptions, runPlan } from "./run.ts";
export { matchSample, type SampleEvent, type SampleOptions } from "./sample.ts";
export {
  type SequenceHit,
  SequenceMatcher,
  type SequenceOptions,
} from "./sequences/sequence-matcher.ts";
export {
  type FoundSequence,
  SequenceSet,
  type SequenceSetOptions,
  type WatchedSequence,
} from "./sequences/sequence-set.ts";
export type { ConditionCounts, LeafCounts, MatchStatistics } from "./statistics.ts";
