import { spanOf } from "../text/index.ts";
import type {
  ArithmeticOperator,
  ComparisonOperator,
  ExpressionNode,
  FieldNode,
  LiteralNode,
  LogicalNode,
  MatchOperator,
} from "./ast.ts";
import {
  accept,
  advance,
  advanceArithmetic,
  type Cursor,
  expect,
  fail,
  failUnexpected,
  isAt,
  nest,
  peek,
  spanOfToken,
  spanSince,
} from "./cursor.ts";

const comparisons: readonly ComparisonOperator[] = ["==", "!=", "<", "<=", ">", ">="];
const matches: readonly MatchOperator[] = [":", "like", "like~", "regex", "regex~"];
const sums: readonly ArithmeticOperator[] = ["+", "-"];
const products: readonly ArithmeticOperator[] = ["*", "/", "%"];

/**
 * A condition or value, loosest operator first: `or`, `and`, `not`, one comparison, sums, products,
 * sign, and tightest the predicate behind a value (eql-semantics 2).
 */
export function parseExpression(cursor: Cursor): ExpressionNode {
  return parseChain(cursor, "or", () => parseChain(cursor, "and", () => parseNot(cursor)));
}

/** A chain is one node, so that thousands of operands make no deep tree. */
function parseChain(
  cursor: Cursor,
  op: LogicalNode["op"],
  parseOperand: () => ExpressionNode,
): ExpressionNode {
  const { start } = peek(cursor);
  const first = parseOperand();
  if (!isAt(cursor, op)) return first;
  const operands = [...operandsOf(first, op)];
  while (accept(cursor, op)) operands.push(...operandsOf(parseOperand(), op));
  return { kind: "logical", op, operands, span: spanSince(cursor, start) };
}

function operandsOf(node: ExpressionNode, op: LogicalNode["op"]): readonly ExpressionNode[] {
  return node.kind === "logical" && node.op === op ? node.operands : [node];
}

function parseNot(cursor: Cursor): ExpressionNode {
  const token = accept(cursor, "not");
  if (token === undefined) return parseComparison(cursor);
  const of = nest(cursor, () => parseNot(cursor));
  return { kind: "not", of, span: spanSince(cursor, token.start) };
}

function parseComparison(cursor: Cursor): ExpressionNode {
  const { start } = peek(cursor);
  const left = parseSum(cursor);
  const op = operatorAt(cursor, comparisons);
  if (op === undefined) return left;
  advance(cursor);
  const right = parseSum(cursor);
  if (operatorAt(cursor, comparisons) !== undefined) {
    fail({
      code: "eql/syntax",
      message: "comparisons cannot be chained",
      span: spanOfToken(cursor, peek(cursor)),
      hint: "join two comparisons with `and`, or put the first between brackets",
    });
  }
  return { kind: "comparison", op, left, right, span: spanSince(cursor, start) };
}

function parseSum(cursor: Cursor): ExpressionNode {
  return parseArithmetic(cursor, sums, () =>
    parseArithmetic(cursor, products, () => parseSign(cursor)),
  );
}

function parseArithmetic(
  cursor: Cursor,
  operators: readonly ArithmeticOperator[],
  parseOperand: () => ExpressionNode,
): ExpressionNode {
  const { start } = peek(cursor);
  let left = parseOperand();
  for (;;) {
    const op = operatorAt(cursor, operators);
    if (op === undefined) return left;
    advanceArithmetic(cursor);
    const right = parseOperand();
    left = { kind: "arithmetic", op, left, right, span: spanSince(cursor, start) };
  }
}

function parseSign(cursor: Cursor): ExpressionNode {
  if (accept(cursor, "+")) return nest(cursor, () => parseSign(cursor));
  const minus = accept(cursor, "-");
  if (minus === undefined) return parsePredicate(cursor);
  const of = nest(cursor, () => parseSign(cursor));
  return { kind: "negate", of, span: spanSince(cursor, minus.start) };
}

/** A value with at most one `in`, `:`, `like` or `regex` behind it. */
function parsePredicate(cursor: Cursor): ExpressionNode {
  const { start } = peek(cursor);
  const of = parsePrimary(cursor);
  if (isAt(cursor, "not") && !isAt(cursor, "in", 1) && !isAt(cursor, "in~", 1)) {
    failUnexpected(
      cursor,
      "an operator",
      "`not` stands only before `in`; otherwise put it in front of the whole: `not a like …`",
    );
  }
  const negated = accept(cursor, "not") !== undefined;
  if (isAt(cursor, "in") || isAt(cursor, "in~")) {
    const insensitive = advance(cursor).text === "in~";
    expect(cursor, "(");
    const list = nest(cursor, () => parseList(cursor, () => parseExpression(cursor)));
    expect(cursor, ")", "`,` or `)`");
    return { kind: "in", of, list, insensitive, negated, span: spanSince(cursor, start) };
  }
  const op = operatorAt(cursor, matches);
  if (op === undefined) return of;
  advance(cursor);
  const patterns = parsePatterns(cursor, op);
  return { kind: "match", op, of, patterns, span: spanSince(cursor, start) };
}

