import type { Span } from "../text/index.ts";
import type { WildcardPattern } from "../values/index.ts";

/** A query as it was written. Without clauses it is met by every event. */
export interface LuceneQuery {
  readonly clauses: readonly ClauseNode[];
  readonly span: Span;
}

/** What stands in a row, each with the operator before it. What the operators come to is told in `clauses`. */
export interface ClauseNode {
  /** `AND`, `&&` or `OR`, `||` before the clause; null before the first, and where only a space stands. */
  readonly conjunction: "and" | "or" | null;
  /** `+`, or `-`, `!`, `NOT`. */
  readonly modifier: "+" | "-" | null;
  readonly of: ItemNode;
  readonly span: Span;
}

export type ItemNode = GroupNode | MatchNode;

/** `(a OR b)`, `field:(a OR b)`: the field is that of all in the group that name none. */
export interface GroupNode {
  readonly kind: "group";
  readonly field: FieldNode | null;
  /** At least one. */
  readonly clauses: readonly ClauseNode[];
  readonly boost: BoostNode | null;
  readonly span: Span;
}

/** `field:value`, or a value of the field around, or of any field. */
export interface MatchNode {
  readonly kind: "match";
  readonly field: FieldNode | null;
  readonly value: ValueNode;
  readonly boost: BoostNode | null;
  readonly span: Span;
}

/** `^2`: how much the item counts in the order of results, of which a rule has none. */
export interface BoostNode {
  readonly factor: string;
  readonly span: Span;
}

/** A name, escapes resolved; in a name `*` is any run of characters. `_exists_` asks for the field that is its value. */
export interface FieldNode {
  readonly name: string;
  readonly span: Span;
}

export type ValueNode = TextNode | PatternNode | RegexNode | RangeNode;

/** One word, words with only spaces between them, or all that stands in quotes. Escapes are resolved. */
export interface TextNode {
  readonly kind: "text";
  /** At least one; in quotes exactly one. */
  readonly words: readonly string[];
  readonly isQuoted: boolean;
  readonly span: Span;
}

/** A word with at least one wildcard. */
export interface PatternNode {
  readonly kind: "pattern";
  readonly pattern: WildcardPattern;
  readonly span: Span;
}

/** `/expression/`, without its slashes. */
export interface RegexNode {
  readonly kind: "regex";
  readonly pattern: string;
  readonly span: Span;
}

/** `[a TO b}`, `>=a`. A bound that is null is open. */
export interface RangeNode {
  readonly kind: "range";
  readonly from: BoundNode | null;
  readonly to: BoundNode | null;
  readonly span: Span;
}

export interface BoundNode {
  readonly text: string;
  readonly inclusive: boolean;
  readonly span: Span;
}
