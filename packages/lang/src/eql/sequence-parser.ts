import { DiagnosticError, type Span, spanOf } from "../text/index.ts";
import type { DurationUnit, FieldNode, Maxspan, SampleQuery, SequenceQuery, Term } from "./ast.ts";
import {
  accept,
  advance,
  type Cursor,
  expect,
  fail,
  failUnexpected,
  isAt,
  peek,
  spanOfToken,
  spanSince,
} from "./cursor.ts";
import { parseField, parseList } from "./expression-parser.ts";
import { parseFilter } from "./filter-parser.ts";

const units: readonly DurationUnit[] = ["ms", "s", "m", "h", "d"];
const mostRuns = 100n;
/** Ten thousand years in days: no unit makes more milliseconds than a double can count. */
const longestSpan = 3_652_425n;

export function parseSequence(cursor: Cursor): SequenceQuery {
  const { start } = advance(cursor);
  const by = parseKeys(cursor);
  const maxspan = isAt(cursor, "with") ? parseMaxspan(cursor) : undefined;
  if (maxspan !== undefined && isAt(cursor, "by")) {
    const late = spanOfToken(cursor, advance(cursor));
    fail({
      code: "eql/sequence",
      message: "the keys of a sequence stand before its maxspan",
      span: spanSince(cursor, start),
      labels: [{ span: late, message: "these keys" }],
      hint: "write `sequence by … with maxspan=…`",
    });
  }
  const expected = by.length === 0 && maxspan === undefined ? "`by`, `with` or `[`" : "`[`";
  if (!isAtTerm(cursor)) {
    const hint = 'a category called sequence stands between double quotes: `"sequence" where …`';
    failUnexpected(cursor, expected, isAt(cursor, "where") ? hint : undefined);
  }
  const terms: Term[] = [];
  while (isAtTerm(cursor)) pushTerm(cursor, terms, parseSequenceTerm);
  if (isOldFork(cursor)) refuseFork(cursor);
  let until: Term | undefined;
  if (accept(cursor, "until")) {
    until = parseUntil(cursor);
  }
  const span = spanSince(cursor, start);
  return {
    kind: "sequence",
    by,
    ...(maxspan && { maxspan }),
    terms,
    ...(until && { until }),
    span,
  };
}

export function parseSample(cursor: Cursor): SampleQuery {
  const { start } = advance(cursor);
  const by = parseKeys(cursor);
  if (!isAt(cursor, "[")) refuseInSample(cursor, by.length === 0 ? "`by` or `[`" : "`[`");
  const terms: Term[] = [];
  while (isAt(cursor, "[")) pushTerm(cursor, terms, parseTerm);
  if (isAt(cursor, "with") || isAt(cursor, "until") || isAt(cursor, "![")) {
    refuseInSample(cursor, "`[` or the end of the query");
  }
  if (terms.length < 2 && cursor.findings.length === 0) {
    refuseInSample(cursor, "`[`, for a sample takes at least two filters");
  }
  return { kind: "sample", by, terms, span: spanSince(cursor, start) };
}

function refuseInSample(cursor: Cursor, expected: string): never {
  if (isAt(cursor, "![")) {
    fail({
      code: "eql/sample",
      message: "a sample has no missing events",
      span: spanOfToken(cursor, peek(cursor)),
    });
  }
  const hints: Readonly<Record<string, string>> = {
    where: 'a category called sample stands between double quotes: `"sample" where …`',
    with: "a sample has no time order: neither `maxspan` nor `runs`",
    until: "a sample has no time order and no `until`",
  };
  const { kind, text } = peek(cursor);
  failUnexpected(cursor, expected, kind === "keyword" ? hints[text] : undefined);
}

function isAtTerm(cursor: Cursor): boolean {
  return isAt(cursor, "[") || isAt(cursor, "![");
}

/** Parses a term. After a finding goes on at the next one, so that each may have its own. */
function pushTerm(cursor: Cursor, terms: Term[], parse: (cursor: Cursor) => Term): void {
  const nesting = cursor.nesting;
  try {
    terms.push(parse(cursor));
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    cursor.findings.push(...error.diagnostics);
    cursor.nesting = nesting;
    skipToNextTerm(cursor);
  }
}

function skipToNextTerm(cursor: Cursor): void {
  while (!isAtTerm(cursor) && !isAt(cursor, "|") && peek(cursor).kind !== "end") {
    if (isAt(cursor, "until") && isAt(cursor, "[", 1)) return;
    advance(cursor);
  }
}

/** `[process where …] by process.entity_id` */
function parseTerm(cursor: Cursor): Term {
  const open = advance(cursor);
  const filter = parseFilter(cursor);
  expect(cursor, "]", "an operator or `]`");
  const { start } = peek(cursor);
  const by = parseKeys(cursor);
  return {
    kind: "term",
    missing: open.text === "![",
    filter,
    by,
    ...(by.length > 0 && { bySpan: spanSince(cursor, start) }),
    runs: 1,
    span: spanSince(cursor, open.start),
  };
}

