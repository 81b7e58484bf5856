import type { Source } from "../text/index.ts";
import { parseWildcard, type WildcardPattern } from "../values/index.ts";
import { failAt } from "./fail.ts";

/** The text that is meant: a backslash goes, what follows it stays, `\u0041` is the character of that number. */
export function resolveEscapes(raw: string): string {
  return raw.replace(/\\(?:u([0-9A-Fa-f]{4})|([\s\S]))/g, (_, code?: string, unit?: string) =>
    code === undefined ? (unit ?? "") : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Whether an unescaped `*` or `?` stands in the word. */
export function hasUnescapedWildcard(raw: string): boolean {
  return parseWildcard(raw).some(({ kind }) => kind !== "text");
}

/** The first backslash that takes no meaning from what follows it. Whoever wrote it may have meant itself. */
export function findIdleBackslash(raw: string): number | undefined {
  for (let at = raw.indexOf("\\"); at >= 0; at = raw.indexOf("\\", at + 2)) {
    const behind = raw.slice(at + 1, at + 6);
    if (/^[\p{L}\p{N}_]/u.test(behind) && !/^u[0-9A-Fa-f]{4}/.test(behind)) return at;
  }
  return undefined;
}

/** Fails on a `\u` without its four digits. */
export function checkCodes(source: Source, start: number, raw: string): void {
  const found = /(?<!\\)(?:\\\\)*\\u(?![0-9A-Fa-f]{4})/.exec(raw);
  if (found === null) return;
  const at = start + found.index + found[0].length - 2;
  const hint = "write every backslash of a path twice: `C:\\\\Users`";
  failAt(source, at, at + 2, "lucene/syntax", "`\\u` takes four hexadecimal digits", hint);
}

/** The text as a word: whatever could mean something has a backslash before it. */
export function escapeWord(text: string): string {
  const escaped = escapeUnits(text);
  return /^(?:AND|OR|NOT)$/.test(escaped) ? `\\${escaped}` : escaped;
}

/** The pattern as a word. */
export function escapePattern(pattern: WildcardPattern): string {
  return pattern
    .map((part) =>
      part.kind === "text" ? escapeUnits(part.text) : part.kind === "run" ? "*" : "?",
    )
    .join("");
}

/** The text as it stands in quotes. */
export function escapeQuoted(text: string): string {
  return text.replace(/["\\]/g, "\\$&");
}

function escapeUnits(text: string): string {
  return text.replace(/[\s+\-!():^[\]"{}~*?\\/&|<>]/g, "\\$&");
}
