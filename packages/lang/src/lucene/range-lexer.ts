import type { Source } from "../text/index.ts";
import { isBlank, skipBlanks } from "./blanks.ts";
import { checkCodes } from "./escapes.ts";
import { failAt } from "./fail.ts";
import type { RangeBound, RangeToken } from "./token.ts";

/** `[a TO b]`, `{a TO b}`, or one bracket of each. Inside only quotes, blanks and the closing brackets are special. */
export function readRange(source: Source, start: number): RangeToken {
  const { text } = source;
  const from = readBound(source, skipBlanks(text, start + 1), start);
  const to = skipBlanks(text, from.end);
  if (!/^TO[ \t\n\r\u3000]/.test(text.slice(to, to + 3))) failUnlike(source, start, to);
  const last = readBound(source, skipBlanks(text, to + 2), start);
  const close = skipBlanks(text, last.end);
  const unit = text.charAt(close);
  if (unit !== "]" && unit !== "}") failUnlike(source, start, close);
  return {
    kind: "range",
    from: { ...from, inclusive: text.charAt(start) === "[" },
    to: { ...last, inclusive: unit === "]" },
    start,
    end: close + 1,
  };
}

function readBound(source: Source, start: number, opening: number): Omit<RangeBound, "inclusive"> {
  const { text } = source;
  const isQuoted = text.charAt(start) === '"';
  let at = isQuoted ? start + 1 : start;
  while (at < text.length) {
    const unit = text.charAt(at);
    const isEnd = isQuoted ? unit === '"' : isBlank(unit) || unit === "]" || unit === "}";
    if (isEnd) break;
    at += unit === "\\" ? 2 : 1;
  }
  if (at >= text.length || at === start) failUnlike(source, opening, Math.min(at, text.length));
  const first = isQuoted ? start + 1 : start;
  const raw = text.slice(first, at);
  checkCodes(source, first, raw);
  return { raw, isQuoted, start, end: isQuoted ? at + 1 : at };
}

function failUnlike(source: Source, start: number, end: number): never {
  const hint =
    "write `[1 TO 5]`, `{1 TO 5}`, `[1 TO *]`, or `\\[` if the bracket is part of the value";
  failAt(source, start, Math.max(end, start + 1), "lucene/syntax", "this is no range", hint);
}
