import type { Span } from "@harrier/lang/text";
import type { FileObject } from "../rule-set.ts";

/** Cases for one rule, as they were written. Paths are ready to be opened. */
export interface RuleTestFile {
  readonly path: string;
  /** The rule under test. */
  readonly rulePath: string;
  /** Rules whose alerts the rule reads. */
  readonly withRulePaths: readonly string[];
  readonly cases: readonly RuleTestCase[];
}

/** One case: what was there before, what came, and what the rule must make of it. */
export interface RuleTestCase {
  readonly name: string;
  /** Where the case stands. */
  readonly span: Span;
  /** Events of before: alerts about them are not counted. */
  readonly history: readonly EventSource[];
  /** What had arrived by each run; a case without several is one run. */
  readonly runs: readonly (readonly EventSource[])[];
  readonly indicators: readonly EventSource[];
  readonly exceptions: readonly FileObject[];
  readonly exceptionPaths: readonly string[];
  /** As `--value-list` takes them: `NAME=FILE`, `NAME:TYPE=FILE`. */
  readonly valueLists: readonly string[];
  /** What `now` means in queries; RFC 3339. */
  readonly now?: string;
  readonly indices: "any" | "strict";
  /** Each run makes no more alerts than the rule's `max_signals`. */
  readonly keepsMaxSignals: boolean;
  readonly expected: Expectation;
}

/** Events of a case: written there, or in a file in any format that can be hunted. */
export type EventSource =
  | {
      readonly kind: "event";
      readonly document: Readonly<Record<string, unknown>>;
      readonly span: Span;
    }
  | { readonly kind: "file"; readonly path: string; readonly span: Span };

/** What a case asks for; at least one of the three. */
export interface Expectation {
  /** Some alert at all. */
  readonly match?: { readonly value: boolean; readonly span: Span };
  /** New alerts of each run. A sequence is one. */
  readonly counts?: {
    readonly value: readonly number[];
    readonly isList: boolean;
    readonly span: Span;
  };
  /** All alerts, in any order. Empty where the case describes none. */
  readonly alerts: readonly ExpectedAlert[];
}

export interface ExpectedAlert {
  readonly span: Span;
  /** Places of its events among those of the case, history first, from 1. */
  readonly events?: { readonly value: readonly number[]; readonly span: Span };
  /** Fields that the alert must not have. */
  readonly absent?: { readonly value: readonly string[]; readonly span: Span };
  /** Whole values by field. */
  readonly fields: readonly {
    readonly field: string;
    readonly value: unknown;
    readonly span: Span;
  }[];
}
