import { type Source, spanOf } from "../text/index.ts";
import { readQuoted, readRaw } from "./string-lexer.ts";
import { keywords, type Token, type Trouble } from "./token.ts";

/** Longest first, so that `![` is one token and `!` alone none. */
const symbols = ["![", "==", "!=", "<=", ">=", ..."<>+-*/%()[].,:=|?"];

const largestLong = 2n ** 63n - 1n;
const blank = /[ \t\r\n]+/y;
const restOfLine = /[^\r\n]*/y;
const word = /[A-Za-z_@][A-Za-z0-9_]*/y;
const insensitiveName = /^[A-Za-z][A-Za-z0-9_]*$/;
const number = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;

/**
 * All tokens of a query, the last of kind `end`. Never throws: what cannot be read becomes a token of
 * kind `bad` that holds its finding (eql-semantics 1).
 */
export function lexEql(source: Source): readonly Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    offset = skipBlanks(text, offset);
    if (offset >= text.length) break;
    const token = readToken(source, offset);
    tokens.push(token);
    offset = token.end;
  }
  // Right behind the last token: a finding about the end then shows what it follows, not an empty line.
  const end = tokens.at(-1)?.end ?? text.length;
  tokens.push({ kind: "end", start: end, end, text: "" });
  return tokens;
}

/** Past white space and comments; block comments nest. Stops at a comment that is never closed. */
function skipBlanks(text: string, from: number): number {
  let offset = from;
  for (;;) {
    offset = matchAt(blank, text, offset) ?? offset;
    if (text.startsWith("//", offset)) {
      offset = matchAt(restOfLine, text, offset) ?? offset;
    } else if (text.startsWith("/*", offset)) {
      const end = endOfComment(text, offset);
      if (end === undefined) return offset;
      offset = end;
    } else {
      return offset;
    }
  }
}

function endOfComment(text: string, start: number): number | undefined {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  return undefined;
}

