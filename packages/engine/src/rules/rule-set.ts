import type { Diagnostic } from "@harrier/lang/text";
import type { RawObject } from "./classify.ts";
import type { Rule } from "./rule.ts";

/** Rules as they were read, and everything about their files that was not a rule. */
export interface RuleSet {
  /** By file, then by their order in it; no two have the same id. */
  readonly rules: readonly Rule[];
  /** In the order of their files. */
  readonly failures: readonly RuleFailure[];
  /** Findings about what was loaded all the same: warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** Exception containers, their items and connectors of exports, as the files have them. */
  readonly exceptionLists: readonly RawObject[];
  readonly exceptionItems: readonly RawObject[];
  readonly connectors: readonly RawObject[];
  /** Files read that hold rules or what belongs to them, failed ones included. */
  readonly files: number;
  /** Files and rules left out because they are deprecated. */
  readonly deprecated: number;
  /** Files of folders that hold nothing of ours. */
  readonly ignored: number;
}

/** A rule, or a whole file, that could not be read. */
export interface RuleFailure {
  readonly file: string;
  /** The rule's name, where it is known. */
  readonly name?: string;
  /** At least one error; the spans are in the file. */
  readonly diagnostics: readonly Diagnostic[];
}
