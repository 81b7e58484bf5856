import stringWidth from "string-width";

/** Only characters of one column: nearly all of a log. */
const printableAscii = /^[ -~]*$/;

/** Columns that a text without escape sequences takes on a terminal. */
export function columnsOf(text: string): number {
  return printableAscii.test(text) ? text.length : stringWidth(text);
}

/** A visible text cut to `width` columns; an ellipsis in the last column says that there was more. */
export function cutText(text: string, width: number): string {
  if (fitsIn(text, width)) return text;
  return width < 1 ? "" : `${takeColumns(text, width - 1)}…`;
}

/** A visible text cut or filled with blanks to exactly `width` columns. */
export function fitText(text: string, width: number): string {
  const cut = cutText(text, width);
  return cut + " ".repeat(Math.max(0, width - columnsOf(cut)));
}

/**
 * A visible text over at most `maxLines` lines of `width` columns, broken at blanks where there are some
 * in the second half of the line, else anywhere. An ellipsis ends the last line when there was more.
 */
export function wrapText(
  text: string,
  width: number,
  maxLines = Number.POSITIVE_INFINITY,
): string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let rest = text.trimEnd();
  while (lines.length < maxLines - 1 && !fitsIn(rest, room)) {
    // One column more than fits: a blank just behind the last word is a place to break at.
    const head = takeColumns(rest, room + 1);
    const blank = head.lastIndexOf(" ");
    // A path or a hash that does not fit starts here all the same, rather than leave most of the line empty.
    const line = blank >= room / 2 ? rest.slice(0, blank) : takeColumns(rest, room);
    const taken = line === "" ? firstCharacter(rest) : line;
    lines.push(taken.trimEnd());
    rest = rest.slice(taken.length).trimStart();
  }
  if (rest !== "" || lines.length === 0) lines.push(cutText(rest, room));
  return lines;
}

/** Looks at a bounded stretch only: a value may have megabytes. */
function fitsIn(text: string, width: number): boolean {
  return takeColumns(text, width).length === text.length;
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The longest beginning that takes at most `width` columns; never cuts through a letter and its marks. */
function takeColumns(text: string, width: number): string {
  if (width < 1) return "";
  const stretch = text.slice(0, width * longestGrapheme);
  if (printableAscii.test(stretch)) return stretch.slice(0, width);
  let taken = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(stretch)) {
    taken += columnsOf(segment);
    if (taken > width) return text.slice(0, index);
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Units that a letter with all its marks may have; what piles up more is cut there. */
const longestGrapheme = 16;

function firstCharacter(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x20);
}