function readToken(source: Source, start: number): Token {
  const { text } = source;
  const first = text.charAt(start);
  if (first === '"') {
    const read = text.startsWith('"""', start) ? readRaw(text, start) : readQuoted(text, start);
    return read.trouble === undefined
      ? { kind: "string", ...cut(text, start, read.end), value: read.value }
      : badToken(source, start, read.end, read.trouble);
  }
  if (first === "'") return readOldString(source, start, start);
  if (first === "?" && /["']/.test(text.charAt(start + 1))) {
    return readOldString(source, start, start + 1);
  }
  if (first === "`") return readQuotedName(source, start);
  const endOfWord = matchAt(word, text, start);
  if (endOfWord !== undefined) return readWord(text, start, endOfWord);
  const endOfNumber = matchAt(number, text, start);
  if (endOfNumber !== undefined) return readNumber(source, start, endOfNumber);
  if (text.startsWith("/*", start)) {
    return badToken(source, start, text.length, {
      code: "eql/lexical",
      message: "this comment is never closed",
      hint: "end it with `*/`; comments nest, each `/*` needs its own",
    });
  }
  const symbol = symbols.find((each) => text.startsWith(each, start));
  if (symbol !== undefined) {
    return { kind: "symbol", ...cut(text, start, start + symbol.length) };
  }
  return readStranger(source, start);
}

function readWord(text: string, start: number, end: number): Token {
  const name = text.slice(start, end);
  if (text[end] === "~") {
    const marked = cut(text, start, end + 1);
    if (keywords.has(marked.text)) return { kind: "keyword", ...marked };
    if (insensitiveName.test(name)) return { kind: "insensitive", ...marked, name };
  }
  return { kind: keywords.has(name) ? "keyword" : "identifier", ...cut(text, start, end) };
}

function readNumber(source: Source, start: number, end: number): Token {
  const piece = cut(source.text, start, end);
  if (/^[0-9]+$/.test(piece.text)) {
    const digits = piece.text.replace(/^0+(?=.)/, "");
    // Making a bigint of very many digits is slow; past 19 it cannot fit anyway.
    const whole = digits.length <= 19 ? BigInt(digits) : undefined;
    if (whole !== undefined && whole <= largestLong) {
      return { kind: "number", ...piece, value: whole };
    }
  }
  const value = Number(piece.text);
  return Number.isFinite(value)
    ? { kind: "number", ...piece, value }
    : badToken(source, start, end, { code: "eql/lexical", message: "this number is too large" });
}

function readQuotedName(source: Source, start: number): Token {
  const { text } = source;
  let end = start + 1;
  for (;;) {
    end = text.indexOf("`", end);
    if (end < 0) {
      return badToken(source, start, start + 1, {
        code: "eql/lexical",
        message: "this backtick is never closed",
        hint: "end the field name with a backtick; write a backtick inside it twice",
      });
    }
    if (text[end + 1] !== "`") break;
    end += 2;
  }
  if (end === start + 1) {
    return badToken(source, start, end + 1, {
      code: "eql/lexical",
      message: "a field name in backticks cannot be empty",
    });
  }
  const name = text.slice(start + 1, end).replaceAll("``", "`");
  return { kind: "quoted", ...cut(text, start, end + 1), name };
}

/** `'text'`, `?"text"` and `?'text'` of the older dialect, read whole so that one finding covers them. */
function readOldString(source: Source, start: number, quoteAt: number): Token {
  const { text } = source;
  const quote = text.charAt(quoteAt);
  let end = quoteAt + 1;
  const isRaw = quoteAt > start;
  while (end < text.length && text[end] !== quote && text[end] !== "\n" && text[end] !== "\r") {
    end += !isRaw && text[end] === "\\" ? 2 : 1;
  }
  end = text[end] === quote ? end + 1 : quoteAt + 1;
  return badToken(source, start, end, {
    code: "eql/old-dialect",
    message: isRaw
      ? "strings that start with `?` are of the older dialect"
      : "strings in single quotes are of the older dialect",
    hint: isRaw
      ? 'put text in which nothing is escaped between three double quotes: """text"""'
      : 'use double quotes: "text"',
  });
}

const strangers: Readonly<Record<string, string>> = {
  ";": "a query is one statement; nothing ends it",
  "&": "write `and`",
  "!": "write `not`",
  "~": "the mark stands directly behind the operator or function name: `like~`, `endsWith~(`",
  "\u201c": 'use straight double quotes: "text"',
  "\u201d": 'use straight double quotes: "text"',
  "\u2018": 'use straight double quotes: "text"',
  "\u2019": 'use straight double quotes: "text"',
  "{": "values in a list stand between round brackets",
  "\\": "a backslash is only possible inside a string",
};

function readStranger(source: Source, start: number): Token {
  const character = String.fromCodePoint(source.text.codePointAt(start) ?? 0);
  const hint = Object.hasOwn(strangers, character) ? strangers[character] : undefined;
  return badToken(source, start, start + character.length, {
    code: "eql/lexical",
    message: `unexpected character ${nameCharacter(character)}`,
    hint:
      hint ?? "a field name with such characters stands between backticks, text in double quotes",
  });
}

function nameCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return /^[\x21-\x7e]$/.test(character) ? `\`${character}\`` : `U+${code}`;
}

function badToken(source: Source, start: number, end: number, trouble: Trouble): Token {
  const { code, message, hint, at } = trouble;
  return {
    kind: "bad",
    ...cut(source.text, start, end),
    finding: {
      severity: "error",
      code,
      message,
      span: spanOf(source, start, end),
      ...(at && { labels: [{ span: spanOf(source, at.start, at.end), message: at.message }] }),
      ...(hint !== undefined && { hint }),
    },
  };
}

function cut(text: string, start: number, end: number): Pick<Token, "start" | "end" | "text"> {
  return { start, end, text: text.slice(start, end) };
}

/** The end of the match that starts exactly at `offset`; the pattern is sticky. */
function matchAt(pattern: RegExp, text: string, offset: number): number | undefined {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
