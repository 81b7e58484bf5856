import { spanOf } from "../text/index.ts";
import type { Cursor } from "./cursor.ts";
import { fail } from "./fail.ts";

/** What to do about a text that goes on in a way that does not fit. The first habit that fits speaks. */
interface Habit {
  /** What the text goes on with. */
  readonly next: RegExp;
  /** What stands before, the last `shown` units of it. */
  readonly before?: RegExp;
  readonly hint: (word: string) => string;
}

const shown = 100;

const habits: readonly Habit[] = [
  {
    next: /^$|^[)}]/,
    before: /(?:^|\s)(and|or|not)\s*$/i,
    hint: (word) => `\`${word}\` needs a condition or a value behind it`,
  },
  {
    next: /^[)}]/,
    before: /[({]\s*$/,
    hint: () => "brackets hold at least one condition or value",
  },
  {
    next: /^not\s/i,
    before: /(?:^|\s)not\s+$/i,
    hint: () => "one `not` at a time; another one goes into brackets: `not (not …)`",
  },
  {
    next: /^not\s/i,
    before: /\s$/,
    hint: () => "write `and not`: a space alone joins nothing",
  },
  {
    next: /^not\s/i,
    hint: () =>
      "`not` and a space end an unquoted value, also inside a word: put the value in quotes",
  },
  {
    next: /^["(]/,
    before: /(?:^|\s)(?:!=|<>)\s*$/,
    hint: () => "write `not field: value`",
  },
  {
    next: /^["(]/,
    before: /(?:^|\s)(?:==?|is|eq|like)\s*$/i,
    hint: () => "compare with a colon: `field: value`",
  },
  {
    next: /^\(/,
    before: /(?:^|\s)(?:not\s+)?in\s*$/i,
    hint: () => "write a list as `field: (a or b)`",
  },
  {
    next: /^\(/,
    before: /(?:^|[\s()])(and|or|not)$/i,
    hint: (word) => `write a space between \`${word}\` and \`(\``,
  },
  {
    next: /^(?:and|or)\b/i,
    hint: () => "`and` and `or` need a space on both sides",
  },
  {
    next: /^,/,
    hint: () => "join the values of a list with `or`",
  },
  { next: /^(?:\|\|?|&&?)/, hint: () => "write `or` and `and`" },
  {
    next: /^:/,
    before: /(?:\(|\s(?:and|or|not))\s*([^\s\\():<>"*{}]+)\s*$/i,
    hint: (word) => `a list holds values only: write \`${word}\` outside of it`,
  },
  {
    next: /^:/,
    before: /[^\s:(<>{]\s+([^\s\\():<>"*{}]+)\s*$/,
    hint: (word) => `write \`and\` or \`or\` before \`${word}\`: a space joins nothing`,
  },
  {
    next: /^[^\s]/,
    before: /\\"[^"]*"\s*$/,
    hint: () =>
      'a backslash before a quote makes it part of the text: write it twice at the end of a path, `"C:\\\\Temp\\\\"`',
  },
  {
    next: /^"/,
    before: /[^\s():<>{}"]$/,
    hint: () => 'write `\\"` if the quote is part of the value',
  },
  {
    next: /^[():<>{]/,
    before: /[^\s]$/,
    hint: () =>
      "if it is part of the value, write a backslash before it or put the value in quotes",
  },
  {
    next: /^[^\s)}]/,
    before: /[^\s(:<>{]\s*$/,
    hint: () => "write `and` or `or` between two conditions or values",
  },
];

/**
 * Fails at the cursor: what stands there does not fit, `expected` would have. `opening` is the offset of a
 * bracket that waits to be closed.
 */
export function failUnexpected(cursor: Cursor, expected: string, opening?: number): never {
  const { source, offset } = cursor;
  const rest = source.text.slice(offset, offset + shown);
  const before = source.text.slice(Math.max(0, offset - shown), offset);
  const [found = ""] = /^(?:[^\s\\():<>"*{}]+|[\s\S])/u.exec(rest) ?? [];
  const hint = hintFor(rest, before);
  fail({
    code: "kql/syntax",
    message: `unexpected ${found === "" ? "end of the query" : `\`${found}\``}, expected ${expected}`,
    span: spanOf(source, offset, offset + found.length),
    ...(opening !== undefined && {
      labels: [{ span: spanOf(source, opening, opening + 1), message: "opened here" }],
    }),
    ...(hint !== undefined && { hint }),
  });
}

function hintFor(rest: string, before: string): string | undefined {
  for (const habit of habits) {
    if (!habit.next.test(rest)) continue;
    const found = habit.before === undefined ? [] : habit.before.exec(before);
    if (found !== null) return habit.hint(found[1] ?? "");
  }
  return undefined;
}
