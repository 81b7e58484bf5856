import type { Diagnostic } from "@harrier/lang/text";
import { type CaseResult, failureFinding, type RuleTestReport } from "../../../app.ts";
import type { Colors } from "../../terminal.ts";

/** A run of tests with everything that there is to say of it. */
export interface TestReport extends RuleTestReport {
  readonly elapsedMs: number;
}

export interface ReportOptions {
  readonly width: number;
  readonly colors: Colors;
  /** Cases that hold, too, and explanations whole. */
  readonly isVerbose: boolean;
  readonly version: string;
}

/** Everything wrong, at its place: files that can't be read, and cases that fail. */
export function findingsOf({ diagnostics, results }: TestReport): readonly Diagnostic[] {
  return [...diagnostics, ...results.flatMap(failuresOf)];
}

export function failuresOf(result: CaseResult): readonly Diagnostic[] {
  return result.failures.map((failure) => failureFinding(result, failure));
}
