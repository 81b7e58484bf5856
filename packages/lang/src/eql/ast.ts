import type { Span } from "../text/index.ts";
import type { FieldPath, Literal } from "../values/index.ts";

/** A query as it was written, without brackets, comments and unary plus. */
export interface Statement {
  readonly kind: "statement";
  readonly query: Query;
  readonly pipes: readonly PipeNode[];
  readonly span: Span;
}

export type Query = EventQuery | SequenceQuery | SampleQuery;

/** `process where …` */
export interface EventQuery {
  readonly kind: "event";
  readonly filter: EventFilter;
  readonly span: Span;
}

export interface SequenceQuery {
  readonly kind: "sequence";
  readonly by: readonly FieldNode[];
  readonly maxspan?: Maxspan;
  readonly terms: readonly Term[];
  readonly until?: Term;
  readonly span: Span;
}

export interface SampleQuery {
  readonly kind: "sample";
  readonly by: readonly FieldNode[];
  readonly terms: readonly Term[];
  readonly span: Span;
}

export type DurationUnit = "ms" | "s" | "m" | "h" | "d";

export interface Maxspan {
  readonly kind: "maxspan";
  /** Whole, at least 1. */
  readonly amount: number;
  readonly unit: DurationUnit;
  readonly span: Span;
}

/** One bracket of a sequence or sample. `runs` is 1 where none is given, `bySpan` is there if `by` is. */
export interface Term {
  readonly kind: "term";
  /** `![…]` */
  readonly missing: boolean;
  readonly filter: EventFilter;
  readonly by: readonly FieldNode[];
  readonly bySpan?: Span;
  readonly runs: number;
  readonly span: Span;
}

export interface EventFilter {
  readonly kind: "filter";
  readonly category: Category;
  readonly condition: ExpressionNode;
  readonly span: Span;
}

/** `name` is null for `any`, which takes every event, also those without a category. */
export interface Category {
  readonly kind: "category";
  readonly name: string | null;
  readonly span: Span;
}

export interface PipeNode {
  readonly kind: "pipe";
  readonly name: "head" | "tail";
  readonly count: number;
  readonly span: Span;
}

export type ExpressionNode =
  | LiteralNode
  | FieldNode
  | CallNode
  | NegateNode
  | ArithmeticNode
  | ComparisonNode
  | InNode
  | MatchNode
  | NotNode
  | LogicalNode;

export interface LiteralNode {
  readonly kind: "literal";
  readonly value: Literal;
  readonly span: Span;
}

/** `?process.name`; quoted and plain names give the same path. */
export interface FieldNode {
  readonly kind: "field";
  readonly path: FieldPath;
  readonly optional: boolean;
  readonly span: Span;
}

/** `name` is spelled as written, without `~`. */
export interface CallNode {
  readonly kind: "call";
  readonly name: string;
  readonly insensitive: boolean;
  readonly args: readonly ExpressionNode[];
  readonly span: Span;
}

export interface NegateNode {
  readonly kind: "negate";
  readonly of: ExpressionNode;
  readonly span: Span;
}

export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%";

export interface ArithmeticNode {
  readonly kind: "arithmetic";
  readonly op: ArithmeticOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly span: Span;
}

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export interface ComparisonNode {
  readonly kind: "comparison";
  readonly op: ComparisonOperator;
  readonly left: ExpressionNode;
  readonly right: ExpressionNode;
  readonly span: Span;
}

/** `of in (…)`, `of not in~ (…)` */
export interface InNode {
  readonly kind: "in";
  readonly of: ExpressionNode;
  readonly list: readonly ExpressionNode[];
  readonly insensitive: boolean;
  readonly negated: boolean;
  readonly span: Span;
}

export type MatchOperator = ":" | "like" | "like~" | "regex" | "regex~";

/** `of : ("a*", "b")`; one pattern and a list of one are the same. */
export interface MatchNode {
  readonly kind: "match";
  readonly op: MatchOperator;
  readonly of: ExpressionNode;
  readonly patterns: readonly LiteralNode[];
  readonly span: Span;
}

export interface NotNode {
  readonly kind: "not";
  readonly of: ExpressionNode;
  readonly span: Span;
}

/** A whole chain of one operator, however it was bracketed: at least two operands, none of them a chain of the same. */
export interface LogicalNode {
  readonly kind: "logical";
  readonly op: "and" | "or";
  readonly operands: readonly ExpressionNode[];
  readonly span: Span;
}
