/**
 * Lucene's query string, `lucene` in rules: what Elasticsearch's `query_string` takes, but for fuzzy words and
 * words near one another.
 *
 * A text becomes tokens (`lexer`), a tree (`parser`), findings (`check`) and a condition on one event (`lower`).
 * The tree keeps each clause with the operator before it, for Lucene's operators have no precedence: what a row
 * of clauses asks is worked out in `clauses`, as the classic parser does it. What a value means depends on the
 * type of its field. Findings say where that differs from what the text looks like.
 */
export type {
  BoostNode,
  BoundNode,
  ClauseNode,
  FieldNode,
  GroupNode,
  ItemNode,
  LuceneQuery,
  MatchNode,
  PatternNode,
  RangeNode,
  RegexNode,
  TextNode,
  ValueNode,
} from "./ast.ts";
export { checkLucene } from "./check.ts";
export { compileLucene, type LuceneCompilation } from "./compile.ts";
export { lowerLucene } from "./lower.ts";
export type { CheckOptions, LowerOptions } from "./options.ts";
export { parseLucene } from "./parser.ts";
export { printLucene } from "./print.ts";
