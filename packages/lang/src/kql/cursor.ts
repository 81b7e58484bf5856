import { type Source, type Span, spanOf } from "../text/index.ts";
import { fail } from "./fail.ts";
import { skipBlanks } from "./lexer.ts";

/** How deep brackets may stand in one another. Public rules need fewer than ten. */
const deepestNesting = 200;

/** Where the parser is in a query. The parse functions move it; nothing else changes. */
export interface Cursor {
  readonly source: Source;
  offset: number;
  nesting: number;
}

export function startCursor(source: Source): Cursor {
  return { source, offset: 0, nesting: 0 };
}

/** Past white space, then past the symbol if it is the next thing; otherwise the cursor stays. */
export function accept(cursor: Cursor, symbol: string): boolean {
  const { text } = cursor.source;
  const start = skipBlanks(text, cursor.offset);
  if (!text.startsWith(symbol, start)) return false;
  cursor.offset = start + symbol.length;
  return true;
}

/** Past white space. */
export function skip(cursor: Cursor): void {
  cursor.offset = skipBlanks(cursor.source.text, cursor.offset);
}

/** From an offset to where the cursor is, without the white space before it. */
export function spanSince(cursor: Cursor, start: number): Span {
  const end = start + cursor.source.text.slice(start, cursor.offset).trimEnd().length;
  return spanOf(cursor.source, start, end);
}

/** Runs `parse` one level deeper. */
export function nest<T>(cursor: Cursor, parse: () => T): T {
  if (cursor.nesting >= deepestNesting) {
    fail({
      code: "kql/too-deep",
      message: `more than ${deepestNesting} levels of brackets`,
      span: spanOf(cursor.source, cursor.offset, cursor.offset),
    });
  }
  cursor.nesting += 1;
  const result = parse();
  cursor.nesting -= 1;
  return result;
}
