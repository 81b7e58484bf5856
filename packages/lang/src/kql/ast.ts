import type { Span } from "../text/index.ts";

/** A KQL text as it was written. */
export interface KqlQuery {
  /** `null`: the text is empty or blank, and every event matches. */
  readonly condition: ConditionNode | null;
  readonly span: Span;
}

/** Parts joined by `and`, `or` and `not`: conditions in a query, values in a list. Brackets leave no node. */
export type Logic<T> = T | LogicalNode<T> | NotNode<T>;

/** At least two operands. Equal operators stand in each other only where brackets were written. */
export interface LogicalNode<T> {
  readonly kind: "and" | "or";
  readonly operands: readonly Logic<T>[];
  readonly span: Span;
}

/** Never right inside another `not` without brackets. */
export interface NotNode<T> {
  readonly kind: "not";
  readonly of: Logic<T>;
  readonly span: Span;
}

export type ConditionNode = Logic<MatchNode | RangeNode | NestedNode | TermNode>;

/** A value, or a list of them: `(a or b)`. */
export type ValueNode = Logic<WordNode>;

/** `field: value` */
export interface MatchNode {
  readonly kind: "match";
  readonly field: WordNode;
  readonly value: ValueNode;
  readonly span: Span;
}

/** `field >= value` */
export interface RangeNode {
  readonly kind: "range";
  readonly field: WordNode;
  readonly op: RangeOperator;
  readonly bound: WordNode;
  readonly span: Span;
}

export type RangeOperator = "<" | "<=" | ">" | ">=";

/** `field: { condition }`: the condition's fields are those of one object at the field. */
export interface NestedNode {
  readonly kind: "nested";
  readonly field: WordNode;
  readonly of: ConditionNode;
  readonly span: Span;
}

/** A value without a field: any field may have it. */
export interface TermNode {
  readonly kind: "term";
  readonly value: WordNode;
  readonly span: Span;
}

/** What names a field or is a value: KQL writes both alike. */
export type WordNode = LiteralNode | PatternNode;

/** `cmd.exe`, `"cmd.exe"`, `true` */
export interface LiteralNode {
  readonly kind: "literal";
  /** Text as it is meant, escapes resolved. Only unquoted `true`, `false` and `null` are no text. */
  readonly value: string | boolean | null;
  readonly isQuoted: boolean;
  readonly span: Span;
}

/** Unquoted, with at least one `*` that no backslash takes its meaning from. */
export interface PatternNode {
  readonly kind: "pattern";
  /** The texts around the stars, one more than there are stars: `*.exe` is `["", ".exe"]`. */
  readonly pieces: readonly string[];
  readonly span: Span;
}
