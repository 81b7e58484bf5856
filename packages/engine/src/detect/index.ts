/** Running rules over events. */
export type {
  EventExplanation,
  RuleExplanation,
  StepExplanation,
} from "./explain.ts";
export type { HuntProgress } from "./hunt.ts";
export type { CannotFireReason, HuntSummary, RuleOutcome } from "./summary.ts";
