/**
 * EQL, the Event Query Language, with Elasticsearch's meaning.
 *
 * A text becomes tokens (`lexer`), a tree (`parser`), findings (`check`) and a plan (`lower`). The tree keeps
 * what was written; the plan says what is asked, in terms that no other part needs EQL for. Conditions are
 * taken apart along `and`, `or`, `not` down to leaves over one field; what computes with values stays
 * together in one expression leaf, for only there null is a value of its own.
 */
export type {
  ArithmeticNode,
  CallNode,
  Category,
  ComparisonNode,
  EventFilter,
  EventQuery,
  ExpressionNode,
  FieldNode,
  InNode,
  LiteralNode,
  LogicalNode,
  MatchNode,
  Maxspan,
  NegateNode,
  NotNode,
  PipeNode,
  Query,
  SampleQuery,
  SequenceQuery,
  Statement,
  Term,
} from "./ast.ts";
export { type CheckResult, checkEql } from "./check.ts";
export { compileEql, type EqlCompilation } from "./compile.ts";
export { lowerEql } from "./lower.ts";
export type { CheckOptions, LowerOptions } from "./options.ts";
export { parseEql } from "./parser.ts";
export { printCondition, printEql } from "./print.ts";
export type { ExpressionType } from "./types.ts";
