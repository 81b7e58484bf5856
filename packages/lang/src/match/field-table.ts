import type { CaseFolding, FieldPath } from "../values/index.ts";
import { type Analysis, compileAnalysis, type NumberedLeaf } from "./analyse.ts";
import type { FieldValue } from "./document.ts";
import type { TextTraits } from "./text-traits.ts";
import type { TruthList, TruthLists } from "./truth-lists.ts";

/** The leaves of one field: which of them a value makes true. */
export class FieldTable {
  readonly path: FieldPath;
  /** Its place among the fields of the set. */
  readonly place: number;
  /** The leaves that ask only whether there is a value. */
  readonly exists: TruthList;
  /** The leaves that every text satisfies but the empty one. */
  readonly anyText: TruthList;
  /** There is more to ask of a value than whether it is there. */
  readonly hasTests: boolean;
  readonly #analysis: Analysis;
  readonly #lists: TruthLists;

  constructor(
    path: FieldPath,
    place: number,
    leaves: readonly NumberedLeaf[],
    folding: CaseFolding,
    lists: TruthLists,
  ) {
    this.path = path;
    this.place = place;
    this.#lists = lists;
    const exists = leaves.filter(({ leaf }) => leaf.kind === "exists");
    this.exists = lists.add(exists.map(({ id }) => id));
    const others = leaves.filter(({ leaf }) => leaf.kind !== "exists");
    this.hasTests = others.length > 0;
    this.#analysis = compileAnalysis(others, folding);
    this.anyText = lists.add([...new Set(this.#analysis.anyText)]);
  }

  /** The leaves, but for `exists`, that a value satisfies. */
  analyse(value: FieldValue): TruthList {
    return this.#lists.add(this.#analysis.analyse(value));
  }

  /** What a text has that satisfies more than `anyText`; `undefined` when any text might. */
  get traits(): TextTraits | undefined {
    return this.#analysis.traits;
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
  lists: TruthLists,
): readonly FieldTable[] {
  const putOff = new Set(deferred);
  const groups = new Map<FieldPath, NumberedLeaf[]>();
  leaves.forEach((leaf, id) => {
    const group = groups.get(leaf.field.path) ?? [];
    groups.set(leaf.field.path, group);
    if (!putOff.has(id)) group.push({ id, leaf });
  });
  return [...groups].map(
    ([path, group], place) => new FieldTable(path, place, group, folding, lists),
  );
}
