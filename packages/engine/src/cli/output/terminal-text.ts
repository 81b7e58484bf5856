/**
 * What must not reach a terminal from a log, a rule or a file name: control characters (C0, C1), line
 * and paragraph separators, direction marks and overrides, characters without width (zero-width space and
 * joiners, fillers, variation selectors, tags), and halves of surrogate pairs.
 */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;
const everyHidden = new RegExp(hidden.source, "gu");
const everyHiddenButBreaks = new RegExp(`(?![\\n\\r\\t])${hidden.source}`, "gu");
const everyHiddenButLines = new RegExp(`(?!\\n)${hidden.source}`, "gu");

/** Only characters that stand for themselves: nearly all of a log. */
const printableAscii = /^[ -~]*$/;

const named: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** `\n`, `\r`, `\t`, else `\u{1b}`: the escapes of an EQL string, so that they can be pasted into a query. */
function escapeCharacter(character: string): string {
  return named.get(character) ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Hostile text on one line, everything that could move the cursor, turn the text or hide in it as an escape. */
export function visibleText(text: string): string {
  return printableAscii.test(text) ? text : text.replace(everyHidden, escapeCharacter);
}

/** As `visibleText`, but line breaks stay: for texts of several lines that we or a rule's author laid out. */
export function visibleLines(text: string): string {
  return text
    .replaceAll("\r\n", "\n")
    .replaceAll("\t", "    ")
    .replace(everyHiddenButLines, escapeCharacter);
}

/** As `visibleText`, but tabs and line breaks stay: for CSV, whose quotes can hold them. */
export function visibleCell(text: string): string {
  return text.replace(everyHiddenButBreaks, escapeCharacter);
}
