import { compileRegex } from "@harrier/lang/values";
import { type EventSource, sampleOf } from "../event.ts";
import type { Finding, ReportFinding } from "../finding.ts";
import { csv, readCsv } from "../formats/csv.ts";
import type { Format, RawEvent } from "../formats/format.ts";
import { matchesName } from "../glob.ts";
import type { ReadonlyFields } from "../normalise/fields.ts";
import type { EventMap, MappedField } from "./event-map.ts";
import { compileLinePattern } from "./line-pattern.ts";
import { longestLine, readLines } from "./lines.ts";
import { compileMap } from "./map-event.ts";
import { readPairs } from "./pairs.ts";

/** The first map that is for inputs of this name. */
export function mapFor(maps: readonly EventMap[], input: string): EventMap | undefined {
  const name = input.split(/[\\/!]/).at(-1) ?? input;
  return maps.find(
    ({ files }) => files.length === 0 || files.some((pattern) => matchesName(pattern, name)),
  );
}

/** A map as a format: its events come mapped. `named` finds the formats that are known anyway. */
export function formatOfMap(map: EventMap, named: (name: string) => Format | undefined): Format {
  const mapper = compileMap(map);
  const source: EventSource = { name: map.name, confidence: "certain" };
  return {
    name: map.reading.kind === "format" ? map.reading.format : map.reading.kind,
    detect: () => "certain",
    read: async function* (chunks, report) {
      const tally = new Tally(report);
      for await (const raws of readRaws(map, chunks, tally, report, named)) {
        const events: RawEvent[] = [];
        for (const raw of raws) {
          const value = mapper.expand(raw.value);
          if (!mapper.accepts(value)) {
            tally.note("where", raw.position);
            continue;
          }
          const mapped = mapper.read(value, (field) => tally.note(field, raw.position));
          events.push({ ...raw, value, mapped: { ...mapped, source } });
        }
        if (events.length > 0) yield events;
      }
      tally.finish();
    },
  };
}

async function* readRaws(
  { reading }: EventMap,
  chunks: AsyncIterable<Uint8Array>,
  tally: Tally,
  report: ReportFinding,
  named: (name: string) => Format | undefined,
): AsyncIterable<readonly RawEvent[]> {
  switch (reading.kind) {
    case "format": {
      const format = named(reading.format);
      if (format === undefined) throw new RangeError(`there is no format ${reading.format}`);
      yield* format.read(chunks, report);
      break;
    }
    case "csv":
      if (reading.layout === undefined) yield* csv.read(chunks, report);
      else yield* readCsv(chunks, reading.layout, report);
      break;
    case "pairs":
      yield* readEachLine(chunks, tally, (line) => readPairs(line, reading.layout));
      break;
    case "lines": {
      const matchers = reading.patterns.map((pattern) =>
        compileLinePattern(pattern, (regex) => compileRegex([regex], false, "unicode")),
      );
      yield* readEachLine(chunks, tally, (line) => {
        for (const match of matchers) {
          const parts = match(line);
          if (parts !== undefined) return Object.fromEntries(parts);
        }
        return undefined;
      });
      break;
    }
    default:
      reading satisfies never;
  }
}

async function* readEachLine(
  chunks: AsyncIterable<Uint8Array>,
  tally: Tally,
  read: (line: string) => ReadonlyFields | undefined,
): AsyncIterable<readonly RawEvent[]> {
  for await (const lines of readLines(chunks)) {
    const events: RawEvent[] = [];
    for (const { text, number: position } of lines) {
      if (text === undefined) {
        tally.note("too-long", position);
        continue;
      }
      const value = read(text);
      if (value === undefined || Object.keys(value).length === 0) {
        tally.note("no-fit", position, text);
      } else events.push({ value, position });
    }
    yield events;
  }
}

/** What can be wrong with many lines of a file. A field: its values. */
type Trouble = "where" | "no-fit" | "too-long" | MappedField;

/** What went wrong in one file, each kind told once at its end: a log may have it in every line. */
class Tally {
  readonly #report: ReportFinding;
  readonly #counts = new Map<Trouble, { count: number; first: number; sample?: string }>();

  constructor(report: ReportFinding) {
    this.#report = report;
  }

  note(what: Trouble, position: number, text?: string): void {
    const known = this.#counts.get(what);
    if (known !== undefined) known.count += 1;
    else {
      const sample = text === undefined ? {} : { sample: sampleOf(text) };
      this.#counts.set(what, { count: 1, first: position, ...sample });
    }
  }

  finish(): void {
    for (const [what, { count, first, ...sample }] of this.#counts) {
      this.#report({ ...describe(what, count), position: first, ...sample });
    }
  }
}

function describe(what: Trouble, count: number): Finding {
  const many = (noun: string, verb: string, verbs: string) =>
    count === 1 ? `1 ${noun} ${verb}` : `${count} ${noun}s ${verbs}`;
  switch (what) {
    case "where":
      return {
        code: "left-out",
        message: `${many("event", "does", "do")} not meet the mapping's \`where\`: left out`,
      };
    case "no-fit":
      return {
        code: "not-an-event",
        message: `${many("line", "fits", "fit")} no pattern of the mapping`,
      };
    case "too-long":
      return {
        code: "not-an-event",
        message: `${many("line", "is", "are")} longer than ${longestLine / 1024 / 1024} MiB: skipped`,
      };
    default:
      return {
        code: "bad-value",
        message: `${many("value", "does", "do")} not fit \`${what.to}\` (${what.type}, from \`${what.from.join("`, `")}\`): left out`,
      };
  }
}
