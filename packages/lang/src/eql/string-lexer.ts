import { type Span, spanOf } from "../text/index.ts";
import type { Trouble } from "./token.ts";

/** A string token: where it ends, and its text or why it has none. */
export type StringRead =
  | { readonly end: number; readonly value: string; readonly trouble?: undefined }
  | { readonly end: number; readonly trouble: Trouble };

const escapes: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  '"': '"',
  "'": "'",
  "\\": "\\",
};

const rawHint =
  'write a backslash as `\\\\`, or put the text between three double quotes: """C:\\dir"""';

/** Reads `"text"` with its escapes (eql-semantics 1.8). The first trouble wins; the end is that of the whole string. */
export function readQuoted(text: string, start: number): StringRead {
  let value = "";
  let trouble: Trouble | undefined;
  let offset = start + 1;
  for (;;) {
    const unit = text.charAt(offset);
    if (unit === "" || unit === "\n" || unit === "\r") {
      return { end: offset, trouble: openString(text, start, offset) };
    }
    if (unit === '"') break;
    if (unit !== "\\") {
      value += unit;
      offset += 1;
      continue;
    }
    const read = readEscape(text, offset);
    offset = read.end;
    if (read.trouble === undefined) value += read.value;
    else trouble ??= read.trouble;
  }
  const end = offset + 1;
  return trouble === undefined ? { end, value } : { end, trouble };
}

/** Reads `"""text"""`: ends at the first three quotes, but up to two more directly behind belong to the text. */
export function readRaw(text: string, start: number): StringRead {
  const from = start + 3;
  let close = text.indexOf('"""', from);
  const lineEnd = text.slice(from, close < 0 ? text.length : close).search(/[\r\n]/);
  if (close < 0 || lineEnd >= 0) {
    const end = lineEnd < 0 ? text.length : from + lineEnd;
    return {
      end,
      trouble: {
        code: "eql/lexical",
        message: 'this string has no closing `"""` on its line',
        hint: "a string cannot contain a line break",
      },
    };
  }
  for (let more = 0; more < 2 && text[close + 3] === '"'; more += 1) close += 1;
  return { end: close + 3, value: text.slice(from, close) };
}

function openString(text: string, start: number, end: number): Trouble {
  const endsInEscapedQuote = /\\"\s*[)\]]*\s*$/.test(text.slice(Math.max(start, end - 20), end));
  return {
    code: "eql/lexical",
    message: 'this string has no closing `"` on its line',
    hint: endsInEscapedQuote
      ? `\`\\"\` is a quote inside the text; ${rawHint}`
      : "a string cannot contain a line break",
  };
}

function readEscape(text: string, start: number): StringRead {
  const letter = text.charAt(start + 1);
  if (letter === "u") return readUnicodeEscape(text, start);
  const value = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
  if (value !== undefined) return { end: start + 2, value };
  const isBreak = letter === "" || letter === "\n" || letter === "\r";
  const character = isBreak ? "" : String.fromCodePoint(text.codePointAt(start + 1) ?? 0);
  const end = start + 1 + character.length;
  const isWildcard = letter === "*" || letter === "?";
  return {
    end,
    trouble: {
      code: "eql/lexical",
      message: `unknown escape \`\\${character}\``,
      hint: isWildcard
        ? `wildcards cannot be escaped: find a literal \`${letter}\` with \`==\`, \`in\` or stringContains; for a backslash in front of it, ${rawHint}`
        : rawHint,
      at: { start, end, message: "this escape" },
    },
  };
}

/** `\u{H}` with 2 to 8 hexadecimal digits, a scalar value. */
function readUnicodeEscape(text: string, start: number): StringRead {
  const found = /^\\u\{([0-9A-Fa-f]*)\}/.exec(text.slice(start, start + 64));
  if (found === null) {
    return {
      end: start + 2,
      trouble: {
        code: "eql/lexical",
        message: "unknown escape `\\u`",
        hint: `a character by its number is written \`\\u{202e}\`; ${rawHint}`,
        at: { start, end: start + 2, message: "this escape" },
      },
    };
  }
  const [whole, digits = ""] = found;
  const end = start + whole.length;
  const code = Number.parseInt(digits, 16);
  const reason =
    digits.length < 2 || digits.length > 8
      ? "`\\u{…}` takes 2 to 8 hexadecimal digits"
      : code >= 0xd800 && code <= 0xdfff
        ? "`\\u{…}` cannot be half of a surrogate pair"
        : code > 0x10ffff
          ? "there is no character past `\\u{10ffff}`"
          : undefined;
  if (reason === undefined) return { end, value: String.fromCodePoint(code) };
  return {
    end,
    trouble: { code: "eql/escape", message: reason, at: { start, end, message: "this escape" } },
  };
}

/** Where a character of a string's value stands in its source; `offset` counts UTF-16 units of the value. */
export function spanInside(span: Span, offset: number): Span {
  const { source, start } = span;
  if (source.text.startsWith('"""', start)) return spanAt(span, start + 3 + offset, 1);
  let place = start + 1;
  for (let passed = 0; place < span.end - 1; ) {
    const read = source.text[place] === "\\" ? readEscape(source.text, place) : undefined;
    const size = read === undefined ? 1 : read.end - place;
    const units = read?.trouble === undefined ? (read?.value.length ?? 1) : 1;
    if (passed + units > offset) return spanAt(span, place, size);
    passed += units;
    place += size;
  }
  return spanAt(span, span.end - 1, 1);
}

function spanAt({ source, end }: Span, start: number, length: number): Span {
  const from = Math.min(start, end - 1);
  return spanOf(source, from, Math.min(end, from + length));
}
