import {
  type Misfit,
  type Predicate,
  patternsOnField,
  tokenPatternsOnField,
} from "@harrier/lang/ir";
import { parseWildcard } from "@harrier/lang/values";
import type { EntryField } from "./field.ts";

/**
 * Some value matches the pattern as a whole, of a text some word: `*` any run, `?` one character, a backslash
 * takes the special meaning of what follows (detection-semantics 6.3). Numbers, addresses and the like have none.
 */
export function matchPattern(
  { field, fold, analyzer }: EntryField,
  pattern: string,
): Predicate | Misfit {
  const parts = parseWildcard(pattern);
  if (analyzer !== undefined) return tokenPatternsOnField(field, analyzer, [parts]);
  switch (field.type) {
    case "keyword":
    case "version":
    case "unknown":
      return patternsOnField(field, [parts], fold);
    default:
      return { kind: "misfit", index: 0, message: `${field.type} values have no patterns` };
  }
}

/** What stands in a wildcard value that a writer of paths hardly meant; `undefined` where nothing does. */
export function findLostBackslash(pattern: string): string | undefined {
  if (!looksLikePath(pattern)) return undefined;
  // Two backslashes are one, so pairs are passed over.
  const escapes = [...pattern.matchAll(/\\([\s\S]?)/g)].filter(([, unit]) => unit !== "\\");
  const star = escapes.find(([, unit]) => unit === "*" || unit === "?");
  if (star !== undefined) return `\`${star[0]}\` is a literal \`${star[1]}\``;
  const [first] = escapes;
  if (first === undefined) return undefined;
  return first[1] === ""
    ? "the backslash at the end escapes nothing"
    : `\`${first[0]}\` is just \`${first[1]}\``;
}

/** A drive, a share, or folders with backslashes between. */
function looksLikePath(pattern: string): boolean {
  return /^[A-Za-z?*]:\\/.test(pattern) || /^\\\\/.test(pattern) || /\\[^*?\\]/.test(pattern);
}
