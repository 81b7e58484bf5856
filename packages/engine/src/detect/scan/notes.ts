import type { JoinField } from "@harrier/lang/ir";
import { encodeKey, joinKeys } from "@harrier/lang/match";
import type { FieldPath, Literal } from "@harrier/lang/values";
import { firstValue } from "../../alerts/index.ts";
import { type Clock, readClock } from "../clock.ts";
import { splitTime } from "../columns.ts";
import { growingBytes, growingDoubles, growingWords } from "../growing.ts";
import { KeyCoverage, type KeySightings } from "../key-coverage.ts";
import { type SpooledEvent, spoolText } from "../spooled-event.ts";

/** What is noted of events that meet taps. Plain data: it crosses threads. */
export interface NotePlan {
  /** By the tap's place: the fields that make its key. */
  readonly keys: readonly (readonly JoinField[])[];
  readonly clocks: readonly Clock[];
  readonly tiebreakers: readonly FieldPath[];
}

/**
 * Events of one block that rules want to hear of, in columns: plain data that crosses threads without a
 * copy. An event is known by its place.
 */
export interface Notes {
  readonly events: number;
  /** What `readSpooled` reads, one behind the other, and where each ends. */
  readonly texts: Uint8Array<ArrayBuffer>;
  readonly textEnds: Uint32Array<ArrayBuffer>;
  /** Who each event is: 16 bytes. Zeros for an event without rows. */
  readonly fingerprints: Uint8Array<ArrayBuffer>;
  /** Indices as numbers of `indexNames`. */
  readonly indices: Uint32Array<ArrayBuffer>;
  readonly indexNames: readonly (string | undefined)[];
  /** For each event one time by each clock, as `splitTime` has it. */
  readonly seconds: Float64Array<ArrayBuffer>;
  readonly nanos: Uint32Array<ArrayBuffer>;
  /** For each event one value for each tiebreaker. */
  readonly tiebreakers: readonly Literal[];
  /** Where the rows of each event end: a tap and a key that the event has for it. Keys are numbers of `keyTexts`. */
  readonly rowEnds: Uint32Array<ArrayBuffer>;
  readonly rowTaps: Uint32Array<ArrayBuffer>;
  readonly rowKeys: Uint32Array<ArrayBuffer>;
  /** As `encodeKey` writes them. */
  readonly keyTexts: readonly string[];
  /** What the events have shown of the taps' keys. */
  readonly coverage: KeySightings;
}

/** Makes the notes of one block after the other. */
export class NoteBook {
  readonly #plan: NotePlan;
  // The room of one block serves the next.
  readonly #texts = growingBytes();
  readonly #textEnds = growingWords();
  readonly #fingerprints = growingBytes();
  readonly #indices = growingWords();
  readonly #seconds = growingDoubles();
  readonly #nanos = growingWords();
  readonly #rowEnds = growingWords();
  readonly #rowTaps = growingWords();
  readonly #rowKeys = growingWords();
  #indexNames = new Map<string | undefined, number>();
  #tiebreakers: Literal[] = [];
  #keys = new Map<string, number>();
  #coverage = new KeyCoverage();

  constructor(plan: NotePlan) {
    this.#plan = plan;
  }

  /** Takes an event in, with its keys for the taps at these places, of which it meets the conditions; returns its place. */
  note(event: SpooledEvent, taps: readonly number[]): number {
    const { document } = event;
    const rowsBefore = this.#rowTaps.length;
    for (const tap of taps) {
      const keys = this.#plan.keys[tap] ?? [];
      const found = joinKeys({ keys }, document);
      this.#coverage.note(tap, keys, document, found.length > 0);
      for (const key of found) {
        this.#rowTaps.push(tap);
        this.#rowKeys.push(numberOf(this.#keys, encodeKey(key)));
      }
    }
    this.#rowEnds.push(this.#rowTaps.length);
    const { text, fingerprint } = spoolText(event);
    this.#texts.pushText(text);
    this.#textEnds.push(this.#texts.length);
    const hasRows = this.#rowTaps.length > rowsBefore;
    this.#fingerprints.push(hasRows ? fingerprint() : noFingerprint);
    this.#indices.push(numberOf(this.#indexNames, event.index));
    for (const clock of this.#plan.clocks) {
      const { seconds, nanos } = splitTime(readClock(clock, document));
      this.#seconds.push(seconds);
      this.#nanos.push(nanos);
    }
    for (const field of this.#plan.tiebreakers) {
      this.#tiebreakers.push(firstValue(document, field) ?? null);
    }
    return this.#rowEnds.length - 1;
  }

  /** The notes since the last time; the book is blank again. */
  take(): Notes {
    const notes: Notes = {
      events: this.#rowEnds.length,
      texts: this.#texts.take(),
      textEnds: this.#textEnds.take(),
      fingerprints: this.#fingerprints.take(),
      indices: this.#indices.take(),
      indexNames: [...this.#indexNames.keys()],
      seconds: this.#seconds.take(),
      nanos: this.#nanos.take(),
      tiebreakers: this.#tiebreakers,
      rowEnds: this.#rowEnds.take(),
      rowTaps: this.#rowTaps.take(),
      rowKeys: this.#rowKeys.take(),
      keyTexts: [...this.#keys.keys()],
      coverage: this.#coverage.sightings(),
    };
    this.#indexNames = new Map();
    this.#tiebreakers = [];
    this.#keys = new Map();
    this.#coverage = new KeyCoverage();
    return notes;
  }
}

/** The buffers of notes, to be handed to another thread. */
export function buffersOf(notes: Notes): ArrayBuffer[] {
  const { texts, textEnds, fingerprints, indices, seconds, nanos, rowEnds, rowTaps, rowKeys } =
    notes;
  const columns = [
    texts,
    textEnds,
    fingerprints,
    indices,
    seconds,
    nanos,
    rowEnds,
    rowTaps,
    rowKeys,
  ];
  return columns.map(({ buffer }) => buffer);
}

/** The bytes of an event's text. */
export function textOf({ texts, textEnds }: Notes, place: number): Uint8Array {
  return texts.subarray(place === 0 ? 0 : textEnds[place - 1], textEnds[place]);
}

const noFingerprint = new Uint8Array(16);

function numberOf<T>(numbers: Map<T, number>, value: T): number {
  const known = numbers.get(value);
  if (known !== undefined) return known;
  numbers.set(value, numbers.size);
  return numbers.size - 1;
}
