import type { EventSource, IngestedEvent } from "../event.ts";
import type { ReportFinding } from "../finding.ts";
import type { RawEvent } from "../formats/index.ts";
import { ExportClock } from "./clock.ts";
import type { ReadonlyFields } from "./fields.ts";
import { nameEcs, withTimestamp } from "./generic.ts";
import type { Reading } from "./source.ts";
import { sourceOf } from "./sources.ts";
import { streamOf } from "./stream.ts";
import { formatTime, readZone, type WrittenTime, type ZoneOffset } from "./time.ts";
import { addDoubt, noTimeDoubts, reportTimeDoubts, type TimeDoubts } from "./time-doubts.ts";
import { buildDocument, winlogbeatIndex } from "./windows/document.ts";
import type { WindowsRecord } from "./windows/record.ts";
import { ScriptParts } from "./windows/script-parts.ts";
import { sysmonTime } from "./windows/sysmon.ts";

export interface NormaliseOptions {
  /**
   * The zone of times that name none, and of those whose Z is not to be trusted, where the input itself
   * does not tell: an IANA name or `+09:00`. Without it they count as UTC, with a finding.
   */
  readonly timezone?: string;
}

/** How many events may wait for the first one that tells what zone their times are in. */
const mostWaiting = 4096;

/** A Windows event with the time that it names itself, if it does. */
interface WindowsReading {
  readonly kind: "windows";
  readonly record: WindowsRecord;
  readonly utc: WrittenTime | undefined;
}

/** What was read of an event; `ecs`: it is ECS already, or we take it for that. */
type RawReading =
  | WindowsReading
  | Extract<Reading, { readonly kind: "document" }>
  | { readonly kind: "ecs" };

const ecs: RawReading = { kind: "ecs" };

/** A document, and what the clock of its time showed: see `IngestedEvent`. */
interface Built {
  readonly document: ReadonlyFields;
  readonly clockOffsetMs?: number | null | undefined;
}

interface Waiting {
  readonly raw: RawEvent;
  readonly reading: RawReading;
  readonly source: EventSource;
}

/**
 * Turns the events of one input into ECS documents, in order. It has a memory of the input's clock:
 * where times are local and nothing has told the offset yet, up to 4,096 events are held back until a
 * Sysmon event does, the number is reached, or the input ends. Then the zone of the options counts, else
 * what is written is taken for UTC, with one finding. And it joins scripts that came in parts: `ScriptParts`.
 */
export class Normaliser {
  readonly #input: string;
  readonly #report: ReportFinding;
  readonly #zone: ZoneOffset | undefined;
  readonly #clock = new ExportClock();
  readonly #scripts = new ScriptParts();
  #waiting: Waiting[] = [];
  #mayWait = true;
  #remembers = false;
  #doubts: TimeDoubts = noTimeDoubts;

  constructor(input: string, report: ReportFinding, options: NormaliseOptions) {
    this.#input = input;
    this.#report = report;
    this.#zone = zoneOf(options);
  }

