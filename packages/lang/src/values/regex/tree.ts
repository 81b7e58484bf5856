import type { CodePoints } from "./code-points.ts";

/** A regular expression. Every node stands for a set of texts; there are no captures and no anchors. */
export type RegexNode =
  /** One code point out of a set. The empty set matches nothing: `#`. */
  | { readonly kind: "set"; readonly points: CodePoints }
  /** One after another. Without parts: the empty text. */
  | { readonly kind: "sequence"; readonly of: readonly RegexNode[] }
  /** One or the other; at least one part. */
  | { readonly kind: "alternatives"; readonly of: readonly RegexNode[] }
  /** `max` undefined: without end. `min` is at most `max`. */
  | {
      readonly kind: "repeat";
      readonly of: RegexNode;
      readonly min: number;
      readonly max: number | undefined;
    }
  /** Texts that all parts match, `A&B`. */
  | { readonly kind: "intersection"; readonly of: readonly RegexNode[]; readonly offset: number }
  /** Texts that the part does not match, `~A`. `offset` is where it stands in the pattern. */
  | { readonly kind: "complement"; readonly of: RegexNode; readonly offset: number };

/** A pattern that cannot be used, and where in it the trouble is (UTF-16 units). */
export class RegexSyntaxError extends Error {
  readonly offset: number;
  readonly hint: string | undefined;

  constructor(message: string, offset: number, hint?: string) {
    super(message);
    this.name = "RegexSyntaxError";
    this.offset = offset;
    this.hint = hint;
  }
}
