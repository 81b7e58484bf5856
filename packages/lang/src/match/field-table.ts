import type { CaseFolding } from "../values/index.ts";
import { compileAnalysis, type NumberedLeaf } from "./analyse.ts";
import type { FieldValue } from "./document.ts";

/** Longer values are analysed each time: they seldom come twice, and would fill the memory. */
const longestCached = 4_096;
const mostCached = 8_192;
/** UTF-16 units of all texts that one field remembers. */
const mostCachedUnits = 1_000_000;

/**
 * The leaves of one field: which of them a value makes true. The answer is remembered by value and JSON
 * type (4 and "4" are two) in a bounded table that is emptied when it is full.
 */
export class FieldTable {
  /** The leaves that ask only whether there is a value. */
  readonly exists: readonly number[];
  /** When the field was last seen: an event's number, 0 for never. */
  lastSeen = 0;
  readonly #analyse: ((value: FieldValue) => readonly number[]) | undefined;
  readonly #known: Map<FieldValue, readonly number[]> = new Map();
  #knownUnits = 0;

  constructor(leaves: readonly NumberedLeaf[], folding: CaseFolding) {
    this.exists = leaves.filter(({ leaf }) => leaf.kind === "exists").map(({ id }) => id);
    const others = leaves.filter(({ leaf }) => leaf.kind !== "exists");
    this.#analyse = others.length === 0 ? undefined : compileAnalysis(others, folding);
  }

  /** The leaves, but for `exists`, that the value satisfies. */
  lookup(value: FieldValue): readonly number[] {
    if (this.#analyse === undefined) return none;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const ids = this.#analyse(value);
    const units = typeof value === "string" ? value.length : 0;
    if (units <= longestCached) this.#remember(value, units, ids);
    return ids;
  }

  #remember(value: FieldValue, units: number, ids: readonly number[]): void {
    if (this.#known.size >= mostCached || this.#knownUnits > mostCachedUnits) {
      this.#known.clear();
      this.#knownUnits = 0;
    }
    this.#known.set(value, ids.length === 0 ? none : ids);
    this.#knownUnits += units;
  }
}

const none: readonly number[] = [];
