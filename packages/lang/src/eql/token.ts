import type { Diagnostic, DiagnosticCode } from "../text/index.ts";

/** Words that cannot name a field or category without quotes. Lower case only (eql-semantics 1.3). */
export const keywords: ReadonlySet<string> = new Set([
  "and",
  "any",
  "by",
  "false",
  "in",
  "in~",
  "join",
  "like",
  "like~",
  "maxspan",
  "not",
  "null",
  "of",
  "or",
  "regex",
  "regex~",
  "sample",
  "sequence",
  "true",
  "until",
  "where",
  "with",
]);

/** Offsets are UTF-16 units in the source, end exclusive. */
export type Token = {
  readonly start: number;
  readonly end: number;
  /** As the user wrote it. Empty at the end of the query. */
  readonly text: string;
} & (
  | { readonly kind: "keyword" | "symbol" | "identifier" | "end" }
  /** `endsWith~`: a function's insensitive form. `name` is without the mark. */
  | { readonly kind: "insensitive"; readonly name: string }
  /** A name in backticks, already without them. */
  | { readonly kind: "quoted"; readonly name: string }
  | { readonly kind: "string"; readonly value: string }
  /** `bigint` for a whole number of at most 64 bits, `number` for all others. */
  | { readonly kind: "number"; readonly value: bigint | number }
  /** What no token can hold. Reported when the parser comes to it, so that findings stay in order. */
  | { readonly kind: "bad"; readonly finding: Diagnostic }
);

/** A finding about a stretch of text, made without its span: the lexer adds it. */
export interface Trouble {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  /** Where inside the token it is, if that says more than the whole token. */
  readonly at?: { readonly start: number; readonly end: number; readonly message: string };
}
