import { coverSpans, type Source, type Span, spanOf } from "../text/index.ts";
import { parseWildcard } from "../values/index.ts";
import type {
  BoostNode,
  BoundNode,
  ClauseNode,
  FieldNode,
  ItemNode,
  LuceneQuery,
  TextNode,
  ValueNode,
} from "./ast.ts";
import { hasUnescapedWildcard, resolveEscapes } from "./escapes.ts";
import { failAt } from "./fail.ts";
import { failUnexpected } from "./hints.ts";
import { readTokens } from "./lexer.ts";
import type { RangeBound, Token, WordToken } from "./token.ts";

/** How deep brackets may stand in one another. */
const deepestNesting = 200;

/** Where the parser is. The parse functions move it; nothing else changes. */
interface Cursor {
  readonly source: Source;
  readonly tokens: readonly Token[];
  at: number;
  nesting: number;
}

/**
 * The query as a tree. Throws `DiagnosticError` for a text that Lucene's classic parser does not accept, and
 * for fuzzy words and words near one another, which it does.
 */
export function parseLucene(source: Source): LuceneQuery {
  const cursor: Cursor = { source, tokens: readTokens(source), at: 0, nesting: 0 };
  const clauses = peek(cursor).kind === "end" ? [] : parseClauses(cursor);
  if (peek(cursor).kind !== "end") failUnexpected(source, cursor.tokens, cursor.at, "a clause");
  return { clauses, span: spanOf(source, 0, source.text.length) };
}

function parseClauses(cursor: Cursor): readonly ClauseNode[] {
  const clauses: ClauseNode[] = [];
  do {
    clauses.push(parseClause(cursor, clauses.length === 0));
  } while (peek(cursor).kind !== "end" && peek(cursor).kind !== ")");
  return clauses;
}

function parseClause(cursor: Cursor, isFirst: boolean): ClauseNode {
  const start = cursor.at;
  const first = peek(cursor).kind;
  const conjunction = !isFirst && (first === "and" || first === "or") ? first : null;
  if (conjunction !== null) cursor.at += 1;
  const modifier = takeModifier(cursor);
  const words = start === cursor.at ? takeWords(cursor) : undefined;
  const of: ItemNode =
    words === undefined
      ? parseItem(cursor)
      : { kind: "match", field: null, value: words, boost: null, span: words.span };
  return { conjunction, modifier, of, span: spanSince(cursor, start) };
}

function takeModifier(cursor: Cursor): ClauseNode["modifier"] {
  const { kind } = peek(cursor);
  if (kind !== "+" && kind !== "-" && kind !== "not") return null;
  cursor.at += 1;
  return kind === "+" ? "+" : "-";
}

/**
 * Words with nothing but spaces between them are one text, which a keyword has as a whole. A word before `AND`
 * or `OR` is none of them; nor is one before a colon, which is a field.
 */
function takeWords(cursor: Cursor): TextNode | undefined {
  const { tokens, source } = cursor;
  const words: WordToken[] = [];
  for (let at = cursor.at; ; at += 1) {
    const token = tokens[at];
    const behind = tokens[at + 1]?.kind;
    if (token?.kind !== "word" || !isPlain(token)) break;
    if (words.length > 0 && isAfterWords(tokens[at + 1])) break;
    if (behind === ":" || behind === "fuzzy" || behind === "boost") break;
    words.push(token);
  }
  const last = words.at(-1);
  if (words.length < 2 || last === undefined) return undefined;
  for (const { raw, start, end } of words) {
    if (!/^[<>]/.test(raw)) continue;
    const hint = "join comparisons with `AND`: `field:(>=10 AND <20)`";
    failAt(source, start, end, "lucene/syntax", "a comparison among words", hint);
  }
  cursor.at += words.length;
  const span = spanOf(source, words[0]?.start ?? 0, last.end);
  return {
    kind: "text",
    words: words.map(({ raw }) => resolveEscapes(raw)),
    isQuoted: false,
    span,
  };
}

/** What keeps the word before it out of the text. */
function isAfterWords(token: Token | undefined): boolean {
  return (
    token?.kind === "and" || token?.kind === "or" || (token?.kind === "word" && token.raw === "*")
  );
}

/** A word that is a text: no wildcard in it. */
function isPlain({ raw }: WordToken): boolean {
  return !hasUnescapedWildcard(raw);
}

function parseItem(cursor: Cursor): ItemNode {
  const start = cursor.at;
  const field = takeField(cursor);
  if (peek(cursor).kind === "(") {
    const clauses = parseGroup(cursor);
    const boost = takeBoost(cursor);
    return { kind: "group", field, clauses, boost, span: spanSince(cursor, start) };
  }
  const value = parseValue(cursor, field);
  failOnDistance(cursor, value);
  const boost = takeBoost(cursor);
  failOnDistance(cursor, value);
  return { kind: "match", field, value, boost, span: spanSince(cursor, start) };
}

