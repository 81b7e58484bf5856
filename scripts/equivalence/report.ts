import type { EventDocument } from "@harrier/lang/match";

/** What agreed and what did not. Shows the first differences as they are found. */
export class Report {
  passed = 0;
  failed = 0;
  readonly #nameOf: (place: number) => string;

  constructor(nameOf: (place: number) => string) {
    this.#nameOf = nameOf;
  }

  /** Counts one event that all paths agree on, or shows where one does not. */
  add(document: EventDocument, differences: readonly Difference[]): void {
    if (differences.length === 0) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    if (this.failed > mostShown) return;
    console.log(`differs: ${JSON.stringify(document).slice(0, 1_000)}`);
    for (const { path, expected, found, text } of differences) {
      const missing = expected.filter((place) => !found.includes(place));
      const added = found.filter((place) => !expected.includes(place));
      if (missing.length > 0) console.log(`  ${path} misses ${this.#show(missing)}`);
      if (added.length > 0) console.log(`  ${path} adds ${this.#show(added)}`);
      if (missing.length + added.length === 0) console.log(`  ${path} gives another order`);
      if (text !== undefined) console.log(`  of ${text.slice(0, 1_000)}`);
    }
  }

  #show(places: readonly number[]): string {
    return places
      .slice(0, 3)
      .map((place) => `\`${this.#nameOf(place)}\``)
      .join(", ");
  }
}

/** A path that does not give what the plain evaluator gives. */
export interface Difference {
  readonly path: string;
  readonly expected: readonly number[];
  readonly found: readonly number[];
  /** The JSON that the path read, where it is not the plain one of the document. */
  readonly text?: string;
}

const mostShown = 20;
