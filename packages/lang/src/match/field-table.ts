import type { CaseFolding, FieldPath } from "../values/index.ts";
import { type Analysis, compileAnalysis, type NumberedLeaf } from "./analyse.ts";
import type { FieldValue } from "./document.ts";

/** The leaves of one field: which of them a value makes true. */
export class FieldTable {
  readonly path: FieldPath;
  /** Its place among the fields of the set. */
  readonly place: number;
  /** The leaves that ask only whether there is a value. */
  readonly exists: readonly number[];
  /** There is more to ask of a value than whether it is there. */
  readonly hasTests: boolean;
  /** When the field was last seen: an event's number, 0 for never. */
  lastSeen = 0;
  readonly #analysis: Analysis;

  constructor(
    path: FieldPath,
    place: number,
    leaves: readonly NumberedLeaf[],
    folding: CaseFolding,
  ) {
    this.path = path;
    this.place = place;
    this.exists = leaves.filter(({ leaf }) => leaf.kind === "exists").map(({ id }) => id);
    const others = leaves.filter(({ leaf }) => leaf.kind !== "exists");
    this.hasTests = others.length > 0;
    this.#analysis = compileAnalysis(others, folding);
  }

  /** The leaves, but for `exists`, that a value satisfies. */
  analyse(value: FieldValue): readonly number[] {
    return this.#analysis.analyse(value);
  }

  /** What the automata take. */
  get automata(): { readonly states: number; readonly bytes: number } {
    return { states: this.#analysis.states, bytes: this.#analysis.byteLength };
  }
}

/** One table for each field of the leaves, which are numbered by their order; without those that are put off. */
export function makeFieldTables(
  leaves: readonly NumberedLeaf["leaf"][],
  deferred: readonly number[],
  folding: CaseFolding,
): readonly FieldTable[] {
  const putOff = new Set(deferred);
  const groups = new Map<FieldPath, NumberedLeaf[]>();
  leaves.forEach((leaf, id) => {
    const group = groups.get(leaf.field.path) ?? [];
    groups.set(leaf.field.path, group);
    if (!putOff.has(id)) group.push({ id, leaf });
  });
  return [...groups].map(([path, group], place) => new FieldTable(path, place, group, folding));
}