function takeField(cursor: Cursor): FieldNode | null {
  const [token, colon] = [peek(cursor), cursor.tokens[cursor.at + 1]];
  if (token.kind !== "word" || colon?.kind !== ":") return null;
  if (!isPlain(token) && token.raw !== "*") {
    const hint = `write \`${token.raw.replace(/(?<!\\)[*?]/g, "\\$&")}:\` for all fields of such a name`;
    const { start, end } = token;
    failAt(cursor.source, start, end, "lucene/syntax", "a wildcard in a field's name", hint);
  }
  cursor.at += 2;
  return { name: resolveEscapes(token.raw), span: spanOf(cursor.source, token.start, token.end) };
}

function parseGroup(cursor: Cursor): readonly ClauseNode[] {
  const { source, tokens } = cursor;
  const { start } = peek(cursor);
  if (cursor.nesting === deepestNesting) {
    const message = `more than ${deepestNesting} levels of brackets`;
    failAt(source, start, start + 1, "lucene/too-deep", message);
  }
  cursor.nesting += 1;
  cursor.at += 1;
  const clauses = parseClauses(cursor);
  if (peek(cursor).kind !== ")") {
    failUnexpected(source, tokens, cursor.at, "`)`", spanOf(source, start, start + 1));
  }
  cursor.nesting -= 1;
  cursor.at += 1;
  return clauses;
}

function parseValue(cursor: Cursor, field: FieldNode | null): ValueNode {
  const { source, tokens } = cursor;
  const token = peek(cursor);
  const span = spanOf(source, token.start, token.end);
  switch (token.kind) {
    case "word":
      cursor.at += 1;
      return parseWord(token, source, span);
    case "quoted":
      cursor.at += 1;
      return { kind: "text", words: [resolveEscapes(token.raw)], isQuoted: true, span };
    case "regex":
      cursor.at += 1;
      return { kind: "regex", pattern: token.raw, span };
    case "range":
      cursor.at += 1;
      return {
        kind: "range",
        from: boundOf(token.from, source),
        to: boundOf(token.to, source),
        span,
      };
    default:
      return failUnexpected(source, tokens, cursor.at, field === null ? "a clause" : "a value");
  }
}

function parseWord(token: WordToken, source: Source, span: Span): ValueNode {
  const { raw, start, end } = token;
  if (!isPlain(token)) return { kind: "pattern", pattern: parseWildcard(raw), span };
  const [sign] = /^[<>]=?/.exec(raw) ?? [];
  if (sign === undefined) {
    return { kind: "text", words: [resolveEscapes(raw)], isQuoted: false, span };
  }
  if (sign === raw) {
    const hint = `write \`field:${sign}10\`, or a range: \`field:["a" TO *]\``;
    failAt(source, start, end, "lucene/syntax", "the value stands right behind, unquoted", hint);
  }
  const bound: BoundNode = {
    text: resolveEscapes(raw.slice(sign.length)),
    inclusive: sign.length === 2,
    span: spanOf(source, start + sign.length, end),
  };
  const isAbove = sign.startsWith(">");
  return { kind: "range", from: isAbove ? bound : null, to: isAbove ? null : bound, span };
}

function boundOf(
  { raw, isQuoted, inclusive, start, end }: RangeBound,
  source: Source,
): BoundNode | null {
  if (raw === "*" && !isQuoted) return null;
  return { text: resolveEscapes(raw), inclusive, span: spanOf(source, start, end) };
}

function takeBoost(cursor: Cursor): BoostNode | null {
  const token = peek(cursor);
  if (token.kind !== "boost") return null;
  cursor.at += 1;
  return { factor: token.raw, span: spanOf(cursor.source, token.start, token.end) };
}

function failOnDistance(cursor: Cursor, value: ValueNode): void {
  const { kind, start, end } = peek(cursor);
  if (kind !== "fuzzy") return;
  const isPhrase = value.kind === "text" && value.isQuoted;
  const message = isPhrase
    ? "words near one another are not supported"
    : "words that are almost alike are not supported";
  const hint = isPhrase
    ? "ask for each word: `field:(one AND two)`"
    : "write `\\~` if it is part of the value, or a pattern: `po*shell`";
  failAt(cursor.source, start, end, "lucene/unsupported", message, hint);
}

function peek(cursor: Cursor): Token {
  const token = cursor.tokens[cursor.at];
  if (token === undefined) throw new Error("read past the end");
  return token;
}

/** From a token's place to the one before the cursor. */
function spanSince({ source, tokens, at }: Cursor, start: number): Span {
  const first = tokens[start];
  const last = tokens[at - 1];
  if (first === undefined || last === undefined) throw new Error("nothing was read");
  return coverSpans(spanOf(source, first.start, first.end), spanOf(source, last.start, last.end));
}
