import { type Access, chooseAccess } from "./access.ts";
import type { Part } from "./parts.ts";
import type { PredicateTable } from "./predicate-table.ts";
import { lowerTree } from "./program.ts";
import { requiredFields } from "./required-fields.ts";

/** When each part is looked at, and how. It decides the order of work, never a result. */
export interface LookPlan {
  /** The parts that are looked at on every event. */
  readonly always: readonly number[];
  /** The parts to look at when a leaf is true: those of leaf `n` stand in `nominees` from `postings[n]` to `postings[n + 1]`. */
  readonly postings: Int32Array;
  readonly nominees: Int32Array;
  /** Branch programs, and where each part's begins. */
  readonly code: Int32Array;
  readonly entries: Int32Array;
}

/**
 * Plans the looks by how often each leaf is true. The ways into a condition may be leaves that no condition asks
 * for; the table gets them.
 */
export function planLooks(
  parts: readonly Part[],
  table: PredicateTable,
  likelihood: (id: number) => number,
): LookPlan {
  const accesses = parts.map(({ tree }) =>
    chooseAccess(tree, (id) => accessOfLeaf(id, table, likelihood)),
  );
  const always = accesses.flatMap((access, part) => (access === undefined ? [part] : []));
  const code: number[] = [];
  const entries = Int32Array.from(parts, ({ tree }) => lowerTree(tree, likelihood, code));
  const leaves = table.fieldLeaves.length;
  return { always, ...postingsOf(accesses, leaves), code: Int32Array.from(code), entries };
}

/**
 * A field leaf is its own way in; an expression that needs a field is entered where the field is there. Nested
 * leaves have the way in of what follows from them.
 */
function accessOfLeaf(
  id: number,
  table: PredicateTable,
  likelihood: (id: number) => number,
): readonly Access[] {
  const leaf = table.leafOf(id);
  if (leaf.kind === "nested" || leaf.kind === "anywhere") return [];
  if (leaf.kind !== "expression") return [{ ids: [id], cost: likelihood(id) }];
  return [...requiredFields(leaf.of)].map((path) => {
    const exists = table.idOf({ kind: "exists", field: { path, type: "unknown" } });
    return { ids: [exists], cost: likelihood(exists) };
  });
}

function postingsOf(
  accesses: readonly (Access | undefined)[],
  leaves: number,
): { readonly postings: Int32Array; readonly nominees: Int32Array } {
  const lists: number[][] = Array.from({ length: leaves }, () => []);
  accesses.forEach((access, part) => {
    for (const id of access?.ids ?? []) lists[id]?.push(part);
  });
  const postings = new Int32Array(leaves + 1);
  lists.forEach((list, id) => {
    postings[id + 1] = (postings[id] ?? 0) + list.length;
  });
  return { postings, nominees: Int32Array.from(lists.flat()) };
}
