import { DiagnosticError, type Source, type Span, spanOf } from "../text/index.ts";
import type { Token } from "./token.ts";

/** Fails at a token: it does not fit, `expected` would have. `opening` is a bracket that waits to be closed. */
export function failUnexpected(
  source: Source,
  tokens: readonly Token[],
  at: number,
  expected: string,
  opening?: Span,
): never {
  const token = tokens[at];
  const start = token?.start ?? source.text.length;
  const end = token?.end ?? source.text.length;
  const found = start === end ? "end of the query" : `\`${source.text.slice(start, end)}\``;
  const hint = hintFor(tokens, at);
  throw new DiagnosticError([
    {
      severity: "error",
      code: "lucene/syntax",
      message: `unexpected ${found}, expected ${expected}`,
      span: spanOf(source, start, end),
      ...(opening !== undefined && { labels: [{ span: opening, message: "opened here" }] }),
      ...(hint !== undefined && { hint }),
    },
  ]);
}

function hintFor(tokens: readonly Token[], at: number): string | undefined {
  const found = tokens[at]?.kind;
  const before = tokens[at - 1]?.kind;
  if (found === ":") {
    return before === "word" || before === "range" || before === "quoted"
      ? "write `\\:` if it is part of the value, or put the value in quotes"
      : "a field stands before a colon";
  }
  if (before === ":" && (found === "-" || found === "+" || found === "not")) {
    return 'put the value in quotes: `field:"-1"`; `-field:value` turns a condition round';
  }
  if (before === "not" || before === "and" || before === "or" || before === "+" || before === "-") {
    return found === "end" || found === ")"
      ? "an operator needs a clause behind it"
      : "one operator at a time; another one goes into brackets: `NOT (NOT a)`";
  }
  if (found === "and" || found === "or") return "an operator needs a clause before it";
  if (found === ")" && before === "(") return "brackets hold at least one clause";
  if (found === "regex") return "write `\\/` if a slash is part of the value, or put it in quotes";
  return undefined;
}
