/**
 * The pattern of a line: plain text with names in braces, `{client} [{time}] "{method} {url}" {status}`. A
 * name stands for everything up to the text behind it, at its first occurrence; the last text must end the
 * line. A blank stands for one or more blanks or tabs. Matching takes time in proportion to the line.
 */
export interface LinePattern {
  /** What the line begins with. */
  readonly head: string;
  readonly pieces: readonly LinePiece[];
}

export interface LinePiece {
  /** `undefined`: what is here is not wanted. */
  readonly name: string | undefined;
  /** A regular expression in Lucene's dialect that the whole piece must match. */
  readonly regex: string | undefined;
  /** The text behind it; empty for the last piece of a pattern that ends with it. */
  readonly until: string;
}

/** Why a text is no pattern, and where. */
export interface PatternFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** `{name}`, `{name:regex}`, `{}`; `{{` and `}}` are braces. */
export function parseLinePattern(text: string): LinePattern | PatternFault {
  const literals = [""];
  const names: Pick<LinePiece, "name" | "regex">[] = [];
  const append = (unit: string) => {
    literals[literals.length - 1] += unit;
  };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if ((unit === "{" || unit === "}") && text[at + 1] === unit) {
      append(unit);
      at += 1;
    } else if (unit === "}") {
      return { message: "`}` closes nothing; a brace itself is `}}`", start: at, end: at + 1 };
    } else if (unit === "{") {
      const end = closingBrace(text, at);
      if (end < 0) {
        return { message: "`{` is not closed; a brace itself is `{{`", start: at, end: at + 1 };
      }
      const inner = text.slice(at + 1, end);
      const colon = inner.indexOf(":");
      const name = (colon < 0 ? inner : inner.slice(0, colon)).trim();
      if (!/^[\w.@-]*$/.test(name)) {
        return {
          message: "a name has letters, digits, `_`, `-`, `.` and `@`",
          start: at,
          end: end + 1,
        };
      }
      if (names.length > 0 && literals.at(-1) === "") {
        return { message: "between two names there must be some text", start: at, end: end + 1 };
      }
      names.push({
        name: name || undefined,
        regex: colon < 0 ? undefined : inner.slice(colon + 1),
      });
      literals.push("");
      at = end;
    } else append(unit);
  }
  if (names.length === 0)
    return { message: "there is no `{name}` in it", start: 0, end: text.length };
  const [head = "", ...behind] = literals;
  return { head, pieces: names.map((piece, place) => ({ ...piece, until: behind[place] ?? "" })) };
}

/** Braces of a regular expression come in pairs. */
function closingBrace(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** The parts of a line by name, in the pattern's order; `undefined` where the line does not fit. */
export type LineMatcher = (line: string) => readonly (readonly [string, string])[] | undefined;

/** `compile` makes the test of a regular expression. */
export function compileLinePattern(
  { head, pieces }: LinePattern,
  compile: (regex: string) => (text: string) => boolean,
): LineMatcher {
  const tests = pieces.map(({ regex }) => (regex === undefined ? () => true : compile(regex)));
  return (line) => {
    const parts: (readonly [string, string])[] = [];
    let at = literalEnd(line, 0, head);
    if (at < 0) return undefined;
    for (const [place, { name, until }] of pieces.entries()) {
      const isLast = place === pieces.length - 1;
      const found = isLast ? findAtEnd(line, at, until) : findLiteral(line, at, until);
      if (found === undefined) return undefined;
      const part = line.slice(at, found.start);
      if (tests[place]?.(part) !== true) return undefined;
      if (name !== undefined) parts.push([name, part]);
      at = found.end;
    }
    return parts;
  };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function isBlank(unit: string | undefined): boolean {
  return unit === " " || unit === "\t";
}

/** Where the literal ends that begins here; -1 where it does not. */
function literalEnd(line: string, start: number, literal: string): number {
  let at = start;
  for (let index = 0; index < literal.length; index += 1) {
    if (literal[index] !== " ") {
      if (line[at] !== literal[index]) return -1;
      at += 1;
    } else {
      if (!isBlank(line[at])) return -1;
      while (isBlank(line[at])) at += 1;
      while (literal[index + 1] === " ") index += 1;
    }
  }
  return at;
}

/** The first place of the literal. A run of blanks is tried at its first only: each is looked at once for each literal. */
function findLiteral(line: string, from: number, literal: string): Place | undefined {
  for (let start = from; start < line.length; start += 1) {
    if (start > from && literal.startsWith(" ") && isBlank(line[start - 1])) continue;
    const end = literalEnd(line, start, literal);
    if (end >= 0) return { start, end };
  }
  return undefined;
}

/** The place of the literal at the end of the line, blanks behind it aside. */
function findAtEnd(line: string, from: number, literal: string): Place | undefined {
  let end = line.length;
  while (end > from && isBlank(line[end - 1])) end -= 1;
  if (literal.trimEnd() === "") return { start: end, end: line.length };
  let at = end;
  const text = literal.trimEnd();
  for (let index = text.length - 1; index >= 0; index -= 1) {
    if (text[index] !== " ") {
      if (at <= from || line[at - 1] !== text[index]) return undefined;
      at -= 1;
    } else {
      if (at <= from || !isBlank(line[at - 1])) return undefined;
      while (at > from && isBlank(line[at - 1])) at -= 1;
      while (text[index - 1] === " ") index -= 1;
    }
  }
  return { start: at, end: line.length };
}
