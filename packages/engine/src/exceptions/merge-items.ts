import { type Predicate, printPredicate, simplify } from "@harrier/lang/ir";

/** An item as the conditions that must all hold. */
export type Conjunction = readonly Predicate[];

/**
 * Some item holds. Items that are alike but for the values of one leaf become one that looks for all those
 * values, so that the thousands of items that a list collects over the years cost what one costs.
 */
export function joinItems(conjunctions: readonly Conjunction[]): Predicate {
  const items = conjunctions.map(removeRepeats);
  const places = countPlaces(items);
  const groups = new Map<string, Conjunction[]>();
  for (const item of items) {
    const key = largestGroup(item, places);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  const of = [...groups.values()].map(joinGroup);
  return simplify({ kind: "any", of });
}

/** What an item says twice would look like a value that it leaves open. */
function removeRepeats(item: Conjunction): Conjunction {
  const keys = keysOf(item);
  return item.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

/** For each way to leave the values of one leaf open: how many items are alike then. */
function countPlaces(items: readonly Conjunction[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    for (const key of openKeys(item)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

function largestGroup(item: Conjunction, counts: ReadonlyMap<string, number>): string {
  let best = "";
  let most = 1;
  for (const key of openKeys(item)) {
    const count = counts.get(key) ?? 0;
    if (count > most) {
      best = key;
      most = count;
    }
  }
  return best === "" ? `alone ${keysOf(item).join(" ")}` : best;
}

/** One key for each leaf with values: all conditions but that one, and what it asks of which field. */
function openKeys(item: Conjunction): readonly string[] {
  const keys = keysOf(item);
  return item.flatMap((part, index) => {
    const open = openKey(part);
    if (open === undefined) return [];
    const others = keys.filter((_, place) => place !== index).sort();
    return [[open, ...others].join(" ")];
  });
}

const printed = new WeakMap<Predicate, string>();

function keysOf(item: Conjunction): string[] {
  return item.map((part) => {
    const known = printed.get(part);
    if (known !== undefined) return known;
    const key = `${printPredicate(part)}`;
    printed.set(part, key);
    return key;
  });
}

function openKey(part: Predicate): string | undefined {
  switch (part.kind) {
    case "equals":
    case "wildcard":
      return JSON.stringify([part.kind, part.field.path, part.field.type, part.fold]);
    case "cidr":
      return JSON.stringify([part.kind, part.field.path]);
    default:
      return undefined;
  }
}

/** The items of a group share all conditions but one, whose values are united. */
function joinGroup(group: readonly Conjunction[]): Predicate {
  const [first] = group;
  if (first === undefined || group.length === 1) return { kind: "all", of: first ?? [] };
  const shared = new Set(keysOf(first));
  for (const item of group) {
    const keys = new Set(keysOf(item));
    for (const key of shared) if (!keys.has(key)) shared.delete(key);
  }
  const common = first.filter((_, index) => shared.has(keysOf(first)[index] ?? ""));
  const open = group.flatMap((item) => {
    const keys = keysOf(item);
    return item.filter((_, index) => !shared.has(keys[index] ?? ""));
  });
  // Without an open leaf the items are the same.
  return { kind: "all", of: open.length === 0 ? common : [...common, { kind: "any", of: open }] };
}
