import { keywords, type Token } from "./token.ts";

/** What people write out of habit from another language or dialect, where an operator should stand. */
const habits: Readonly<Record<string, string>> = {
  "=": "compare with `==` (exact) or `:` (any case, takes `*` and `?`)",
  "|": "a pipe takes one bar; for the operator write `or`",
  contains: 'write `field : "*text*"` or `stringContains(field, "text")`',
  startswith: 'write `field : "text*"` or `startsWith(field, "text")`',
  endswith: 'write `field : "*text"` or `endsWith(field, "text")`',
  matches: 'write `field regex "…"`, which matches the whole value',
  is: "compare with `==`; `== null` asks whether there is no value",
};

/** What to do about a token that does not fit; `previous` is the one before it. */
export function hintFor(token: Token, previous: Token | undefined): string | undefined {
  if (token.kind === "end") return undefined;
  const lower = token.text.toLowerCase();
  if (token.kind === "identifier" && keywords.has(lower)) {
    return `keywords are lower case: \`${lower}\``;
  }
  if (token.text === ">" && previous?.text === "<") return "write `!=`";
  if (token.text === "=" && previous?.text === "==") return "write `==`";
  if (previous?.kind === "number" && previous.end === token.start && token.kind === "identifier") {
    return "numbers are written in decimal digits, without separators and units";
  }
  return Object.hasOwn(habits, lower) ? habits[lower] : undefined;
}
