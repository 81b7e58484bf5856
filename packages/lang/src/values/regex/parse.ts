import type { CaseFolding } from "../types.ts";
import {
  anyCodePoint,
  type CodePointRange,
  type CodePoints,
  closePoints,
  invertPoints,
  joinRanges,
} from "./code-points.ts";
import { intervalNode } from "./interval.ts";
import { type RegexNode, RegexSyntaxError } from "./tree.ts";

/** Longest pattern in UTF-16 units. Elasticsearch stops at 1,000 (`index.max_regex_length`). */
const longestPattern = 10_000;
const deepestNesting = 200;
/** Nodes once all counted repetitions are written out; the automaton has about as many states. */
const largestSize = 20_000;

const digits: CodePoints = [[0x30, 0x39]];
/** Blank, tab, line feed, return: less than JavaScript takes for white space. */
const blanks: CodePoints = [
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x20, 0x20],
];
const wordCharacters: CodePoints = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const escapedClasses: ReadonlyMap<string, CodePoints> = new Map([
  ["d", digits],
  ["s", blanks],
  ["w", wordCharacters],
]);

interface Cursor {
  readonly pattern: string;
  /** Given where case does not count. */
  readonly folding: CaseFolding | undefined;
  at: number;
  /** Brackets and `~` that are open. */
  open: number;
}

/** A node, its size written out, and how many nodes lie above each other in it. */
interface Piece {
  readonly node: RegexNode;
  readonly size: number;
  readonly depth: number;
}

/**
 * Reads a pattern of Lucene's dialect with all its operators on (eql-semantics 8.2): `.` takes line
 * breaks, `^` and `$` are characters like others, and the pattern stands for whole values. As in Lucene
 * an operator with nothing before it (`*a`, `(|a)`, `(?i)`) is a literal character.
 * With `folding` every character stands for all that fold as it does, and `[^a]` for all that do not.
 * Throws RegexSyntaxError, also for patterns that are too long, too deep, or too large once counted
 * repetitions are written out.
 */
export function parseRegex(pattern: string, folding?: CaseFolding): RegexNode {
  if (pattern.length > longestPattern) {
    throw new RegexSyntaxError(
      `the pattern is longer than ${longestPattern} characters`,
      longestPattern,
    );
  }
  if (pattern === "") return { kind: "sequence", of: [] };
  const cursor: Cursor = { pattern, folding, at: 0, open: 0 };
  const { node } = parseAlternatives(cursor);
  if (cursor.at < pattern.length) {
    throw new RegexSyntaxError(
      "unexpected `)`",
      cursor.at,
      "write `\\)` for a bracket in the text",
    );
  }
  return node;
}

function parseAlternatives(cursor: Cursor): Piece {
  const parts = [parseIntersection(cursor)];
  while (take(cursor, "|")) parts.push(parseIntersection(cursor));
  return joinPieces(parts, (of) => ({ kind: "alternatives", of }), cursor.at);
}

function parseIntersection(cursor: Cursor): Piece {
  const offset = cursor.at;
  const parts = [parseSequence(cursor)];
  while (take(cursor, "&")) parts.push(parseSequence(cursor));
  return joinPieces(parts, (of) => ({ kind: "intersection", of, offset }), offset);
}

function parseSequence(cursor: Cursor): Piece {
  const start = cursor.at;
  const parts = [parseRepeated(cursor)];
  while (cursor.at < cursor.pattern.length && !")|&".includes(peek(cursor))) {
    parts.push(parseRepeated(cursor));
  }
  return joinPieces(parts, (of) => ({ kind: "sequence", of }), start);
}

function parseRepeated(cursor: Cursor): Piece {
  let piece = parseComplement(cursor);
  for (;;) {
    const offset = cursor.at;
    if (take(cursor, "?")) piece = repeatPiece(piece, 0, 1, offset);
    else if (take(cursor, "*")) piece = repeatPiece(piece, 0, undefined, offset);
    else if (take(cursor, "+")) piece = repeatPiece(piece, 1, undefined, offset);
    else if (take(cursor, "{")) piece = parseCount(cursor, piece, offset);
    else return piece;
  }
}

