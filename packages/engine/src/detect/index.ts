/** Running rules over events. */
export type { CannotFireReason, HuntSummary, RuleOutcome } from "./summary.ts";
