import type { WordNode } from "./ast.ts";

/** The word as text, its stars included: a field's name, or a value where stars have no meaning. */
export function textOf(word: WordNode): string {
  return word.kind === "pattern" ? word.pieces.join("*") : String(word.value);
}

/** `*`: any field, or any value. */
export function isLoneStar(word: WordNode): boolean {
  return word.kind === "pattern" && word.pieces.every((piece) => piece === "");
}
