import { type Predicate, simplify } from "../ir/index.ts";
import { type PredicateTable, type Tree, treeKey } from "./predicate-table.ts";
import { addConsequences } from "./relax.ts";

/** A condition that one or more of those given share. */
export interface SharedCondition {
  readonly tree: Tree;
  /** The places it was given at, ascending. */
  readonly members: readonly number[];
}

/** What is looked at by itself: a condition, or one of the many alternatives of one. */
export interface Part {
  readonly tree: Tree;
  /** The place of its condition among the shared ones. */
  readonly condition: number;
}

/**
 * An `any` of more alternatives than these is taken apart. Its program would ask for one after another; the
 * thousands of exceptions of a rule are met one by one, each by its own values.
 */
const mostTogether = 16;

/** Equal conditions once each, and for each condition given which of them it is. */
export function shareConditions(
  conditions: readonly Predicate[],
  table: PredicateTable,
): { readonly conditions: readonly SharedCondition[]; readonly conditionAt: readonly number[] } {
  const shared: { readonly tree: Tree; readonly members: number[] }[] = [];
  const places = new Map<string, number>();
  const conditionAt = conditions.map((condition, index) => {
    const tree = table.treeOf(simplify(addConsequences(condition)));
    const key = treeKey(tree);
    const place = places.get(key) ?? shared.push({ tree, members: [] }) - 1;
    places.set(key, place);
    shared[place]?.members.push(index);
    return place;
  });
  return { conditions: shared, conditionAt };
}

export function takeApart(conditions: readonly SharedCondition[]): readonly Part[] {
  return conditions.flatMap(({ tree }, condition): readonly Part[] => {
    const isLong = tree.kind === "any" && tree.of.length > mostTogether;
    return isLong ? tree.of.map((part) => ({ tree: part, condition })) : [{ tree, condition }];
  });
}
