/**
 * KQL, the query language of Kibana (`kuery` in rules), with Kibana's and Elasticsearch's meaning.
 *
 * A text becomes a tree (`parser`), findings (`check`) and a condition on one event (`lower`). There are no
 * tokens in between: in KQL a space belongs to a value unless an operator follows, so only the parser knows
 * where a word ends. What a value means depends on the type of its field: the same word is a term of a
 * keyword, a token of a text, a number, a block of addresses or a stretch of time. Conditions are true or
 * false, never null, and `not` turns them round: a field that is absent satisfies every `not`.
 */
export type {
  ConditionNode,
  KqlQuery,
  LiteralNode,
  Logic,
  LogicalNode,
  MatchNode,
  NestedNode,
  NotNode,
  PatternNode,
  RangeNode,
  RangeOperator,
  TermNode,
  ValueNode,
  WordNode,
} from "./ast.ts";
export { checkKql } from "./check.ts";
export { compileKql, type KqlCompilation } from "./compile.ts";
export { lowerKql } from "./lower.ts";
export type { CheckOptions, LowerOptions } from "./options.ts";
export { parseKql } from "./parser.ts";
export { printKql } from "./print.ts";
