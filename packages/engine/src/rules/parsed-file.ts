import type { Diagnostic } from "@harrier/lang/text";
import type { DecodedText } from "./offset-map.ts";
import type { RuleOrigin } from "./rule.ts";

/** A stretch of a file's text; UTF-16 units, end exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The way to a value inside a file: keys of objects, indexes of lists. */
export type ValuePath = readonly (string | number)[];

/** A value that stands in a file: the whole of it, or a line of NDJSON. */
export interface ParsedValue {
  readonly value: unknown;
  /** Of NDJSON: the line, from 1. */
  readonly line?: number;
  /** Where the value at the path stands; `undefined` when that can't be told. Slow: for findings only. */
  readonly locate: (path: ValuePath) => TextRange | undefined;
  /** Reads the text that stands in a range again, with the place of each of its units. */
  readonly decode: (range: TextRange) => DecodedText | undefined;
}

/** What a file's text turned out to hold. Syntax errors are findings; the other values stand. */
export interface ParsedFile {
  readonly format: RuleOrigin["format"];
  readonly values: readonly ParsedValue[];
  readonly diagnostics: readonly Diagnostic[];
}