/** `n}`, `n,}` or `n,m}`. */
function parseCount(cursor: Cursor, piece: Piece, offset: number): Piece {
  const hint = "write `\\{` for a brace in the text";
  const min = takeInteger(cursor);
  if (min === undefined) throw new RegexSyntaxError("expected a number after `{`", cursor.at, hint);
  const max = take(cursor, ",") ? takeInteger(cursor) : min;
  if (!take(cursor, "}")) throw new RegexSyntaxError("expected `}`", cursor.at, hint);
  if (max !== undefined && max < min) {
    throw new RegexSyntaxError(`at most ${max} is less than at least ${min}`, offset);
  }
  return repeatPiece(piece, min, max, offset);
}

function parseComplement(cursor: Cursor): Piece {
  const offset = cursor.at;
  if (!take(cursor, "~")) return parseAtom(cursor);
  enter(cursor, offset);
  const of = parseComplement(cursor);
  cursor.open -= 1;
  return {
    node: { kind: "complement", of: of.node, offset },
    size: of.size + 1,
    depth: of.depth + 1,
  };
}

function parseAtom(cursor: Cursor): Piece {
  const offset = cursor.at;
  if (take(cursor, "[")) return leaf({ kind: "set", points: parseClass(cursor, offset) });
  if (take(cursor, ".")) return leaf({ kind: "set", points: anyCodePoint });
  if (take(cursor, "#")) return leaf({ kind: "set", points: [] });
  if (take(cursor, "@"))
    return repeatPiece(leaf({ kind: "set", points: anyCodePoint }), 0, undefined, offset);
  if (take(cursor, '"')) return parseQuoted(cursor, offset);
  if (take(cursor, "(")) return parseGroup(cursor, offset);
  if (take(cursor, "<")) return parseInterval(cursor, offset);
  return leaf({ kind: "set", points: takeEscapedClass(cursor) ?? takePoint(cursor) });
}

function parseQuoted(cursor: Cursor, offset: number): Piece {
  const text = takeUntil(cursor, '"');
  if (text === undefined) {
    throw new RegexSyntaxError(
      "a quoted text is not closed",
      offset,
      'write `\\"` for a quote in the text',
    );
  }
  const parts = [...text].map((character) =>
    leaf({ kind: "set", points: close(cursor, onePoint(character.codePointAt(0) ?? 0)) }),
  );
  return joinPieces(parts, (of) => ({ kind: "sequence", of }), offset);
}

function parseGroup(cursor: Cursor, offset: number): Piece {
  if (take(cursor, ")")) return leaf({ kind: "sequence", of: [] });
  enter(cursor, offset);
  const piece = parseAlternatives(cursor);
  cursor.open -= 1;
  if (take(cursor, ")")) return piece;
  throw new RegexSyntaxError("`(` is not closed", offset, "write `\\(` for a bracket in the text");
}

/** The rest of `<n-m>`. */
function parseInterval(cursor: Cursor, offset: number): Piece {
  const hint = "write `\\<` for a pointed bracket in the text";
  const text = takeUntil(cursor, ">");
  if (text === undefined) throw new RegexSyntaxError("`<` is not closed", offset, hint);
  const [, low, high] = /^(\d{1,10})-(\d{1,10})$/.exec(text) ?? [];
  if (low === undefined || high === undefined) {
    const message = text.includes("-")
      ? `\`<${text}>\` is no range of whole numbers`
      : `there is no automaton with the name \`${text}\``;
    throw new RegexSyntaxError(message, offset, hint);
  }
  const { node, size } = intervalNode(low, high);
  return { node, size, depth: 4 };
}

/** The rest of a class. As in Lucene the first character stands for itself even if it is `]`. */
function parseClass(cursor: Cursor, offset: number): CodePoints {
  const isInverted = take(cursor, "^");
  const ranges: CodePointRange[] = [];
  do ranges.push(...parseClassItem(cursor, offset));
  while (cursor.at < cursor.pattern.length && peek(cursor) !== "]");
  if (!take(cursor, "]")) throw unclosedClass(offset);
  const points = joinRanges(ranges);
  return isInverted ? invertPoints(points) : points;
}

function parseClassItem(cursor: Cursor, offset: number): CodePoints {
  if (cursor.at >= cursor.pattern.length) throw unclosedClass(offset);
  const start = cursor.at;
  const escaped = takeEscapedClass(cursor);
  if (escaped !== undefined) return escaped;
  const first = takeCharacter(cursor);
  if (!take(cursor, "-")) return close(cursor, onePoint(first));
  if (cursor.at >= cursor.pattern.length) throw unclosedClass(offset);
  const last = takeCharacter(cursor);
  if (first <= last) return close(cursor, [[first, last]]);
  const range = cursor.pattern.slice(start, cursor.at);
  throw new RegexSyntaxError(
    `the range \`${range}\` ends before it starts`,
    start,
    "write `\\-` for a hyphen in a class",
  );
}

