import type { IngestedEvent } from "../event.ts";
import type { Finding, ReportFinding } from "../finding.ts";
import type { Format, FormatOptions, RawEvent } from "../formats/format.ts";
import { formatNamed } from "../formats/index.ts";
import type { LineReading, LineStart } from "../formats/line-reading.ts";
import type { EventMap } from "../maps/event-map.ts";
import { formatOfMap } from "../maps/map-format.ts";
import { type NormaliseOptions, Normaliser } from "../normalise/index.ts";
import type { TimeDoubts } from "../normalise/time-doubts.ts";
import { describeFailure } from "../open-files.ts";
import { feed } from "./feed.ts";

/** A file as whoever reads its blocks has to know it. Plain data: it crosses threads. */
export interface FileFacts extends FormatOptions {
  /** As in `IngestedEvent.input`. */
  readonly name: string;
  /** The name of its format. */
  readonly format: string;
  /** How it is read where somebody has described that. */
  readonly map?: EventMap;
}

/** What follows a block: more blocks, nothing, or nothing because reading failed. */
export type Ending = "more" | "end" | Finding;

/** Takes what a reading finds. */
export interface ReadingHandler {
  readonly onEvents: (events: readonly IngestedEvent[]) => void;
  readonly onFinding: ReportFinding;
  /**
   * Is offered each line as bytes before it is parsed; true: it is an object, and done with. Only of formats by lines.
   * The bytes from `start` to `end` hold no line break.
   */
  readonly takeLine?: (bytes: Uint8Array, start: number, end: number) => boolean;
}

const inTheMiddle: LineStart = { line: 1, elements: 0, state: "open" };
/** What is parsed at once: enough that it costs little, little enough to be held as objects. */
const pieceBytes = 64 * 1024;
/** Longer lines are for the format, which has its own bounds. */
const longestOffered = 8 * 1024 * 1024;
/** After so many lines in a row that were not taken, only one in `seldom` is offered. */
const patience = 16;
const seldom = 64;
const newline = 0x0a;

/**
 * Reads one file block by block, from its beginning or from a line at which nothing is open. The events are
 * those of `readEvents`, wherever the blocks are cut.
 */
export class FileReading {
  readonly #handler: ReadingHandler;
  readonly #normaliser: Normaliser;
  readonly #lines: LineReading | undefined;
  readonly #push: (bytes: Uint8Array, ending: Ending) => Promise<boolean>;
  #isDone = false;
  /** What the handler threw: no fault of the file. */
  #broken: { readonly error: unknown } | undefined;
  #refusedInRow = 0;
  readonly #isApart: boolean;

  /** `apart` begins as if in the middle of a log of one event a line, and gives up where it proves to be none. */
  constructor(
    file: FileFacts,
    start: LineStart | "apart",
    options: NormaliseOptions,
    handler: ReadingHandler,
  ) {
    const format = formatOf(file);
    this.#handler = handler;
    this.#normaliser = new Normaliser(file.name, handler.onFinding, options);
    this.#isApart = start === "apart";
    const lines = format.readLines?.(handler.onFinding, start === "apart" ? inTheMiddle : start);
    this.#lines = lines;
    this.#push =
      lines === undefined
        ? feed(
            (chunks) => format.read(chunks, handler.onFinding, file),
            (raws) => this.#take(raws),
          )
        : async (bytes, ending) => this.#pushLines(lines, bytes, ending);
  }

  /** Whether nothing more will come of the file, whatever more it holds. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /**
   * Where another reading of the file could go on as this one would: a line at which nothing is open, and nothing
   * that came matters to what comes. `undefined` where this one must go on itself.
   */
  get here(): LineStart | undefined {
    const { holds, remembers } = this.#normaliser;
    return holds || remembers ? undefined : this.#lines?.here();
  }

  /** Whether all events stood on lines of their own, so that they are the same whatever came before. */
  get isByLine(): boolean {
    return !this.#normaliser.remembers && this.#lines?.isByLine() === true;
  }

  /** What was wrong with the times of the events since it was last asked. */
  takeDoubts(): TimeDoubts {
    return this.#normaliser.takeDoubts();
  }

  /** Reads the next block to its end. The bytes must not change while the file is read. */
  async push(bytes: Uint8Array, ending: Ending): Promise<void> {
    if (this.#isDone) return;
    try {
      this.#isDone = await this.#push(bytes, ending);
    } catch (error) {
      if (this.#broken !== undefined) throw this.#broken.error;
      this.#isDone = true;
      this.#handler.onFinding(describeFailure(error));
    }
    if (typeof ending === "object" && !this.#isDone) this.#handler.onFinding(ending);
    this.#isDone ||= ending !== "more";
    if (this.#isDone) this.#give(this.#normaliser.release());
  }

  #pushLines(lines: LineReading, bytes: Uint8Array, ending: Ending): boolean {
    let at = 0;
    while (at < bytes.length) {
      at = this.#pushPiece(lines, bytes, at);
      if (this.#isApart && !this.isByLine) return true;
    }
    if (ending === "end") this.#take(lines.finish());
    return false;
  }

  /** Reads a line or a piece of the bytes from `at` on; returns where it ends. */
  #pushPiece(lines: LineReading, bytes: Uint8Array, at: number): number {
    const { takeLine } = this.#handler;
    if (takeLine === undefined) return this.#parse(lines, bytes, at, at + pieceBytes);
    const end = bytes.indexOf(newline, at);
    if (end < 0) return this.#parse(lines, bytes, at, bytes.length);
    const isFree = lines.here() !== undefined && !this.#normaliser.holds;
    if (!isFree || end - at > longestOffered || !this.#isOffered()) {
      return this.#parse(lines, bytes, at, end + 1);
    }
    if (!takeLine(bytes, at, end)) {
      this.#refusedInRow += 1;
      return this.#parse(lines, bytes, at, end + 1);
    }
    this.#refusedInRow = 0;
    lines.passLine();
    return end + 1;
  }

  /** A file of lines that are not taken should not cost the attempt each time. */
  #isOffered(): boolean {
    if (this.#refusedInRow < patience) return true;
    this.#refusedInRow += 1;
    return this.#refusedInRow % seldom === 0;
  }

  #parse(lines: LineReading, bytes: Uint8Array, start: number, end: number): number {
    this.#take(lines.push(bytes.subarray(start, end)));
    return Math.min(end, bytes.length);
  }

  #take(raws: readonly RawEvent[]): void {
    if (raws.length > 0) this.#give(this.#normaliser.push(raws));
  }

  #give(events: readonly IngestedEvent[]): void {
    if (events.length === 0) return;
    try {
      this.#handler.onEvents(events);
    } catch (error) {
      this.#broken = { error };
      throw error;
    }
  }
}

function formatOf({ format: name, map }: FileFacts): Format {
  if (map !== undefined) return formatOfMap(map, formatNamed);
  const format = formatNamed(name);
  if (format === undefined) throw new RangeError(`there is no format ${name}`);
  return format;
}
