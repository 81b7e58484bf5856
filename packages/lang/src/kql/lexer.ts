import { type Source, spanOf } from "../text/index.ts";
import type { WordNode } from "./ast.ts";
import { fail } from "./fail.ts";

/*
 * KQL has no tokens to cut beforehand: a space is part of a value unless an operator follows, and words are
 * operators only with space around them. So these functions read what stands at an offset (detection-semantics 7.1).
 */

/** A word and where the next thing starts: spaces behind an unquoted word belong to it, and are trimmed away. */
export interface ReadWord {
  readonly node: WordNode;
  readonly end: number;
}

/** Characters that mean something, and themselves only behind a backslash. */
const specials = '\\():<>"*{}';

const blanks = " \t\r\n\u00a0";

function isBlank(unit: string): boolean {
  return unit !== "" && blanks.includes(unit);
}

/** The first offset from `from` on that is no white space. */
export function skipBlanks(text: string, from: number): number {
  let offset = from;
  while (isBlank(text.charAt(offset))) offset += 1;
  return offset;
}

/** Where `and` or `or` with space on both sides ends, the space included; `undefined` if it does not stand here. */
export function endOfOperator(text: string, from: number, op: "and" | "or"): number | undefined {
  const start = skipBlanks(text, from);
  return start > from ? endOfKeyword(text, start, op) : undefined;
}

/** Where `not` and the space behind it end, if it stands here. */
export function endOfNot(text: string, start: number): number | undefined {
  const first = text.charAt(start);
  return first === "n" || first === "N" ? endOfKeyword(text, start, "not") : undefined;
}

function endOfKeyword(text: string, start: number, word: string): number | undefined {
  const behind = start + word.length;
  if (text.slice(start, behind).toLowerCase() !== word) return undefined;
  const end = skipBlanks(text, behind);
  return end > behind ? end : undefined;
}

/** The word at the offset; `undefined` if none starts there. Fails on what no word can hold. */
export function readWord(source: Source, start: number): ReadWord | undefined {
  return source.text.charAt(start) === '"' ? readQuoted(source, start) : readPlain(source, start);
}

function readQuoted(source: Source, start: number): ReadWord {
  const { text } = source;
  let value = "";
  let offset = start + 1;
  for (;;) {
    const unit = text.charAt(offset);
    if (unit === "") return failUnclosed(source, start);
    if (unit === '"') break;
    const found = unit === "\\" ? readQuotedEscape(text, offset) : undefined;
    value += found?.value ?? unit;
    offset = found?.end ?? offset + 1;
  }
  const end = offset + 1;
  return {
    node: { kind: "literal", value, isQuoted: true, span: spanOf(source, start, end) },
    end,
  };
}

interface Escape {
  readonly value: string;
  readonly end: number;
}

/** Before anything else a backslash in quotes is itself. */
function readQuotedEscape(text: string, offset: number): Escape | undefined {
  const next = text.charAt(offset + 1);
  if (next === "\\" || next === '"') return { value: next, end: offset + 2 };
  return readCharacterEscape(text, offset);
}

function readPlainEscape(text: string, offset: number): Escape | undefined {
  const next = text.charAt(offset + 1);
  if (next !== "" && specials.includes(next)) return { value: next, end: offset + 2 };
  const found = readCharacterEscape(text, offset);
  if (found !== undefined) return found;
  const keyword = /(?:or|and|not)/iy;
  keyword.lastIndex = offset + 1;
  const [word] = keyword.exec(text) ?? [];
  return word === undefined ? undefined : { value: word, end: offset + 1 + word.length };
}

const controls: Readonly<Record<string, string>> = { t: "\t", r: "\r", n: "\n" };

function readCharacterEscape(text: string, offset: number): Escape | undefined {
  const next = text.charAt(offset + 1);
  const control = Object.hasOwn(controls, next) ? controls[next] : undefined;
  if (control !== undefined) return { value: control, end: offset + 2 };
  if (next !== "u") return undefined;
  const digits = text.slice(offset + 2, offset + 6);
  if (!/^[0-9a-f]{4}$/i.test(digits)) return undefined;
  return { value: String.fromCharCode(Number.parseInt(digits, 16)), end: offset + 6 };
}

function readPlain(source: Source, start: number): ReadWord | undefined {
  const { text } = source;
  /** The text since the last star, and the texts before it. */
  let piece = "";
  const pieces: string[] = [];
  let offset = start;
  while (offset < text.length) {
    const unit = text.charAt(offset);
    if (unit === "\\") {
      const found = readPlainEscape(text, offset);
      if (found === undefined) return failStrayBackslash(source, offset);
      piece += found.value;
      offset = found.end;
    } else if (unit === "*") {
      pieces.push(piece);
      piece = "";
      offset += 1;
    } else if (specials.includes(unit) || endOfNot(text, offset) !== undefined) {
      break;
    } else if (isBlank(unit)) {
      if (startsOperator(text, offset)) break;
      const end = skipBlanks(text, offset);
      piece += text.slice(offset, end);
      offset = end;
    } else {
      piece += unit;
      offset += 1;
    }
  }
  if (offset === start) return undefined;
  pieces.push(piece);
  return { node: nodeOf(pieces, source, start, offset), end: offset };
}

function startsOperator(text: string, offset: number): boolean {
  return (
    endOfOperator(text, offset, "or") !== undefined ||
    endOfOperator(text, offset, "and") !== undefined
  );
}

function nodeOf(read: readonly string[], source: Source, start: number, end: number): WordNode {
  const raw = source.text.slice(start, end);
  const from = start + raw.length - raw.trimStart().length;
  const span = spanOf(source, from, Math.max(from, start + raw.trimEnd().length));
  const last = read.length - 1;
  if (last > 0) {
    const pieces = read.map((piece, index) => {
      if (index === 0) return piece.trimStart();
      return index === last ? piece.trimEnd() : piece;
    });
    return { kind: "pattern", pieces, span };
  }
  const text = (read[0] ?? "").trim();
  // Nothing but strange white space is left of some words: as good as `""`.
  const isQuoted = text === "";
  return { kind: "literal", value: isQuoted ? text : typed(text), isQuoted, span };
}

function typed(text: string): string | boolean | null {
  if (text === "null") return null;
  return text === "true" || text === "false" ? text === "true" : text;
}

function failUnclosed(source: Source, start: number): never {
  const { text } = source;
  const escaped = text.lastIndexOf('\\"');
  const isEscaped = escaped > start;
  fail({
    code: "kql/syntax",
    message: "this quote is never closed",
    span: spanOf(source, start, start + 1),
    ...(isEscaped && {
      labels: [
        { span: spanOf(source, escaped, escaped + 2), message: "this is a quote in the text" },
      ],
    }),
    hint: isEscaped
      ? 'write a backslash before the closing quote twice: `"C:\\\\Temp\\\\"`'
      : 'close it, or write `\\"` if the quote is part of an unquoted value',
  });
}

function failStrayBackslash(source: Source, offset: number): never {
  const next = String.fromCodePoint(source.text.codePointAt(offset + 1) ?? 0x20);
  fail({
    code: "kql/escape",
    message: isBlank(next)
      ? "this backslash escapes nothing"
      : `a backslash cannot stand before \`${next}\` in an unquoted value`,
    span: spanOf(source, offset, offset + 1),
    hint: "write it twice to mean a backslash, or put the value in quotes (where `*` is no wildcard)",
  });
}