function unclosedClass(offset: number): RegexSyntaxError {
  return new RegexSyntaxError(
    "`[` is not closed",
    offset,
    "write `\\[` for a bracket in the text; in a class, `\\]` for a bracket and `\\-` for a hyphen",
  );
}

/** `\d` and its like. Leaves the cursor where it was when there is none. */
function takeEscapedClass(cursor: Cursor): CodePoints | undefined {
  if (peek(cursor) !== "\\") return undefined;
  const letter = cursor.pattern.charAt(cursor.at + 1);
  const points = escapedClasses.get(letter.toLowerCase());
  if (points === undefined) return undefined;
  cursor.at += 2;
  const closed = close(cursor, points);
  return letter === letter.toLowerCase() ? closed : invertPoints(closed);
}

function takePoint(cursor: Cursor): CodePoints {
  return close(cursor, onePoint(takeCharacter(cursor)));
}

/** One character, escaped or not, as its code point. */
function takeCharacter(cursor: Cursor): number {
  const start = cursor.at;
  const isEscaped = take(cursor, "\\");
  const point = cursor.pattern.codePointAt(cursor.at);
  if (point === undefined) {
    throw isEscaped
      ? new RegexSyntaxError(
          "nothing follows `\\`",
          start,
          "write `\\\\` for a backslash in the text",
        )
      : new RegexSyntaxError("the pattern ends where something to match is expected", start);
  }
  const character = String.fromCodePoint(point);
  if (isEscaped && /^[A-Za-z]$/.test(character)) {
    throw new RegexSyntaxError(
      `there is no escape \`\\${character}\``,
      start,
      "only `\\d \\D \\s \\S \\w \\W` and a backslash before other than letters; `\\\\` is a backslash",
    );
  }
  cursor.at += character.length;
  return point;
}

function takeInteger(cursor: Cursor): number | undefined {
  const start = cursor.at;
  while (/^\d$/.test(peek(cursor))) cursor.at += 1;
  return cursor.at === start ? undefined : Number(cursor.pattern.slice(start, cursor.at));
}

function takeUntil(cursor: Cursor, end: string): string | undefined {
  const found = cursor.pattern.indexOf(end, cursor.at);
  if (found < 0) return undefined;
  const text = cursor.pattern.slice(cursor.at, found);
  cursor.at = found + 1;
  return text;
}

function take(cursor: Cursor, character: string): boolean {
  if (peek(cursor) !== character) return false;
  cursor.at += 1;
  return true;
}

function peek(cursor: Cursor): string {
  return cursor.pattern.charAt(cursor.at);
}

function enter(cursor: Cursor, offset: number): void {
  cursor.open += 1;
  if (cursor.open > deepestNesting) throw tooDeep(offset);
}

function tooDeep(offset: number): RegexSyntaxError {
  return new RegexSyntaxError(`the pattern is nested more than ${deepestNesting} deep`, offset);
}

function close({ folding }: Cursor, points: CodePoints): CodePoints {
  return folding === undefined ? points : closePoints(points, folding);
}

function onePoint(point: number): CodePoints {
  return [[point, point]];
}

function leaf(node: RegexNode): Piece {
  return { node, size: 1, depth: 1 };
}

function joinPieces(
  pieces: readonly Piece[],
  join: (of: readonly RegexNode[]) => RegexNode,
  offset: number,
): Piece {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const size = pieces.reduce((sum, piece) => sum + piece.size, 1);
  const depth = pieces.reduce((deepest, piece) => Math.max(deepest, piece.depth), 0) + 1;
  return checkLimits({ node: join(pieces.map((piece) => piece.node)), size, depth }, offset);
}

function repeatPiece(piece: Piece, min: number, max: number | undefined, offset: number): Piece {
  const copies = Math.max(1, max ?? min);
  return checkLimits(
    {
      node: { kind: "repeat", of: piece.node, min, max },
      size: piece.size * copies + 1,
      depth: piece.depth + 1,
    },
    offset,
  );
}

function checkLimits(piece: Piece, offset: number): Piece {
  if (piece.depth > deepestNesting) throw tooDeep(offset);
  if (piece.size > largestSize) {
    throw new RegexSyntaxError(
      `the pattern is larger than ${largestSize} characters once its repetitions are written out`,
      offset,
    );
  }
  return piece;
}