  /** Takes the next events and gives those that are ready, which may be others. */
  push(raws: readonly RawEvent[]): readonly IngestedEvent[] {
    const events: IngestedEvent[] = [];
    for (const raw of raws) {
      const event = this.#read(raw);
      if (this.#waiting.length > 0 || this.#needsOffset(event.reading)) this.#waiting.push(event);
      else events.push(this.#finish(event));
      const first = this.#waiting[0]?.reading;
      const isTold = first !== undefined && !this.#needsOffset(first);
      if (isTold || this.#waiting.length >= mostWaiting) {
        if (!isTold) this.#mayWait = false;
        events.push(...this.release());
      }
    }
    return events;
  }

  /**
   * Whether something that has come may change what becomes of later events. As long as it is not so, the
   * events that follow may as well go to a normaliser of their own.
   */
  get remembers(): boolean {
    return this.#remembers || this.#scripts.isWaiting;
  }

  /** Whether events wait for others, which those that follow must not overtake. */
  get holds(): boolean {
    return this.#waiting.length > 0;
  }

  /** What was wrong with the times of the events since it was last asked. */
  takeDoubts(): TimeDoubts {
    const doubts = this.#doubts;
    this.#doubts = noTimeDoubts;
    return doubts;
  }

  /** The input has ended: gives what was held back, and reports what was wrong with its times. */
  finish(): readonly IngestedEvent[] {
    const events = this.release();
    reportTimeDoubts(this.takeDoubts(), this.#report);
    return events;
  }

  /** Gives what was held back. */
  release(): IngestedEvent[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting.map((event) => this.#finish(event));
  }

  #read(raw: RawEvent): Waiting {
    const { mapped } = raw;
    if (mapped !== undefined) {
      return { raw, reading: { kind: "document", ...mapped }, source: mapped.source };
    }
    const found = sourceOf(raw.value);
    if (found === undefined) return { raw, reading: ecs, source: nameEcs(raw.value) };
    const source = found.known;
    const reading = found.source.read(raw.value);
    if (reading.kind !== "windows") return { raw, reading, source };
    const { record } = reading;
    // What its clock shows may tell of others, and others of it.
    if (record.isLocalTime) this.#remembers = true;
    const utc = sysmonTime(record);
    if (utc !== undefined && record.isLocalTime) this.#clock.observe(record, utc);
    return { raw, reading: { kind: "windows", record, utc }, source };
  }

  #needsOffset(reading: RawReading): boolean {
    if (!this.#mayWait || reading.kind !== "windows") return false;
    const { record, utc } = reading;
    return (
      record.isLocalTime &&
      record.time !== undefined &&
      utc === undefined &&
      this.#clock.offsetOf(record) === undefined
    );
  }

  #finish({ raw, reading, source }: Waiting): IngestedEvent {
    const { document, clockOffsetMs } = this.#build(raw, reading);
    if (document["@timestamp"] === undefined) this.#doubt("missing", raw);
    const winlogbeat = reading.kind === "windows" ? winlogbeatIndex(reading.record) : undefined;
    const index = streamOf(document, raw.index ?? winlogbeat);
    return {
      document,
      raw: raw.value,
      input: this.#input,
      position: raw.position,
      index,
      source,
      id: raw.id,
      ...(clockOffsetMs !== undefined && { clockOffsetMs }),
      ...(raw.index !== undefined && raw.index !== index && { storedIndex: raw.index }),
    };
  }

  #build(raw: RawEvent, reading: RawReading): Built {
    switch (reading.kind) {
      case "windows": {
        const clockOffsetMs = this.#offsetOf(raw, reading);
        const document = buildDocument(reading.record, reading.utc, clockOffsetMs ?? 0);
        this.#scripts.take(reading.record, document);
        return { document, clockOffsetMs };
      }
      case "document": {
        const { document, time } = reading;
        if (time === undefined) return { document };
        const isLocal = time.zone === "none";
        const offset = isLocal ? this.#zone?.(time.epochMs) : 0;
        if (offset === undefined) this.#doubt("local", raw);
        document["@timestamp"] = formatTime(time.epochMs - (offset ?? 0), time.finer);
        return isLocal ? { document, clockOffsetMs: offset ?? null } : { document };
      }
      case "ecs": {
        const { document, isLocalTime } = withTimestamp(raw.value, this.#zone);
        if (!isLocalTime) return { document };
        this.#doubt("local", raw);
        return { document, clockOffsetMs: null };
      }
    }
  }

  /** `undefined` where the time is no wall clock's; `null` where nothing tells. */
  #offsetOf(raw: RawEvent, { record, utc }: WindowsReading): number | null | undefined {
    const { time } = record;
    if (time === undefined || !record.isLocalTime) return undefined;
    const offset = this.#clock.offsetOf(record) ?? this.#zone?.(time.epochMs);
    if (offset !== undefined) return offset;
    // Sysmon's own time counts then, and says what the other one was.
    if (utc === undefined) this.#doubt("local", raw);
    return utc === undefined ? null : undefined;
  }

  #doubt(what: keyof TimeDoubts, { position }: RawEvent): void {
    this.#doubts = { ...this.#doubts, [what]: addDoubt(this.#doubts[what], position) };
  }
}

/** Throws where the option names no zone. */
export function zoneOf({ timezone }: NormaliseOptions): ZoneOffset | undefined {
  if (timezone === undefined) return undefined;
  const zone = readZone(timezone);
  if (zone === undefined) throw new RangeError(`there is no time zone ${timezone}`);
  return zone;
}
