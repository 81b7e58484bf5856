import type { Source } from "../text/index.ts";
import { isBlank, skipBlanks } from "./blanks.ts";
import { checkCodes, hasUnescapedWildcard } from "./escapes.ts";
import { failAt } from "./fail.ts";
import { readRange } from "./range-lexer.ts";
import type { PlainToken, Token } from "./token.ts";

/** The tokens of Lucene's classic query parser; the last is `end`. */
export function readTokens(source: Source): readonly Token[] {
  const { text } = source;
  const tokens: Token[] = [];
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const token = readToken(source, at);
    tokens.push(token);
    at = skipBlanks(text, token.end);
  }
  tokens.push({ kind: "end", start: text.length, end: text.length });
  return tokens;
}

function readToken(source: Source, start: number): Token {
  const unit = source.text.charAt(start);
  switch (unit) {
    case "(":
    case ")":
    case ":":
      return { kind: unit, start, end: start + 1 };
    case "+":
    case "-":
    case "!":
      return readSign(source, start);
    case '"':
      return readQuoted(source, start);
    case "/":
      return readRegex(source, start);
    case "[":
    case "{":
      return readRange(source, start);
    case "^":
      return readBoost(source, start);
    case "~": {
      const [number = ""] = /^\d*(?:\.\d+)?/.exec(source.text.slice(start + 1, start + 20)) ?? [];
      return { kind: "fuzzy", start, end: start + 1 + number.length };
    }
    case "]":
    case "}": {
      const hint = `write \`\\${unit}\` if it is part of the value`;
      return failAt(source, start, start + 1, "lucene/syntax", `unexpected \`${unit}\``, hint);
    }
    default:
      return readWord(source, start);
  }
}

/** With a space behind it Lucene takes a sign for a word, which nobody means. */
function readSign(source: Source, start: number): Token {
  const unit = source.text.charAt(start);
  const end = start + 1;
  if (isBlank(source.text.charAt(end))) {
    const hint = `write \`\\${unit}\` if it is a word`;
    failAt(source, start, end, "lucene/syntax", "a sign stands right before its clause", hint);
  }
  return { kind: unit === "!" ? "not" : (unit as "+" | "-"), start, end };
}

const operators: Readonly<Record<string, PlainToken["kind"]>> = {
  AND: "and",
  "&&": "and",
  OR: "or",
  "||": "or",
  NOT: "not",
};

function readWord(source: Source, start: number): Token {
  const { text } = source;
  let end = start;
  while (end < text.length) {
    const unit = text.charAt(end);
    if (unit === "\\") {
      if (end + 1 === text.length) failAtEnd(source);
      end += 2;
    } else if (isWordUnit(unit)) end += 1;
    else break;
  }
  const raw = text.slice(start, end);
  const operator = Object.hasOwn(operators, raw) ? operators[raw] : undefined;
  if (operator !== undefined) return { kind: operator as "and" | "or" | "not", start, end };
  // In a word with wildcards `\\u` is just a `u`.
  if (!hasUnescapedWildcard(raw)) checkCodes(source, start, raw);
  return { kind: "word", raw, start, end };
}

function isWordUnit(unit: string): boolean {
  return !isBlank(unit) && !'!():^[]"{}~/'.includes(unit);
}

function readQuoted(source: Source, start: number): Token {
  const { text } = source;
  let at = start + 1;
  while (text.charAt(at) !== '"') {
    if (at >= text.length) {
      failAt(source, start, start + 1, "lucene/syntax", 'there is no `"` that ends the text');
    }
    at += text.charAt(at) === "\\" ? 2 : 1;
  }
  const raw = text.slice(start + 1, at);
  checkCodes(source, start + 1, raw);
  return { kind: "quoted", raw, start, end: at + 1 };
}

function readRegex(source: Source, start: number): Token {
  const { text } = source;
  let at = start + 1;
  while (text.charAt(at) !== "/") {
    if (at >= text.length) {
      const message = "there is no `/` that ends the regular expression";
      const hint = "write `\\/` if the slash is part of a value, or put the value in quotes";
      failAt(source, start, start + 1, "lucene/syntax", message, hint);
    }
    at += text.charAt(at) === "\\" ? 2 : 1;
  }
  if (at === start + 1) {
    failAt(source, start, at + 1, "lucene/syntax", "the regular expression is empty");
  }
  return { kind: "regex", raw: text.slice(start + 1, at), start, end: at + 1 };
}

function readBoost(source: Source, start: number): Token {
  const [number] = /^\d+(?:\.\d+)?/.exec(source.text.slice(start + 1, start + 30)) ?? [];
  if (number === undefined) {
    const hint = "write `\\^` if it is part of the value";
    failAt(source, start, start + 1, "lucene/syntax", "`^` takes a number", hint);
  }
  return { kind: "boost", raw: number, start, end: start + 1 + number.length };
}

function failAtEnd(source: Source): never {
  const { length } = source.text;
  const hint = "write it twice if it is part of the value";
  failAt(source, length - 1, length, "lucene/syntax", "the backslash escapes nothing", hint);
}
