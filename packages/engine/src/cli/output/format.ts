import type { FormatName } from "../options.ts";
import type { Colors, TextStream } from "../terminal.ts";
import { type CsvValue, csvRecord } from "./csv.ts";
import { jsonText } from "./json-text.ts";
import type { Sink } from "./sink.ts";
import { type Layout, tablePrinter } from "./table.ts";

/** What a list of records looks like in each format. */
export interface RecordShape<T> {
  /** For `ndjson` and `json`. */
  readonly json: (record: T) => unknown;
  readonly csv: readonly { readonly title: string; readonly value: (record: T) => CsvValue }[];
  readonly layout: (width: number, colors: Colors) => Layout<T>;
}

/** Writes records one by one; holds none back. */
export interface RecordWriter<T> {
  readonly write: (record: T) => void | Promise<void>;
  /** Closes the list; the sink stays open. */
  readonly end: () => void | Promise<void>;
}

interface WriterOptions {
  readonly width: number;
  readonly colors: Colors;
}

/** A format of lists, and all about it. */
export interface ListFormat {
  readonly name: FormatName;
  /** Endings of files that ask for this format when nothing else does. */
  readonly endings: readonly string[];
  /** For readers on a screen: people get it where nothing is asked, and less of what only programs use. */
  readonly isForPeople: boolean;
  readonly open: <T>(shape: RecordShape<T>, sink: Sink, options: WriterOptions) => RecordWriter<T>;
}

const table: ListFormat = {
  name: "table",
  endings: [".txt"],
  isForPeople: true,
  open: (shape, sink, { width, colors }) => {
    const print = tablePrinter(shape.layout(width, colors), width, colors.bold);
    return { write: (record) => sink.write(print(record)), end: () => {} };
  },
};

const ndjson: ListFormat = {
  name: "ndjson",
  endings: [".ndjson", ".jsonl"],
  isForPeople: false,
  open: (shape, sink) => ({
    write: (record) => sink.write(`${jsonText(shape.json(record))}\n`),
    end: () => {},
  }),
};

/** One list, a record a line. */
const json: ListFormat = {
  name: "json",
  endings: [".json"],
  isForPeople: false,
  open: (shape, sink) => {
    let before = "[\n";
    return {
      write: (record) => {
        const text = before + jsonText(shape.json(record));
        before = ",\n";
        return sink.write(text);
      },
      end: () => sink.write(before === "[\n" ? "[]\n" : "\n]\n"),
    };
  },
};

const csv: ListFormat = {
  name: "csv",
  endings: [".csv"],
  isForPeople: true,
  open: (shape, sink) => {
    let head = csvRecord(shape.csv.map(({ title }) => title));
    return {
      write: (record) => {
        const text = head + csvRecord(shape.csv.map(({ value }) => value(record)));
        head = "";
        return sink.write(text);
      },
      end: () => (head === "" ? undefined : sink.write(head)),
    };
  },
};

export const listFormats: readonly ListFormat[] = [table, ndjson, json, csv];

/** The format asked for; else by the ending of the file written; else `table` on a terminal and `ndjson` in a pipe. */
export function chooseFormat(
  asked: FormatName | undefined,
  file: string | undefined,
  stdout: TextStream,
): ListFormat {
  const plain = file?.replace(/\.gz$/, "");
  const byEnding = listFormats.find(({ endings }) => endings.some((end) => plain?.endsWith(end)));
  const name = asked ?? (file === undefined && stdout.isTerminal ? "table" : undefined);
  return listFormats.find((format) => format.name === name) ?? byEnding ?? ndjson;
}
