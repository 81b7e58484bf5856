import { isObject } from "../classify.ts";
import { valueText } from "./value-text.ts";

/** Lists that are sets: what counts is what is in them. By the last key of their path. */
const sets: ReadonlySet<string> = new Set([
  ...["tags", "references", "index", "author", "false_positives", "threat", "technique"],
  ...["subtechnique", "filters", "threat_filters", "threat_index", "exceptions_list", "actions"],
  ...["required_fields", "related_integrations", "severity_mapping", "risk_score_mapping"],
  ...["field_names", "integration"],
]);

type MergeItems = (base: unknown, local: unknown, upstream: unknown) => unknown;

/** Says that two sides can't be merged. Never a value of a file. */
export const unmergeable: unique symbol = Symbol("unmergeable");

/**
 * Merges two versions of a set: the local list without what upstream took away, with what it added behind the item that
 * stands before it there. Tactics and techniques are the same where their ids are; `mergeItems` merges what is in them.
 */
export function mergeSets(
  key: string,
  base: readonly unknown[],
  local: readonly unknown[],
  upstream: readonly unknown[],
  mergeItems: MergeItems,
): readonly unknown[] | typeof unmergeable {
  if (!sets.has(key)) return unmergeable;
  const [old, own, theirs] = [base, local, upstream].map(
    (list) => new Map(list.map((item) => [identityOf(item), item])),
  );
  if (old === undefined || own === undefined || theirs === undefined) return unmergeable;
  const merged: { readonly id: string; readonly item: unknown }[] = [];
  for (const [id, item] of own) {
    if (theirs.has(id)) {
      const both = mergeItems(old.get(id), item, theirs.get(id));
      if (both === unmergeable) return unmergeable;
      merged.push({ id, item: both });
    } else if (!old.has(id)) {
      merged.push({ id, item });
    } else if (valueText(old.get(id)) !== valueText(item)) {
      // Changed here, taken away there.
      return unmergeable;
    }
  }
  let before = -1;
  for (const [id, item] of theirs) {
    const at = merged.findIndex((each) => each.id === id);
    if (at >= 0) {
      before = at;
    } else if (!old.has(id)) {
      before += 1;
      merged.splice(before, 0, { id, item });
    } else if (valueText(old.get(id)) !== valueText(item)) {
      return unmergeable;
    }
  }
  return merged.map(({ item }) => item);
}

function identityOf(item: unknown): string {
  if (isObject(item)) {
    if (isObject(item.tactic) && typeof item.tactic.id === "string") return item.tactic.id;
    // Techniques and subtechniques; a filter or an action with an id is more than that.
    if (typeof item.id === "string" && typeof item.reference === "string") return item.id;
  }
  return valueText(item);
}
