import { type Chunks, peek } from "../bytes/chunks.ts";
import type { ReportFinding } from "../finding.ts";
import { type CsvPiece, CsvSplitter, longestRecord } from "./csv-splitter.ts";
import type { Confidence, Format, RawEvent } from "./format.ts";

/** How a table is written. */
export interface CsvLayout {
  readonly delimiter: string;
  /** Names of the columns, where the first record does not have them. */
  readonly columns?: readonly string[];
}

const delimiters = [",", ";", "\t", "|"];
const detectBytes = 64 * 1024;

/** Tables with names in the first line, as spreadsheets, cloud consoles and EvtxECmd export them. */
export const csv: Format = {
  name: "csv",
  detect: (head) => detectLayout(head)?.confidence,
  read: async function* (chunks, report) {
    const { head, chunks: all } = await peek(chunks, detectBytes);
    const delimiter = detectLayout(head)?.delimiter ?? mostFrequent(head);
    yield* readCsv(all, { delimiter }, report);
  },
};

/** Gives each record as an object of texts. Empty cells are absent. */
export async function* readCsv(
  chunks: Chunks,
  { delimiter, columns }: CsvLayout,
  report: ReportFinding,
): AsyncGenerator<readonly RawEvent[]> {
  const table = new Table(columns, report);
  const splitter = new CsvSplitter(delimiter);
  const decoder = new TextDecoder();
  for await (const chunk of chunks) {
    const events = table.take(splitter.push(decoder.decode(chunk, { stream: true })));
    if (events.length > 0) yield events;
  }
  yield table.take([...splitter.push(decoder.decode()), ...splitter.finish()]);
  table.finish();
}

const faults: Readonly<Record<(CsvPiece & { kind: "fault" })["fault"], string>> = {
  "open-quote": "a quote is not closed: the line was skipped",
  "too-long": `a line longer than ${longestRecord / 1024 / 1024} MiB was skipped`,
};

/** The records of one file on their way to objects. */
class Table {
  readonly #report: ReportFinding;
  #columns: readonly string[] | undefined;
  #uneven = { count: 0, first: 0 };

  constructor(columns: readonly string[] | undefined, report: ReportFinding) {
    this.#columns = columns;
    this.#report = report;
  }

  take(pieces: readonly CsvPiece[]): readonly RawEvent[] {
    const events: RawEvent[] = [];
    for (const piece of pieces) {
      const { line } = piece;
      if (piece.kind === "fault") {
        this.#report({ code: "bad-csv", position: line, message: faults[piece.fault] });
      } else if (this.#columns === undefined) {
        if (!isPreamble(piece.cells)) this.#columns = nameColumns(piece.cells);
      } else {
        const { cells } = piece;
        if (cells.length !== this.#columns.length) {
          if (this.#uneven.count === 0) this.#uneven.first = line;
          this.#uneven.count += 1;
        }
        events.push({ value: objectOf(this.#columns, cells), position: line });
      }
    }
    return events;
  }

  finish(): void {
    const { count, first } = this.#uneven;
    if (count === 0) return;
    const lines = count === 1 ? "1 line has" : `${count} lines have`;
    const message = `${lines} more or fewer cells than there are columns: what is beyond them was left out`;
    this.#report({ code: "bad-csv", position: first, message });
  }
}

/** Without a prototype until it is filled: a column may have any name. */
function objectOf(columns: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const pairs = columns.flatMap((column, place) => {
    const cell = cells[place] ?? "";
    return cell === "" ? [] : [[column, cell] as const];
  });
  return Object.fromEntries(pairs);
}

/** `#TYPE …` of PowerShell and `sep=;` of spreadsheets stand before the names. */
function isPreamble(cells: readonly string[]): boolean {
  return /^(\ufeff)?(#TYPE |sep=)/.test(cells[0] ?? "");
}

/** Every column has a name of its own: those without one are numbered, those that come again, too. */
function nameColumns(cells: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return cells.map((cell, place) => {
    const name = cell.replace(/^\ufeff/, "").trim() || `column${place + 1}`;
    let unique = name;
    for (let again = 2; taken.has(unique); again += 1) unique = `${name}_${again}`;
    taken.add(unique);
    return unique;
  });
}

/** Names of columns that exports of events have. */
const eventColumns =
  /^(@timestamp|timestamp|time|date( and time)?|datetime|event ?id|eventid|eventtime|timecreated|timegenerated|creationtime|date \(utc\)|_time)$/i;
const columnName = /^[\p{L}_@#][\p{L}\p{N}_ .@#()/%$-]{0,79}$/u;
const recordsLookedAt = 5;

interface DetectedLayout extends CsvLayout {
  readonly confidence: Confidence;
}

/** A first record of names, and as many cells in the records behind it. */
function detectLayout(head: Buffer): DetectedLayout | undefined {
  const text = head.toString("utf8");
  for (const delimiter of delimiters) {
    const pieces = new CsvSplitter(delimiter).push(text.endsWith("\n") ? text : `${text}\n`);
    const records = pieces.flatMap((piece) => (piece.kind === "record" ? [piece.cells] : []));
    const [names, ...rest] = records.filter((cells) => !isPreamble(cells));
    if (names === undefined || names.length < 2) continue;
    const columns = nameColumns(names);
    if (new Set(names).size < names.length || !columns.every((name) => columnName.test(name)))
      continue;
    // The last one may be cut off by the end of the head.
    const whole = head.length < detectBytes ? rest : rest.slice(0, -1);
    const shown = whole.slice(0, recordsLookedAt);
    if (shown.some((cells) => cells.length !== names.length)) continue;
    const hasTime = columns.some((name) => eventColumns.test(name));
    if (hasTime) return { delimiter, confidence: names.length > 2 ? "certain" : "likely" };
    if (names.length > 2 && shown.length > 0) return { delimiter, confidence: "possible" };
  }
  return undefined;
}

/** For tables that had to be named as such. */
function mostFrequent(head: Buffer): string {
  const [line = ""] = head.toString("utf8").split("\n", 1);
  const counts = delimiters.map((delimiter) => line.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ",";
}
