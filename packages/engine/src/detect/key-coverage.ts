import { type EventDocument, fieldValues } from "@harrier/lang/match";
import type { FieldPath } from "@harrier/lang/values";
import type { Tap } from "./watch-list.ts";

/**
 * Whether the events that meet a step have the fields it is joined by. A rule that joins by a field
 * that its events never have cannot fire.
 */
export class KeyCoverage {
  /** By the tap's place; `true` once an event had all keys, else the key fields that some event had. */
  readonly #seen: (Set<FieldPath> | true)[] = [];

  /** An event meets the tap's condition. */
  note({ place, step }: Tap, document: EventDocument, hasAllKeys: boolean): void {
    if (hasAllKeys) {
      this.#seen[place] = true;
      return;
    }
    this.#seen[place] ??= new Set();
    const seen = this.#seen[place];
    if (seen === true) return;
    for (const { field } of step.keys) {
      if (!seen.has(field.path) && fieldValues(document, field.path).length > 0) {
        seen.add(field.path);
      }
    }
  }

  /** Required key fields that no event had which met the condition. Empty when none met it. */
  missing({ place, step }: Tap): readonly FieldPath[] {
    const seen = this.#seen[place];
    if (seen === undefined || seen === true) return [];
    return step.keys
      .filter(({ field, optional }) => !optional && !seen.has(field.path))
      .map(({ field }) => field.path);
  }
}
