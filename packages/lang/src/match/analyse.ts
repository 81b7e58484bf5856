import type { FieldPredicate } from "../ir/index.ts";
import { type CaseFolding, foldCase } from "../values/index.ts";
import type { FieldValue } from "./document.ts";
import { textOf } from "./field-type.ts";
import { compileLeaf, textsOf, type ValueTest } from "./leaf.ts";

/** A leaf over one field, and its number. */
export interface NumberedLeaf {
  readonly id: number;
  readonly leaf: FieldPredicate;
}

/**
 * All leaves of one field against one value at first sight: which of them it satisfies. Texts are
 * found by hash, as spelled and folded; all others are tested one by one.
 */
export function compileAnalysis(
  leaves: readonly NumberedLeaf[],
  folding: CaseFolding,
): (value: FieldValue) => readonly number[] {
  const exact = new Map<string, number[]>();
  const folded = new Map<string, number[]>();
  const tests: { readonly id: number; readonly test: ValueTest }[] = [];
  for (const { id, leaf } of leaves) {
    const texts = leaf.kind === "equals" ? textsOf(leaf) : undefined;
    if (leaf.kind !== "equals" || texts === undefined) {
      tests.push({ id, test: compileLeaf(leaf, folding) });
    } else if (leaf.fold) {
      for (const text of texts) addOnce(folded, foldCase(text, folding), id);
    } else {
      for (const text of texts) addOnce(exact, text, id);
    }
  }
  return (value) => {
    const text = textOf(value);
    const ids = [...(exact.get(text) ?? [])];
    if (folded.size > 0) ids.push(...(folded.get(foldCase(text, folding)) ?? []));
    for (const { id, test } of tests) if (test(value)) ids.push(id);
    return ids;
  };
}

function addOnce(lists: Map<string, number[]>, text: string, id: number): void {
  const list = lists.get(text);
  if (list === undefined) lists.set(text, [id]);
  else if (!list.includes(id)) list.push(id);
}
