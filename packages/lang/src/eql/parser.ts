import { DiagnosticError, type Source, spanOf } from "../text/index.ts";
import type { PipeNode, Query, Statement } from "./ast.ts";
import {
  advance,
  type Cursor,
  fail,
  failUnexpected,
  isAt,
  peek,
  spanOfToken,
  spanSince,
  startCursor,
} from "./cursor.ts";
import { parseExpression, parseList } from "./expression-parser.ts";
import { parseFilter } from "./filter-parser.ts";
import { lexEql } from "./lexer.ts";
import { parseSample, parseSequence } from "./sequence-parser.ts";
import { checkStructure } from "./structure.ts";

/**
 * Reads a query. Throws a `DiagnosticError` with every finding if it is none: the first token that does not
 * fit, one for each bracket of a sequence, then what the grammar lets through but no query may have.
 */
export function parseEql(source: Source): Statement {
  const cursor = startCursor(source, lexEql(source));
  let statement: Statement | undefined;
  try {
    statement = parseStatement(cursor);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    cursor.findings.push(...error.diagnostics);
  }
  if (statement !== undefined && cursor.findings.length === 0) {
    checkStructure(statement, (finding) => cursor.findings.push(finding));
    if (cursor.findings.length === 0) return statement;
  }
  throw new DiagnosticError(cursor.findings);
}

function parseStatement(cursor: Cursor): Statement {
  const { start, kind } = peek(cursor);
  if (kind === "end") {
    fail({
      code: "eql/syntax",
      message: "the query is empty",
      span: spanOf(cursor.source, start, start),
      hint: 'a query looks like this: `process where process.name == "cmd.exe"`',
    });
  }
  const query = parseQuery(cursor);
  const pipes: PipeNode[] = [];
  while (isAt(cursor, "|")) pipes.push(parsePipe(cursor, query));
  if (peek(cursor).kind !== "end") failUnexpected(cursor, expectedAfter(query));
  return { kind: "statement", query, pipes, span: spanSince(cursor, start) };
}

function expectedAfter(query: Query): string {
  if (query.kind === "event") return "an operator, `|` or the end of the query";
  if (query.kind === "sample") return "`[` or the end of the query";
  return query.until === undefined
    ? "`[`, `until`, `|` or the end of the query"
    : "`|` or the end of the query";
}

function parseQuery(cursor: Cursor): Query {
  if (isAt(cursor, "sequence")) return parseSequence(cursor);
  if (isAt(cursor, "sample")) return parseSample(cursor);
  if (isAt(cursor, "join")) {
    fail({
      code: "eql/unsupported",
      message: "`join` is not supported",
      span: spanOfToken(cursor, peek(cursor)),
      hint: "use `sequence` for events in order, `sample` for events in any order",
    });
  }
  const { start } = peek(cursor);
  const filter = parseFilter(cursor);
  return { kind: "event", filter, span: spanSince(cursor, start) };
}

const supportedPipes = ["head", "tail"] as const;
const oldPipes = ["count", "filter", "sort", "unique", "unique_count"];
const largestCount = 2n ** 31n - 1n;

function parsePipe(cursor: Cursor, query: Query): PipeNode {
  const bar = advance(cursor);
  if (query.kind === "sample") {
    fail({
      code: "eql/sample",
      message: "a sample takes no pipes",
      span: spanOfToken(cursor, bar),
    });
  }
  const name = peek(cursor);
  if (name.kind !== "identifier") failUnexpected(cursor, "`head` or `tail`");
  advance(cursor);
  const kind = supportedPipes.find((each) => each === name.text);
  if (kind === undefined) refusePipe(cursor, bar.start);
  const args =
    isAt(cursor, "|") || peek(cursor).kind === "end"
      ? []
      : parseList(cursor, () => parseExpression(cursor));
  const [count] = args;
  if (count === undefined || args.length !== 1) {
    fail({
      code: "eql/pipe",
      message: `\`${kind}\` takes one number, here are ${args.length}`,
      span: spanSince(cursor, bar.start),
      hint: `for example \`| ${kind} 10\``,
    });
  }
  const value = count.kind === "literal" ? count.value : undefined;
  if (typeof value !== "bigint" || value > largestCount) {
    fail({
      code: "eql/pipe",
      message: `\`${kind}\` takes a whole number from 0 to ${largestCount}`,
      span: count.span,
    });
  }
  return { kind: "pipe", name: kind, count: Number(value), span: spanSince(cursor, bar.start) };
}

/** The name of the pipe was taken last. */
function refusePipe(cursor: Cursor, bar: number): never {
  const { text, start } = cursor.tokens[cursor.index - 1] ?? peek(cursor);
  if (oldPipes.includes(text)) {
    fail({
      code: "eql/unsupported",
      message: `the pipe \`${text}\` is not supported`,
      span: spanSince(cursor, bar),
      hint: "only `head` and `tail` are",
    });
  }
  const similar = supportedPipes.find((name) => name.charAt(0) === text.charAt(0).toLowerCase());
  fail({
    code: "eql/pipe",
    message: `there is no pipe \`${text}\``,
    span: spanSince(cursor, start),
    hint: similar === undefined ? "only `head` and `tail` are" : `did you mean \`${similar}\`?`,
  });
}
