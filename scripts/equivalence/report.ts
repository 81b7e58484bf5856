/** What agreed and what did not. Shows the first differences as they are found. */
export class Report {
  passed = 0;
  failed = 0;
  readonly #nameOf: (place: number) => string;

  constructor(nameOf: (place: number) => string) {
    this.#nameOf = nameOf;
  }

  /** Counts one event that all paths agree on, or shows where one does not. */
  add(differences: readonly Difference[]): void {
    if (differences.length === 0) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    if (this.failed > mostShown) return;
    for (const { path, expected, found, event } of differences) {
      console.log(`${path}: ${this.#show(expected)} hold, found ${this.#show(found)}`);
      console.log(`  of ${event.slice(0, 1_000)}`);
    }
  }

  #show(places: readonly number[] | undefined): string {
    if (places === undefined) return "no event";
    const names = places.slice(0, 3).map((place) => `\`${this.#nameOf(place)}\``);
    return `${places.length} (${names.join(", ")}${places.length > 3 ? ", …" : ""})`;
  }
}

/** A path that does not give what the plain evaluator gives. `undefined`: the line is no event. */
export interface Difference {
  readonly path: string;
  readonly expected: readonly number[] | undefined;
  readonly found: readonly number[] | undefined;
  /** The JSON of it, as the path read it. */
  readonly event: string;
}

const mostShown = 20;