function parseSequenceTerm(cursor: Cursor): Term {
  const term = parseTerm(cursor);
  if (!isAt(cursor, "with")) return term;
  const runs = parseRuns(cursor);
  if (isAt(cursor, "by")) {
    failUnexpected(cursor, "`[` or the end of the query", "`by` stands before `with runs`");
  }
  return { ...term, runs, span: spanSince(cursor, term.span.start) };
}

function parseUntil(cursor: Cursor): Term {
  if (isAt(cursor, "![")) {
    fail({
      code: "eql/sequence",
      message: "`until` cannot be a missing event",
      span: spanOfToken(cursor, peek(cursor)),
    });
  }
  if (!isAt(cursor, "[")) failUnexpected(cursor, "`[`");
  const term = parseTerm(cursor);
  if (isAt(cursor, "with"))
    failUnexpected(cursor, "`|` or the end of the query", "`until` has no `runs`");
  return term;
}

function parseRuns(cursor: Cursor): number {
  advance(cursor);
  const name = peek(cursor);
  if (name.kind !== "identifier" || name.text !== "runs") {
    const inHead = "`maxspan` stands in the head: `sequence with maxspan=…`";
    fail({
      code: "eql/runs",
      message: "behind a term `with` is followed by `runs`",
      span: spanOfToken(cursor, name),
      hint: name.text === "maxspan" ? inHead : "for example `with runs=3`",
    });
  }
  advance(cursor);
  expect(cursor, "=");
  const token = peek(cursor);
  const value = token.kind === "number" ? token.value : undefined;
  if (value === undefined && !isAt(cursor, "-")) failUnexpected(cursor, "a number");
  if (typeof value !== "bigint" || value < 1n || value > mostRuns) {
    fail({
      code: "eql/runs",
      message: `\`runs\` is a whole number from 1 to ${mostRuns}`,
      span: spanOfToken(cursor, token),
    });
  }
  advance(cursor);
  return Number(value);
}

/** `by process.entity_id, ?user.id`; none if there is no `by`. */
function parseKeys(cursor: Cursor): readonly FieldNode[] {
  return accept(cursor, "by") ? parseList(cursor, () => parseKey(cursor)) : [];
}

const valueOperators = ["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", ":"];

function parseKey(cursor: Cursor): FieldNode {
  const first = peek(cursor);
  const isCall = first.kind === "insensitive" || isAt(cursor, "(", 1);
  if (isCall) refuseKey(spanOf(cursor.source, first.start, peek(cursor, 1).end));
  const key = parseField(cursor);
  if (valueOperators.some((op) => isAt(cursor, op))) {
    advance(cursor);
    refuseKey(spanSince(cursor, first.start));
  }
  return key;
}

function refuseKey(span: Span): never {
  fail({ code: "eql/key", message: "a join key must be a field", span });
}

function parseMaxspan(cursor: Cursor): Maxspan {
  const { start } = advance(cursor);
  if (!accept(cursor, "maxspan")) failUnexpected(cursor, "`maxspan`");
  expect(cursor, "=");
  const number = peek(cursor);
  const value = number.kind === "number" ? number.value : undefined;
  if (value === undefined && !isAt(cursor, "-")) failUnexpected(cursor, "a time such as `5m`");
  if (typeof value !== "bigint" || value < 1n || value > longestSpan) {
    fail({
      code: "eql/maxspan",
      message: `\`maxspan\` is a whole number from 1 to ${longestSpan} with a unit`,
      span: spanOfToken(cursor, number),
      hint: "for example `maxspan=90s`; the units are `ms`, `s`, `m`, `h`, `d`",
    });
  }
  advance(cursor);
  const unitToken = peek(cursor);
  const unit = units.find((each) => each === unitToken.text);
  if (unit === undefined) {
    const isUnknown = unitToken.kind === "identifier";
    fail({
      code: "eql/maxspan",
      message: isUnknown
        ? `\`${unitToken.text}\` is no unit of time`
        : `\`maxspan=${number.text}\` has no unit`,
      span: spanOfToken(cursor, isUnknown ? unitToken : number),
      hint: "the units are `ms`, `s`, `m`, `h`, `d`",
    });
  }
  advance(cursor);
  return { kind: "maxspan", amount: Number(value), unit, span: spanSince(cursor, start) };
}

function isOldFork(cursor: Cursor): boolean {
  const { kind, text } = peek(cursor);
  return kind === "identifier" && (text === "fork" || text === "as");
}

function refuseFork(cursor: Cursor): never {
  const token = peek(cursor);
  fail({
    code: "eql/old-dialect",
    message: `\`${token.text}\` is of the older dialect`,
    span: spanOfToken(cursor, token),
  });
}
