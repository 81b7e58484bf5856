/** Running predicates and plans over events. */
export { compilePredicate } from "./compile.ts";
export { ConditionSet } from "./condition-set.ts";
export { type EventDocument, type FieldValue, fieldValues } from "./document.ts";
export { evaluatePredicate } from "./evaluate.ts";
export { type Explanation, explainPredicate } from "./explain.ts";
export { evaluateExpression } from "./expression.ts";
export { type JoinKey, joinKeys } from "./join-key.ts";
export type { NeverSeen } from "./never-seen.ts";
export type { MatchOptions } from "./options.ts";
export { compareOrdered, type OrderedEvent, type StepHit } from "./ordered-event.ts";
export { type RunOptions, runPlan } from "./run.ts";
export { matchSample, type SampleEvent, type SampleOptions } from "./sample.ts";
export { type SequenceHit, SequenceMatcher, type SequenceOptions } from "./sequence.ts";
