import type { Tree } from "./predicate-table.ts";

/** The ends of a program: where an exit would lead, the answer. */
const no = -1;
export const yes = -2;

/** What a program is made by. */
export interface LeafOrder {
  readonly likelihoodOf: (id: number) => number;
  /** The leaf has to be worked out, which costs more than any look at a truth list. */
  readonly isLazy: (id: number) => boolean;
  /** The number of the leaf in programs. */
  readonly codeOf: (id: number) => number;
}

/**
 * Appends the condition's branch program to `code` and gives its entry, or the answer when there is
 * nothing to ask. An instruction is three numbers: a leaf, where to go when it is true, where when it is
 * false. `not` costs nothing: it swaps the exits. Instructions are written from the last to the first,
 * so that every exit is known.
 */
export function lowerTree(tree: Tree, order: LeafOrder, code: number[]): number {
  return emit(orderParts(tree, order).tree, yes, no, order, code);
}

/** The programs as they are when so much other code stands before them. */
export function moveProgram(code: readonly number[], by: number): readonly number[] {
  // A leaf, which stays, and two exits, of which the ends stay.
  return code.map((each, place) => (place % 3 === 0 || each < 0 ? each : each + by));
}

function emit(
  tree: Tree,
  whenTrue: number,
  whenFalse: number,
  order: LeafOrder,
  code: number[],
): number {
  switch (tree.kind) {
    case "constant":
      return tree.value ? whenTrue : whenFalse;
    case "leaf":
      return code.push(order.codeOf(tree.id), whenTrue, whenFalse) - 3;
    case "not":
      return emit(tree.of, whenFalse, whenTrue, order, code);
    case "all":
      return tree.of.reduceRight(
        (next, part) => emit(part, next, whenFalse, order, code),
        whenTrue,
      );
    case "any":
      return tree.of.reduceRight(
        (next, part) => emit(part, whenTrue, next, order, code),
        whenFalse,
      );
    default:
      return tree satisfies never;
  }
}

interface Ordered {
  readonly tree: Tree;
  readonly likelihood: number;
  /** Holds a leaf that has to be worked out, which costs more than any look at a truth list. */
  readonly isLazy: boolean;
}

/** Selective parts first in an `all`, likely ones first in an `any`, what has to be worked out last in both. */
function orderParts(tree: Tree, order: LeafOrder): Ordered {
  switch (tree.kind) {
    case "constant":
      return { tree, likelihood: tree.value ? 1 : 0, isLazy: false };
    case "leaf":
      return { tree, likelihood: order.likelihoodOf(tree.id), isLazy: order.isLazy(tree.id) };
    case "not": {
      const of = orderParts(tree.of, order);
      return { ...of, tree: { kind: "not", of: of.tree }, likelihood: 1 - of.likelihood };
    }
    case "all":
    case "any": {
      const sign = tree.kind === "all" ? 1 : -1;
      const parts = tree.of
        .map((part) => orderParts(part, order))
        .sort(
          (left, right) =>
            Number(left.isLazy) - Number(right.isLazy) ||
            sign * (left.likelihood - right.likelihood),
        );
      const likelihoods = parts.map((part) => part.likelihood);
      return {
        tree: { kind: tree.kind, of: parts.map((part) => part.tree) },
        likelihood:
          tree.kind === "all"
            ? likelihoods.reduce((product, each) => product * each, 1)
            : Math.min(
                1,
                likelihoods.reduce((sum, each) => sum + each, 0),
              ),
        isLazy: parts.some((part) => part.isLazy),
      };
    }
    default:
      return tree satisfies never;
  }
}
