import type { JoinField } from "@harrier/lang/ir";
import { type EventDocument, fieldValues } from "@harrier/lang/match";
import type { FieldPath } from "@harrier/lang/values";
import type { Tap } from "./watch-list.ts";

/** What events have shown of the keys of taps, by the tap's place: `true` once an event had all keys, else the key fields that some event had. */
export type KeySightings = ReadonlyMap<number, ReadonlySet<FieldPath> | true>;

/**
 * Whether the events that meet a step have the fields it is joined by. A rule that joins by a field
 * that its events never have cannot fire.
 */
export class KeyCoverage {
  readonly #seen = new Map<number, Set<FieldPath> | true>();

  /** An event meets the condition of the tap at this place. */
  note(
    tap: number,
    keys: readonly JoinField[],
    document: EventDocument,
    hasAllKeys: boolean,
  ): void {
    if (hasAllKeys) {
      this.#seen.set(tap, true);
      return;
    }
    const seen = this.#fieldsOf(tap);
    if (seen === true) return;
    for (const { field } of keys) {
      if (!seen.has(field.path) && fieldValues(document, field.path).length > 0) {
        seen.add(field.path);
      }
    }
  }

  sightings(): KeySightings {
    return this.#seen;
  }

  /** Takes note of what other events have shown. */
  add(sightings: KeySightings): void {
    for (const [tap, fields] of sightings) {
      const seen = this.#fieldsOf(tap);
      if (seen === true) continue;
      if (fields === true) this.#seen.set(tap, true);
      else for (const field of fields) seen.add(field);
    }
  }

  /** Required key fields that no event had which met the condition. Empty when none met it. */
  missing({ place, step }: Tap): readonly FieldPath[] {
    const seen = this.#seen.get(place);
    if (seen === undefined || seen === true) return [];
    return step.keys
      .filter(({ field, optional }) => !optional && !seen.has(field.path))
      .map(({ field }) => field.path);
  }

  #fieldsOf(tap: number): Set<FieldPath> | true {
    const seen = this.#seen.get(tap) ?? new Set();
    this.#seen.set(tap, seen);
    return seen;
  }
}
