import type { Field, Predicate } from "@harrier/lang/ir";

/** A pattern in pieces: `*` any run, `?` one character, and what is meant as it stands. */
type Piece = { readonly kind: "run" | "one" } | { readonly kind: "text"; readonly text: string };

/**
 * Some value matches the pattern as a whole: `*` any run, `?` one character, a backslash takes the special
 * meaning of what follows (detection-semantics 6.3).
 */
export function matchPattern(field: Field, pattern: string, fold: boolean): Predicate {
  const pieces = readPattern(pattern);
  if (pieces.every(({ kind }) => kind === "text")) {
    return { kind: "equals", field, values: [pieces.map(spell).join("")], fold };
  }
  const hasLiteralStar = pieces.some((piece) => piece.kind === "text" && /[*?]/.test(piece.text));
  return hasLiteralStar
    ? { kind: "regex", field, patterns: [pieces.map(spellRegex).join("")], fold }
    : { kind: "wildcard", field, patterns: [pieces.map(spell).join("")], fold };
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

function readPattern(pattern: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") pieces.push({ kind: "text", text });
    text = "";
  };
  for (let at = 0; at < pattern.length; at += 1) {
    const unit = pattern.charAt(at);
    if (unit === "*" || unit === "?") {
      flush();
      pieces.push({ kind: unit === "*" ? "run" : "one" });
    } else if (unit === "\\" && at + 1 < pattern.length) {
      at += 1;
      text += pattern.charAt(at);
    } else {
      text += unit;
    }
  }
  flush();
  return pieces;
}

function spell(piece: Piece): string {
  if (piece.kind === "text") return piece.text;
  return piece.kind === "run" ? "*" : "?";
}

function spellRegex(piece: Piece): string {
  if (piece.kind === "text") return piece.text.replace(/[^A-Za-z0-9]/gu, "\\$&");
  return piece.kind === "run" ? ".*" : ".";
}
