import { Lexer } from "yaml";

/** What the lexer gives before a plain or block scalar's text, and at the start of a document. */
const scalarFollows = "\u001f";
const documentStart = "\u0002";

/**
 * Whether a YAML text may nest deeper than `most` levels: brackets inside each other, or columns of
 * indentation and dashes before a node. Asked of the lexer, which keeps no stack: the parser behind it
 * calls itself for every level, and a text that is deep enough ends the process, not only the parser.
 */
export function mayNestDeeperThan(most: number, text: string): boolean {
  let brackets = 0;
  let columns = 0;
  let isLineStart = true;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const isInside = isScalar;
    isScalar = lexeme === scalarFollows;
    if (lexeme === documentStart) {
      isLineStart = true;
    } else if (isInside || isScalar) {
      isLineStart = false;
    } else if (lexeme === "\n" || lexeme === "\r\n") {
      isLineStart = true;
      columns = 0;
    } else if (lexeme === "[" || lexeme === "{") {
      brackets += 1;
    } else if (lexeme === "]" || lexeme === "}") {
      brackets -= 1;
    } else if (isLineStart && /^[-?: \t]+$/.test(lexeme)) {
      columns += lexeme.length;
    } else {
      isLineStart = false;
    }
    if (brackets > most || columns > most) return true;
  }
  return false;
}