function parsePatterns(cursor: Cursor, op: MatchOperator): readonly LiteralNode[] {
  const parsePattern = () =>
    parseLiteral(cursor) ??
    failUnexpected(
      cursor,
      "a string",
      isName(cursor)
        ? `the right side of \`${op}\` is text in double quotes, never a field`
        : undefined,
    );
  if (!accept(cursor, "(")) return [parsePattern()];
  const patterns = parseList(cursor, parsePattern);
  expect(cursor, ")", "`,` or `)`");
  return patterns;
}

/** One or more, between commas. */
export function parseList<T>(cursor: Cursor, parseItem: () => T): readonly T[] {
  const items = [parseItem()];
  while (accept(cursor, ",")) items.push(parseItem());
  return items;
}

function parsePrimary(cursor: Cursor): ExpressionNode {
  const literal = parseLiteral(cursor);
  if (literal !== undefined) return literal;
  const token = peek(cursor);
  if (accept(cursor, "(")) {
    const inner = nest(cursor, () => parseExpression(cursor));
    expect(cursor, ")");
    return inner;
  }
  if (token.kind === "insensitive") return parseCall(cursor, token.name, true);
  if (token.kind === "identifier" && isAt(cursor, "(", 1)) {
    return parseCall(cursor, token.text, false);
  }
  if (token.kind === "identifier" && isAt(cursor, "of", 1)) refuseRelationship(cursor);
  if (isName(cursor) || isAt(cursor, "?")) {
    const field = parseField(cursor);
    if (isAt(cursor, "[")) skipIndex(cursor);
    return field;
  }
  return failUnexpected(cursor, "a value", keywordHint(cursor));
}

function parseCall(cursor: Cursor, name: string, insensitive: boolean): ExpressionNode {
  const { start } = advance(cursor);
  expect(cursor, "(");
  const args = isAt(cursor, ")")
    ? []
    : nest(cursor, () => parseList(cursor, () => parseExpression(cursor)));
  expect(cursor, ")", "`,` or `)`");
  return { kind: "call", name, insensitive, args, span: spanSince(cursor, start) };
}

/** `?process.parent.name`, each name plain or in backticks. */
export function parseField(cursor: Cursor): FieldNode {
  const { start } = peek(cursor);
  const optional = accept(cursor, "?") !== undefined;
  const names = [parseName(cursor)];
  while (accept(cursor, ".")) names.push(parseName(cursor));
  return { kind: "field", path: names.join("."), optional, span: spanSince(cursor, start) };
}

function parseName(cursor: Cursor): string {
  const token = peek(cursor);
  if (!isName(cursor)) failUnexpected(cursor, "a field name", keywordHint(cursor));
  advance(cursor);
  return token.kind === "quoted" ? token.name : token.text;
}

function isName(cursor: Cursor): boolean {
  const { kind } = peek(cursor);
  return kind === "identifier" || kind === "quoted";
}

function keywordHint(cursor: Cursor): string | undefined {
  const { kind, text } = peek(cursor);
  return kind === "keyword" && !text.endsWith("~") && !/^(?:and|or|in|like|regex)$/.test(text)
    ? `\`${text}\` is a keyword; as part of a field name it stands between backticks`
    : undefined;
}

function parseLiteral(cursor: Cursor): LiteralNode | undefined {
  const token = peek(cursor);
  const span = spanOfToken(cursor, token);
  if (token.kind === "string" || token.kind === "number") {
    advance(cursor);
    return { kind: "literal", value: token.value, span };
  }
  if (accept(cursor, "true")) return { kind: "literal", value: true, span };
  if (accept(cursor, "false")) return { kind: "literal", value: false, span };
  if (accept(cursor, "null")) return { kind: "literal", value: null, span };
  return undefined;
}

/** `child of [process where …]` */
function refuseRelationship(cursor: Cursor): never {
  const relation = peek(cursor);
  fail({
    code: "eql/old-dialect",
    message: `\`${relation.text} of\` is of the older dialect: there are no process relationships`,
    span: spanOf(cursor.source, relation.start, peek(cursor, 1).end),
    hint: "use a sequence joined by `process.entity_id` and `process.parent.entity_id`",
  });
}

/** `name[0]`: reported, and parsing goes on behind it. */
function skipIndex(cursor: Cursor): void {
  const { start } = advance(cursor);
  while (!isAt(cursor, "]") && peek(cursor).kind !== "end") advance(cursor);
  accept(cursor, "]");
  cursor.findings.push({
    severity: "error",
    code: "eql/old-dialect",
    message: "array indexes are of the older dialect",
    span: spanSince(cursor, start),
    hint: "a condition on a field holds if it holds for any of its values",
  });
}

function operatorAt<T extends string>(cursor: Cursor, operators: readonly T[]): T | undefined {
  return operators.find((op) => isAt(cursor, op));
}
