/** One record of a table as text, or what was wrong with it. */
export type CsvPiece =
  | { readonly kind: "record"; readonly cells: readonly string[]; readonly line: number }
  | { readonly kind: "fault"; readonly fault: "open-quote" | "too-long"; readonly line: number };

/** Characters of one record. */
export const longestRecord = 1024 * 1024;

/**
 * Cuts text into the records of RFC 4180, by any delimiter of one character. Lenient where its writer was
 * careless: a quote inside an unquoted cell, or text behind a closing one, belongs to the cell. A quote that
 * nothing closes within `longestRecord` characters costs its own line, not the rest of the file.
 */
export class CsvSplitter {
  readonly #delimiter: string;
  #text = "";
  #line = 1;
  /** Inside a line that is too long: everything up to its end is left out. */
  #isSkipping = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  push(text: string): readonly CsvPiece[] {
    this.#text += text;
    return this.#cut(false);
  }

  finish(): readonly CsvPiece[] {
    return this.#cut(true);
  }

  #cut(isEnd: boolean): readonly CsvPiece[] {
    const pieces: CsvPiece[] = [];
    let start = 0;
    while (start < this.#text.length) {
      if (this.#isSkipping) {
        const end = this.#text.indexOf("\n", start);
        if (end < 0) {
          start = this.#text.length;
          break;
        }
        start = end + 1;
        this.#line += 1;
        this.#isSkipping = false;
        continue;
      }
      const record = readRecord(this.#text, start, this.#delimiter, isEnd);
      const length = (record?.end ?? this.#text.length) - start;
      const isTooLong = length > longestRecord;
      if (record === undefined && !isTooLong && !isEnd) break;
      if (record === undefined || isTooLong) {
        const lineEnd = this.#text.indexOf("\n", start);
        const isOneLine = lineEnd < 0 || lineEnd - start > longestRecord;
        const fault = isOneLine && isTooLong ? "too-long" : "open-quote";
        pieces.push({ kind: "fault", fault, line: this.#line });
        this.#isSkipping = true;
        continue;
      }
      const { cells, end, lines } = record;
      if (cells.length > 1 || cells[0] !== "") {
        pieces.push({ kind: "record", cells, line: this.#line });
      }
      this.#line += lines;
      start = end;
    }
    this.#text = this.#text.slice(start);
    return pieces;
  }
}

interface ReadRecord {
  readonly cells: readonly string[];
  /** Behind the end of its line. */
  readonly end: number;
  /** Line ends in it, its own included. */
  readonly lines: number;
}

/** The record that starts here; `undefined` where its end is not in the text. With `isEnd` the text's end is one. */
function readRecord(
  text: string,
  start: number,
  delimiter: string,
  isEnd: boolean,
): ReadRecord | undefined {
  const cells: string[] = [];
  let lines = 0;
  let at = start;
  for (;;) {
    let cell = "";
    if (text[at] === '"') {
      for (let from = at + 1; ; ) {
        const quote = text.indexOf('"', from);
        // What follows the last character may be the second half of an escaped quote.
        if (quote < 0 || (quote + 1 >= text.length && !isEnd)) return undefined;
        cell += text.slice(from, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        cell += '"';
        from = at + 1;
      }
      for (const unit of cell) if (unit === "\n") lines += 1;
    }
    const rest = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== "\n") at += 1;
    if (at >= text.length && !isEnd) return undefined;
    const isLast = text[at] !== delimiter;
    const restEnd = isLast && text[at - 1] === "\r" && at - 1 >= rest ? at - 1 : at;
    cells.push(cell + text.slice(rest, restEnd));
    if (isLast) return { cells, end: at + 1, lines: lines + 1 };
    at += 1;
  }
}
