import type { Diagnostic, Source, Span } from "@harrier/lang/text";
import type { ObjectDocument, RawObject } from "./classify.ts";
import type { ValuePath } from "./parsed-file.ts";
import type { Rule } from "./rule.ts";

/** Rules as they were read, and everything about their files that was not a rule. */
export interface RuleSet {
  /** By file, then by their order in it; no two have the same id. */
  readonly rules: readonly Rule[];
  /** In the order of their files. */
  readonly failures: readonly RuleFailure[];
  /** Findings about what was loaded all the same: warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** Exception lists, their items and connectors, as the files have them. */
  readonly exceptionLists: readonly FileObject[];
  readonly exceptionItems: readonly FileObject[];
  readonly connectors: readonly RawObject[];
  /** Files read that hold rules or what belongs to them, failed ones included. */
  readonly files: number;
  /** Files and rules left out because they are deprecated. */
  readonly deprecated: number;
  /** Files of folders that hold nothing of ours. */
  readonly ignored: number;
}

/** An object of a file that is no rule, and where it stands. */
export interface FileObject extends Pick<ObjectDocument, "value" | "form" | "metadata"> {
  readonly source: Source;
  /** The place of a part of it, of all of it for an empty path. Slow: for findings only. */
  readonly spanOf: (path: ValuePath) => Span;
}

/** A rule, or a whole file, that could not be read. */
export interface RuleFailure {
  readonly file: string;
  /** The rule's name, where it is known. */
  readonly name?: string;
  /** At least one error; the spans are in the file. */
  readonly diagnostics: readonly Diagnostic[];
}
