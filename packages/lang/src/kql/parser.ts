import type { Source } from "../text/index.ts";
import { spanOf } from "../text/index.ts";
import type {
  ConditionNode,
  KqlQuery,
  Logic,
  NotNode,
  RangeOperator,
  ValueNode,
  WordNode,
} from "./ast.ts";
import { accept, type Cursor, nest, skip, spanSince, startCursor } from "./cursor.ts";
import { failUnexpected } from "./hints.ts";
import { endOfNot, endOfOperator, readWord } from "./lexer.ts";

/**
 * The query as a tree. Throws `DiagnosticError` for a text that Kibana's grammar does not accept
 * (detection-semantics 7.1).
 */
export function parseKql(source: Source): KqlQuery {
  const cursor = startCursor(source);
  skip(cursor);
  const span = spanOf(source, 0, source.text.length);
  if (cursor.offset === source.text.length) return { condition: null, span };
  const condition = parseLogic(cursor, parseCondition);
  skip(cursor);
  if (cursor.offset < source.text.length) failUnexpected(cursor, "`and`, `or` or the end");
  return { condition, span };
}

/** `not` binds tighter than `and`, `and` tighter than `or`. There is no operator between words that none stands between. */
function parseLogic<T>(cursor: Cursor, parsePart: (cursor: Cursor) => Logic<T>): Logic<T> {
  return parseChain(cursor, "or", () =>
    parseChain(cursor, "and", () => parseNot(cursor, parsePart)),
  );
}

function parseChain<T>(cursor: Cursor, kind: "and" | "or", parseOperand: () => Logic<T>): Logic<T> {
  const start = cursor.offset;
  const first = parseOperand();
  const operands = [first];
  for (;;) {
    const end = endOfOperator(cursor.source.text, cursor.offset, kind);
    if (end === undefined) break;
    cursor.offset = end;
    operands.push(parseOperand());
  }
  return operands.length === 1 ? first : { kind, operands, span: spanSince(cursor, start) };
}

function parseNot<T>(cursor: Cursor, parsePart: (cursor: Cursor) => Logic<T>): Logic<T> {
  const start = cursor.offset;
  const end = endOfNot(cursor.source.text, start);
  if (end === undefined) return parsePart(cursor);
  cursor.offset = end;
  const of = parsePart(cursor);
  const node: NotNode<T> = { kind: "not", of, span: spanSince(cursor, start) };
  return node;
}

function parseCondition(cursor: Cursor): ConditionNode {
  const start = cursor.offset;
  if (accept(cursor, "(")) return parseGroup(cursor, ")", parseCondition);
  const field = parseWord(cursor, "a field or a value");
  if (accept(cursor, ":")) {
    skip(cursor);
    if (accept(cursor, "{")) {
      const of = parseGroup(cursor, "}", parseCondition);
      return { kind: "nested", field, of, span: spanSince(cursor, start) };
    }
    const value = parseValue(cursor);
    return { kind: "match", field, value, span: spanSince(cursor, start) };
  }
  const op = rangeOperators.find((each) => accept(cursor, each));
  if (op !== undefined) {
    skip(cursor);
    const bound = parseWord(cursor, "a value");
    return { kind: "range", field, op, bound, span: spanSince(cursor, start) };
  }
  return { kind: "term", value: field, span: field.span };
}

/** Longest first. */
const rangeOperators: readonly RangeOperator[] = ["<=", ">=", "<", ">"];

function parseValue(cursor: Cursor): ValueNode {
  return accept(cursor, "(") ? parseGroup(cursor, ")", parseValue) : parseWord(cursor, "a value");
}

/** What stands in brackets; the opening one has been read. */
function parseGroup<T>(
  cursor: Cursor,
  closing: ")" | "}",
  parsePart: (cursor: Cursor) => Logic<T>,
): Logic<T> {
  const opening = cursor.offset - 1;
  const inside = nest(cursor, () => {
    skip(cursor);
    return parseLogic(cursor, parsePart);
  });
  if (!accept(cursor, closing)) {
    skip(cursor);
    failUnexpected(cursor, `\`${closing}\``, opening);
  }
  return inside;
}

function parseWord(cursor: Cursor, expected: string): WordNode {
  const word = readWord(cursor.source, cursor.offset);
  if (word === undefined) return failUnexpected(cursor, expected);
  cursor.offset = word.end;
  return word.node;
}
