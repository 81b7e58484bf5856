import type { EpochNanos } from "@harrier/lang/values";
import { formatInstant, parseInstant } from "@harrier/lang/values";
import type { IngestedEvent, InputFinding } from "../event.ts";
import type { Confidence } from "../formats/index.ts";
import type { Input } from "../input.ts";
import type { OpenedFile } from "../open-files.ts";
import { type IngestOptions, readEvents } from "../read-events.ts";
import { LostFields } from "./lost-fields.ts";
import { remapper } from "./remap.ts";

/** What reading one file, or one member of an archive, gave. */
export interface InputReport {
  readonly input: string;
  /** `undefined` where it could not be opened, or is in no format that we know. */
  readonly format: string | undefined;
  /** `undefined` where the format was named, not told by content. */
  readonly confidence: Confidence | undefined;
  /** What its events were, the most frequent first. */
  readonly sources: readonly SourceCount[];
  readonly events: number;
  readonly eventsWithTime: number;
  /** Of the events with a time. */
  readonly firstTime: string | undefined;
  readonly lastTime: string | undefined;
  /** Events whose time was that of a wall clock, by how far it was ahead of UTC; the last one first. `null`: nothing told. */
  readonly localTimes: readonly { readonly offsetMs: number | null; readonly events: number }[];
  /** Events whose time cannot be right: before 2000, or in the future. */
  readonly oddTimes: number;
  /** Raw fields of which nothing came into the document, the most frequent first. */
  readonly lostFields: readonly { readonly field: string; readonly events: number }[];
  /** The first few; `findingsTotal` counts all. */
  readonly findings: readonly InputFinding[];
  readonly findingsTotal: number;
}

export interface SourceCount {
  readonly name: string;
  /** Of the least sure of its events. */
  readonly confidence: Confidence;
  readonly events: number;
}

export interface SurveyOptions extends IngestOptions {
  /** Events later than this, and a day, are odd. */
  readonly now: EpochNanos;
  /** Is given the events that were counted. */
  readonly onEvents?: (events: readonly IngestedEvent[]) => void | Promise<void>;
}

/** Findings kept of one input, and lost fields counted. */
const findingsKept = 5;
const mostLostFields = 1_000;
const firstLikely = 946_684_800n * 1_000_000_000n;
const day = 86_400n * 1_000_000_000n;

/**
 * Reads all inputs and tells of each file and each member of an archive what came of it, in their order, as
 * soon as it has been read. Holds what is said of one input at a time.
 */
export async function* surveyInputs(
  inputs: readonly Input[],
  options: SurveyOptions,
): AsyncGenerator<InputReport> {
  const open = new Map<string, Draft>();
  const lost = new LostFields(remapper(options));
  const draftOf = (input: string): Draft => {
    const known = open.get(input);
    if (known !== undefined) return known;
    const draft = new Draft(input, options.now);
    open.set(input, draft);
    return draft;
  };
  const ready: InputReport[] = [];
  const close = () => {
    ready.push(...[...open.values()].map((draft) => draft.report()));
    open.clear();
  };
  const events = readEvents(inputs, {
    ...options,
    onFile: (file) => {
      options.onFile?.(file);
      close();
      draftOf(file.input).file = file;
    },
    onFinding: (finding) => {
      options.onFinding?.(finding);
      draftOf(finding.input).addFinding(finding);
    },
  });
  for await (const batch of events) {
    for (const event of batch) draftOf(event.input).addEvent(event, lost);
    await options.onEvents?.(batch);
    yield* ready.splice(0);
  }
  close();
  yield* ready;
}

/** Findings about inputs that could not even be opened, as reports of their own. */
export function reportUnopened(findings: readonly InputFinding[]): readonly InputReport[] {
  return findings.map((finding) => {
    const draft = new Draft(finding.input, 0n);
    draft.addFinding(finding);
    return draft.report();
  });
}

/** What is known of one input so far. */
class Draft {
  file: OpenedFile | undefined;
  readonly #input: string;
  readonly #latest: EpochNanos;
  readonly #sources = new Map<string, { confidence: Confidence; events: number }>();
  readonly #offsets = new Map<number | null, number>();
  readonly #lost = new Map<string, number>();
  readonly #findings: InputFinding[] = [];
  #findingsTotal = 0;
  #events = 0;
  #withTime = 0;
  #odd = 0;
  #first: EpochNanos | undefined;
  #last: EpochNanos | undefined;

  constructor(input: string, now: EpochNanos) {
    this.#input = input;
    this.#latest = now + day;
  }

  addFinding(finding: InputFinding): void {
    this.#findingsTotal += 1;
    if (this.#findings.length < findingsKept) this.#findings.push(finding);
  }

  addEvent(event: IngestedEvent, lost: LostFields): void {
    this.#events += 1;
    const { source, clockOffsetMs } = event;
    if (source !== undefined) this.#addSource(source.name, source.confidence);
    if (clockOffsetMs !== undefined) {
      this.#offsets.set(clockOffsetMs, (this.#offsets.get(clockOffsetMs) ?? 0) + 1);
    }
    this.#addTime(event.document["@timestamp"]);
    for (const path of lost.in(event)) {
      const field = path.join(".");
      const count = this.#lost.get(field);
      if (count !== undefined || this.#lost.size < mostLostFields) {
        this.#lost.set(field, (count ?? 0) + 1);
      }
    }
  }

  report(): InputReport {
    return {
      input: this.#input,
      format: this.file?.format,
      confidence: this.file?.confidence,
      sources: byCount([...this.#sources].map(([name, rest]) => ({ name, ...rest }))),
      events: this.#events,
      eventsWithTime: this.#withTime,
      firstTime: this.#first === undefined ? undefined : formatInstant(this.#first),
      lastTime: this.#last === undefined ? undefined : formatInstant(this.#last),
      localTimes: byCount([...this.#offsets].map(([offsetMs, events]) => ({ offsetMs, events }))),
      oddTimes: this.#odd,
      lostFields: byCount([...this.#lost].map(([field, events]) => ({ field, events }))),
      findings: this.#findings,
      findingsTotal: this.#findingsTotal,
    };
  }

  #addSource(name: string, confidence: Confidence): void {
    const known = this.#sources.get(name);
    if (known === undefined) this.#sources.set(name, { confidence, events: 1 });
    else {
      known.events += 1;
      if (rank[confidence] > rank[known.confidence]) known.confidence = confidence;
    }
  }

  #addTime(value: unknown): void {
    const first = Array.isArray(value) ? value[0] : value;
    const time =
      typeof first === "string" || typeof first === "number" ? parseInstant(first) : undefined;
    if (time === undefined) return;
    this.#withTime += 1;
    if (time < firstLikely || time > this.#latest) this.#odd += 1;
    if (this.#first === undefined || time < this.#first) this.#first = time;
    if (this.#last === undefined || time > this.#last) this.#last = time;
  }
}

/** The less sure, the higher. */
const rank: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };

/** A stable sort: equal counts stay in the order of their first event. */
function byCount<T extends { readonly events: number }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => b.events - a.events);
}
