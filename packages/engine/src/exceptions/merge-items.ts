import { fieldsOf, type Predicate, printPredicate, simplify } from "@harrier/lang/ir";

/** An item as the conditions that must all hold. */
export type Conjunction = readonly Predicate[];

/** Conditions with a name each, equal for equal ones. */
interface NamedItem {
  readonly conditions: ReadonlyMap<string, Predicate>;
  /** For each condition that has values: the names of all the others, and what it asks of which field. */
  readonly openForms: readonly string[];
}

/**
 * Some item holds. Items that are alike but for the values of one condition become one that looks for all
 * those values, so that the thousands of items that a list collects over the years cost what one costs.
 */
export function joinItems(items: readonly Conjunction[]): Predicate {
  const named = items.map(nameConditions);
  const counts = new Map<string, number>();
  for (const form of named.flatMap(({ openForms }) => openForms)) {
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  const groups = new Map<string, NamedItem[]>();
  for (const item of named) {
    const key = largestGroup(item, counts) ?? `alone ${[...item.conditions.keys()].join(" ")}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return simplify({ kind: "any", of: [...groups.values()].map(joinGroup) });
}

/** What an item says twice counts once: it would look like a value that is left open. */
function nameConditions(item: Conjunction): NamedItem {
  const conditions = new Map(item.map((condition) => [nameOf(condition), condition]));
  const names = [...conditions.keys()];
  const openForms = [...conditions].flatMap(([name, condition]) => {
    const open = openForm(condition);
    if (open === undefined) return [];
    const others = names.filter((each) => each !== name).sort();
    return [[open, ...others].join(" ")];
  });
  return { conditions, openForms };
}

/** The type of a field no schema names depends on who asks: a list of addresses knows better than a text. */
function nameOf(condition: Predicate): string {
  const types = fieldsOf(condition).map(({ type }) => type);
  return `${printPredicate(condition)} ${types.join(" ")}`;
}

/** A condition without its values. */
function openForm(condition: Predicate): string | undefined {
  switch (condition.kind) {
    case "equals":
    case "wildcard":
      return JSON.stringify([condition.kind, condition.field, condition.fold]);
    case "cidr":
      return JSON.stringify([condition.kind, condition.field]);
    default:
      return undefined;
  }
}

/** The form of the item that most others share; `undefined` where none does. */
function largestGroup(
  { openForms }: NamedItem,
  counts: ReadonlyMap<string, number>,
): string | undefined {
  let best: string | undefined;
  let most = 1;
  for (const form of openForms) {
    const count = counts.get(form) ?? 0;
    if (count <= most) continue;
    best = form;
    most = count;
  }
  return best;
}

/** The items of a group share all conditions but one, whose values are united. */
function joinGroup([first, ...others]: readonly NamedItem[]): Predicate {
  if (first === undefined) return { kind: "constant", value: false };
  const isShared = (name: string) => others.every(({ conditions }) => conditions.has(name));
  const shared = new Map([...first.conditions].filter(([name]) => isShared(name)));
  const open = [first, ...others].flatMap(({ conditions }) =>
    [...conditions].filter(([name]) => !shared.has(name)).map(([, condition]) => condition),
  );
  const common = [...shared.values()];
  // Without an open condition the items are the same.
  return { kind: "all", of: open.length === 0 ? common : [...common, { kind: "any", of: open }] };
}
