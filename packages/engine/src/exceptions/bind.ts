import type { Rule } from "../rules/index.ts";
import type { ExceptionItem, ExceptionSet, Namespace } from "./exception.ts";

/** A list as rules name it. */
type ListReference = Rule["exceptionsList"][number];

/** The list that Elastic Defend shares with rules about its alerts. */
export const endpointListId = "endpoint_list";

export interface RuleExceptions {
  /** In the order of the set. */
  readonly items: readonly ExceptionItem[];
  /** Lists that the rule names and nobody has. */
  readonly missing: readonly ListReference[];
}

export interface BindOptions {
  /** Whether the list of Elastic Defend counts for rules as well. Default: yes. */
  readonly endpoint?: boolean;
}

/** Tells which items are a rule's: those of the lists that it names, and those that name it. */
export function bindExceptions(
  set: ExceptionSet,
  { endpoint = true }: BindOptions = {},
): (rule: Rule) => RuleExceptions {
  const order = new Map(set.items.map((item, index) => [item, index]));
  const listsById = groupBy(set.lists, ({ listId }) => [listId]);
  const namespacesOf = ({ listId = "", namespace }: ExceptionItem): readonly Namespace[] => {
    if (namespace !== undefined) return [namespace];
    const lists = listsById.get(listId);
    return lists === undefined ? ["single", "agnostic"] : lists.map((list) => list.namespace);
  };
  const itemsByList = groupBy(set.items, (item) =>
    item.listId === undefined
      ? []
      : namespacesOf(item).map((namespace) => keyOf({ listId: item.listId ?? "", namespace })),
  );
  const itemsByRule = groupBy(set.items, ({ ruleIds }) => ruleIds);
  const listsByRule = groupBy(set.lists, ({ ruleIds }) => ruleIds);
  const knownLists = new Set([...set.lists.map(keyOf), ...itemsByList.keys()]);

  return (rule) => {
    const named = rule.exceptionsList.filter(({ listId }) => endpoint || listId !== endpointListId);
    const references = [...named, ...(listsByRule.get(rule.ruleId) ?? [])];
    const items = new Set([
      ...references.flatMap((reference) => itemsByList.get(keyOf(reference)) ?? []),
      ...(itemsByRule.get(rule.ruleId) ?? []),
    ]);
    return {
      items: [...items].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)),
      missing: named.filter((reference) => !knownLists.has(keyOf(reference))),
    };
  };
}

function keyOf({ listId, namespace }: ListReference): string {
  return `${namespace} ${listId}`;
}

function groupBy<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
