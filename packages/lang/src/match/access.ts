import type { Tree } from "./predicate-table.ts";

/** Leaves of which at least one is true whenever the condition is, and what looking at them costs. */
export interface Access {
  readonly ids: readonly number[];
  readonly cost: number;
}

/** The ways into a leaf that must be true, and the ways into one that must be false. */
export type LeafAccess = (id: number) => readonly Access[];

/**
 * The cheapest set of leaves without which the condition cannot be true: only events that make one
 * of them true need to run its program. `undefined` when there is none: the condition asks only for
 * what is not there, and runs on every event.
 */
export function chooseAccess(tree: Tree, accessOfLeaf: LeafAccess): Access | undefined {
  return cheapest(optionsOf(tree, false, accessOfLeaf));
}

function optionsOf(tree: Tree, isNegated: boolean, accessOfLeaf: LeafAccess): readonly Access[] {
  switch (tree.kind) {
    case "constant":
      return tree.value === isNegated ? [{ ids: [], cost: 0 }] : [];
    case "leaf":
      return isNegated ? [] : accessOfLeaf(tree.id);
    case "not":
      return optionsOf(tree.of, !isNegated, accessOfLeaf);
    case "all":
    case "any": {
      const options = tree.of.map((part) => optionsOf(part, isNegated, accessOfLeaf));
      const isConjunction = (tree.kind === "all") !== isNegated;
      return isConjunction ? options.flat() : unite(options);
    }
    default:
      return tree satisfies never;
  }
}

function unite(options: readonly (readonly Access[])[]): readonly Access[] {
  const ids = new Set<number>();
  let cost = 0;
  for (const option of options) {
    const best = cheapest(option);
    if (best === undefined) return [];
    for (const id of best.ids) ids.add(id);
    cost += best.cost;
  }
  return [{ ids: [...ids], cost }];
}

function cheapest(options: readonly Access[]): Access | undefined {
  return options.reduce<Access | undefined>(
    (best, option) => (best === undefined || option.cost < best.cost ? option : best),
    undefined,
  );
}
