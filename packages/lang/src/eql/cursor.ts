import { type Diagnostic, DiagnosticError, type Source, type Span, spanOf } from "../text/index.ts";
import { hintFor } from "./hints.ts";
import type { Token } from "./token.ts";

/** How deep brackets, `not`, calls and unary minus may stand in one another. Public rules need fewer than ten. */
const deepestNesting = 200;

/** How many arithmetic operators a query may have: a chain of them makes a tree as deep as it is long. */
const mostArithmetic = 500;

/** Where the parser is in a query. The parse functions move it; nothing else changes. */
export interface Cursor {
  readonly source: Source;
  readonly tokens: readonly Token[];
  /** Findings after which parsing could go on. */
  readonly findings: Diagnostic[];
  index: number;
  nesting: number;
  arithmetic: number;
}

export function startCursor(source: Source, tokens: readonly Token[]): Cursor {
  return { source, tokens, findings: [], index: 0, nesting: 0, arithmetic: 0 };
}

/** The token `ahead` places on; the last token, of kind `end`, for ever. */
export function peek(cursor: Cursor, ahead = 0): Token {
  const token = cursor.tokens[Math.min(cursor.index + ahead, cursor.tokens.length - 1)];
  if (token === undefined) throw new Error("a token list is never empty");
  return token;
}

export function advance(cursor: Cursor): Token {
  const token = peek(cursor);
  if (token.kind !== "end") cursor.index += 1;
  return token;
}

/** Whether the next token is this keyword or symbol. */
export function isAt(cursor: Cursor, text: string, ahead = 0): boolean {
  const token = peek(cursor, ahead);
  return token.text === text && (token.kind === "keyword" || token.kind === "symbol");
}

export function accept(cursor: Cursor, text: string): Token | undefined {
  return isAt(cursor, text) ? advance(cursor) : undefined;
}

/** Takes the keyword or symbol, or fails saying what was `expected`, by default the text itself. */
export function expect(cursor: Cursor, text: string, expected = `\`${text}\``): Token {
  return accept(cursor, text) ?? failUnexpected(cursor, expected);
}

/** From an offset to the end of the token taken last. */
export function spanSince(cursor: Cursor, start: number): Span {
  const last = cursor.tokens[cursor.index - 1];
  return spanOf(cursor.source, start, Math.max(start, last?.end ?? start));
}

export function spanOfToken(cursor: Cursor, token: Token): Span {
  return spanOf(cursor.source, token.start, token.end);
}

export function fail(finding: Omit<Diagnostic, "severity">): never {
  throw new DiagnosticError([{ severity: "error", ...finding }]);
}

/** Fails at the next token: it does not fit, `expected` would have. */
export function failUnexpected(cursor: Cursor, expected: string, hint?: string): never {
  const token = peek(cursor);
  if (token.kind === "bad") throw new DiagnosticError([token.finding]);
  const advice = hint ?? hintFor(token, cursor.tokens[cursor.index - 1]);
  fail({
    code: "eql/syntax",
    message: `unexpected ${describe(token)}, expected ${expected}`,
    span: spanOfToken(cursor, token),
    ...(advice !== undefined && { hint: advice }),
  });
}

/** Runs `parse` one level deeper. */
export function nest<T>(cursor: Cursor, parse: () => T): T {
  if (cursor.nesting >= deepestNesting) {
    fail({
      code: "eql/too-deep",
      message: `more than ${deepestNesting} levels of brackets and signs`,
      span: spanOfToken(cursor, peek(cursor)),
    });
  }
  cursor.nesting += 1;
  const result = parse();
  cursor.nesting -= 1;
  return result;
}

/** Takes an arithmetic operator. */
export function advanceArithmetic(cursor: Cursor): Token {
  cursor.arithmetic += 1;
  if (cursor.arithmetic > mostArithmetic) {
    fail({
      code: "eql/too-deep",
      message: `more than ${mostArithmetic} arithmetic operators`,
      span: spanOfToken(cursor, peek(cursor)),
    });
  }
  return advance(cursor);
}

const longestShown = 40;

function describe(token: Token): string {
  if (token.kind === "end") return "end of the query";
  const text =
    token.text.length > longestShown ? `${token.text.slice(0, longestShown)}…` : token.text;
  return token.kind === "string" ? text : `\`${text}\``;
}
