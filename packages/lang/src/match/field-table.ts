import type { CaseFolding, FieldPath } from "../values/index.ts";
import { compileAnalysis, type NumberedLeaf } from "./analyse.ts";
import type { FieldValue } from "./document.ts";

/** The leaves of one field: which of them a value makes true. */
export class FieldTable {
  readonly path: FieldPath;
  /** The leaves that ask only whether there is a value. */
  readonly exists: readonly number[];
  /** There is more to ask of a value than whether it is there. */
  readonly hasTests: boolean;
  /** When the field was last seen: an event's number, 0 for never. */
  lastSeen = 0;
  /** The leaves, but for `exists`, that a value satisfies. */
  readonly analyse: (value: FieldValue) => readonly number[];

  constructor(path: FieldPath, leaves: readonly NumberedLeaf[], folding: CaseFolding) {
    this.path = path;
    this.exists = leaves.filter(({ leaf }) => leaf.kind === "exists").map(({ id }) => id);
    const others = leaves.filter(({ leaf }) => leaf.kind !== "exists");
    this.hasTests = others.length > 0;
    this.analyse = compileAnalysis(others, folding);
  }
}

/** One table for each field of the leaves, which are numbered by their order. */
export function makeFieldTables(
  leaves: readonly NumberedLeaf["leaf"][],
  folding: CaseFolding,
): readonly FieldTable[] {
  const groups = new Map<FieldPath, NumberedLeaf[]>();
  leaves.forEach((leaf, id) => {
    const group = groups.get(leaf.field.path);
    if (group === undefined) groups.set(leaf.field.path, [{ id, leaf }]);
    else group.push({ id, leaf });
  });
  return [...groups].map(([path, group]) => new FieldTable(path, group, folding));
}
