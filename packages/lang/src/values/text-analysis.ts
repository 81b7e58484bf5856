/**
 * How a text field's value becomes the tokens that queries compare. `standard` is the analyzer of a text field
 * unless its template says otherwise; `powershell` is the one of script blocks in Elastic's integration.
 */
export type TextAnalyzer = "standard" | "powershell";

/**
 * The tokens of a text in order, in lower case, as an index has them. Takes time linear in the text.
 *
 * `standard` cuts words as Lucene's StandardTokenizer does (Unicode Annex 29): `don't`, `3.14` and `a:b` are one
 * token each, `cmd.exe` is one, `C:\Windows` are two, `a_b` is one, a Han or Hiragana character is one by itself.
 * Two things differ: a double quote between Hebrew letters cuts, and of emoji only single ones and their
 * modified forms are tokens, not every sequence.
 *
 * `powershell` takes runs of ASCII letters, digits, `_` and `-`; all else cuts.
 */
export function analyzeText(text: string, analyzer: TextAnalyzer): readonly string[] {
  return analyzer === "standard" ? cutWords(text) : cutScript(text);
}

function cutScript(text: string): readonly string[] {
  return (text.match(/[A-Za-z0-9_-]+/g) ?? []).map((token) => token.toLowerCase());
}

/** Longer runs are cut into pieces of this many UTF-16 units, as Lucene does. */
const longestToken = 255;

function cutWords(text: string): readonly string[] {
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length) {
    const kind = kindAt(text, at);
    if (kind === other || isMiddle(kind) || kind === extender) {
      at += widthAt(text, at);
      continue;
    }
    const end = endOfToken(text, at, kind);
    const token = text.slice(at, end);
    if (kind !== joiner || hasWordCharacter(token)) tokens.push(lowerCase(token));
    at = end;
  }
  return tokens;
}

/** The first offset behind the token that starts at `start` with a character of that kind. */
function endOfToken(text: string, start: number, kind: Kind): number {
  const last = start + longestToken;
  let before = kind;
  let at = start + widthAt(text, start);
  for (;;) {
    const behindWord = skipAsciiWord(text, at, last);
    if (behindWord > at && joins(before, letter)) {
      at = behindWord;
      before = kindAt(text, at - 1);
    }
    // Marks belong to what they stand on.
    at = skipExtenders(text, at, last);
    if (at >= text.length || at >= last) break;
    const next = kindAt(text, at);
    let width = widthAt(text, at);
    if (isMiddleFor(next, before)) {
      const behind = skipExtenders(text, at + width, last);
      if (behind >= text.length || behind >= last || kindAt(text, behind) !== before) break;
      width = behind - at + widthAt(text, behind);
    } else if (joins(before, next)) before = next;
    else break;
    if (at + width > last) break;
    at += width;
  }
  return at;
}

/** ASCII letters, digits and `_`: all of these join. */
function skipAsciiWord(text: string, from: number, last: number): number {
  const end = Math.min(text.length, last);
  let at = from;
  while (at < end && asciiWord[text.charCodeAt(at)] === 1) at += 1;
  return at;
}

const asciiWord: Uint8Array = Uint8Array.from({ length: 0x80 }, (_, unit) =>
  /\w/.test(String.fromCharCode(unit)) ? 1 : 0,
);

function skipExtenders(text: string, from: number, last: number): number {
  let at = from;
  while (at < text.length && at < last && kindAt(text, at) === extender) at += widthAt(text, at);
  return at;
}

/** What a character does to the words around it: Unicode's Word_Break, as far as Lucene tells it apart. */
type Kind = number;
const other = 1;
const letter = 2;
const digit = 3;
/** `_` and its like: joins what stands on both sides, and is no word alone. */
const joiner = 4;
/** Between letters, between digits, or between either. */
const betweenLetters = 5;
const betweenDigits = 6;
const between = 7;
/** Marks, format characters and joiners: no border before them. */
const extender = 8;
const katakana = 9;
/** Han and Hiragana: a token each. */
const single = 10;
/** Thai, Lao, Khmer, Myanmar: runs, which only a dictionary could cut. */
const unspaced = 11;
const emoji = 12;

function isMiddle(kind: Kind): boolean {
  return kind === betweenLetters || kind === betweenDigits || kind === between;
}

function isMiddleFor(kind: Kind, side: Kind): boolean {
  if (side === letter) return kind === betweenLetters || kind === between;
  return side === digit && (kind === betweenDigits || kind === between);
}

function joins(before: Kind, next: Kind): boolean {
  if (before === letter || before === digit) {
    return next === letter || next === digit || next === joiner;
  }
  if (before === katakana) return next === katakana || next === joiner;
  if (before === joiner) {
    return next === joiner || next === letter || next === digit || next === katakana;
  }
  return before === unspaced && next === unspaced;
}

function hasWordCharacter(token: string): boolean {
  for (let at = 0; at < token.length; at += widthAt(token, at)) {
    const kind = kindAt(token, at);
    if (kind === letter || kind === digit || kind === katakana) return true;
  }
  return false;
}

/** By UTF-16 unit; 0 for not yet known. */
const kinds = new Uint8Array(0x10000);

function kindAt(text: string, at: number): Kind {
  const unit = text.charCodeAt(at);
  const width = widthAt(text, at);
  if (width === 2) return kindOf(text.slice(at, at + 2));
  let kind = kinds[unit] ?? 0;
  if (kind === 0) {
    kind = kindOf(text.charAt(at));
    kinds[unit] = kind;
  }
  return kind;
}

function kindOf(character: string): Kind {
  if (/[\p{M}\p{Cf}]/u.test(character)) return /[\u200b]/.test(character) ? other : extender;
  if (/[\p{Script=Han}\p{Script=Hiragana}]/u.test(character)) return single;
  if (/[\p{Script=Katakana}\u3031-\u3035\u309b\u309c\u30a0\u30fc\uff70]/u.test(character)) {
    return katakana;
  }
  if (/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(character)) {
    return /\p{Nd}/u.test(character) ? digit : unspaced;
  }
  if (/[\p{Alphabetic}\u02c2-\u02c5\u02d2-\u02d7\u02de\u02df\u05f3]/u.test(character))
    return letter;
  if (/[\p{Nd}\u066b]/u.test(character)) return digit;
  if (/[\p{Pc}\u202f]/u.test(character)) return joiner;
  if (/[:\u00b7\u0387\u055f\u05f4\u2027\ufe13\ufe55\uff1a]/.test(character)) return betweenLetters;
  if (
    /[,;\u037e\u0589\u060c\u060d\u066c\u07f8\u2044\ufe10\ufe14\ufe50\ufe54\uff0c\uff1b]/.test(
      character,
    )
  ) {
    return betweenDigits;
  }
  if (/[.'\u2018\u2019\u2024\ufe52\uff07\uff0e]/.test(character)) return between;
  return /\p{Emoji_Presentation}/u.test(character) ? emoji : other;
}

function widthAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0xd800 || unit > 0xdbff) return 1;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1;
}

/** By code point, as Java has it: no final sigma, and `İ` is a plain `i`. */
function lowerCase(token: string): string {
  if (/^[\0-\x7f]*$/.test(token)) return token.toLowerCase();
  return Array.from(token, (point) => (point === "\u0130" ? "i" : point.toLowerCase())).join("");
}
