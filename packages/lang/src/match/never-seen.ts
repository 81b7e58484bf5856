import type { FieldPredicate } from "../ir/index.ts";
import type { FieldPath } from "../values/index.ts";
import { literalText } from "../values/index.ts";
import type { PredicateTable, Tree } from "./predicate-table.ts";
import { requiredFields } from "./required-fields.ts";

/** Something that a condition needs and that no event had. */
export interface NeverSeen {
  /** `field`: no event had the field. `category`, `source`: no event had one of the values in it. */
  readonly what: "field" | "category" | "source";
  readonly field: FieldPath;
  readonly values?: readonly string[];
}

/** What the events so far have shown. */
export interface Sightings {
  readonly wasFieldSeen: (path: FieldPath) => boolean;
  /** Only for leaves over one field. */
  readonly wasLeafTrue: (id: number) => boolean;
}

/** Sightings of a whole set of conditions, 1 for seen. Plain data, for other sets of the same conditions. */
export interface ConditionSightings {
  /** By number: leaves over one field that were true. */
  readonly leaves: Uint8Array;
  /** By place: fields of which an event had a value. */
  readonly fields: Uint8Array;
}

/** Fields that say what kind of data an event is. That they lack a value is a fact about the sources, not about behaviour. */
const discriminators: ReadonlyMap<FieldPath, "category" | "source"> = new Map([
  ["event.category", "category"],
  ["event.dataset", "source"],
  ["event.module", "source"],
  ["event.provider", "source"],
  ["event.kind", "source"],
  ["data_stream.dataset", "source"],
  ["host.os.type", "source"],
  ["agent.type", "source"],
]);

/**
 * Why the condition could not be true on any of the events: the shortest list that is reason enough.
 * Empty when it could have been.
 */
export function findNeverSeen(
  tree: Tree,
  table: PredicateTable,
  sightings: Sightings,
): readonly NeverSeen[] {
  return reasonsOf(tree, table, sightings) ?? [];
}

/** `undefined`: it could be true. An empty list: it can't, on no data. */
function reasonsOf(
  tree: Tree,
  table: PredicateTable,
  sightings: Sightings,
): readonly NeverSeen[] | undefined {
  switch (tree.kind) {
    case "constant":
      return tree.value ? undefined : [];
    case "leaf":
      return leafReasons(tree.id, table, sightings);
    case "not":
      return undefined;
    case "all":
      return tree.of.map((part) => reasonsOf(part, table, sightings)).reduce(shorter, undefined);
    case "any": {
      const reasons = tree.of.map((part) => reasonsOf(part, table, sightings));
      return reasons.every((each) => each !== undefined) ? merge(reasons.flat()) : undefined;
    }
    default:
      return tree satisfies never;
  }
}

function leafReasons(
  id: number,
  table: PredicateTable,
  { wasFieldSeen, wasLeafTrue }: Sightings,
): readonly NeverSeen[] | undefined {
  const leaf = table.leafOf(id);
  if (leaf.kind === "expression") {
    const [unseen] = [...requiredFields(leaf.of)].filter((path) => !wasFieldSeen(path));
    return unseen === undefined ? undefined : [{ what: "field", field: unseen }];
  }
  // What follows from a nested leaf stands before it; a leaf that looks anywhere needs no field.
  if (leaf.kind === "nested" || leaf.kind === "anywhere") return undefined;
  const { path } = leaf.field;
  const what = discriminators.get(path);
  const values = valuesOf(leaf);
  if (what !== undefined && values !== undefined) {
    return wasLeafTrue(id) ? undefined : [{ what, field: path, values }];
  }
  return wasFieldSeen(path) ? undefined : [{ what: "field", field: path }];
}

function valuesOf(leaf: FieldPredicate): readonly string[] | undefined {
  switch (leaf.kind) {
    case "equals":
      return leaf.values.map(literalText);
    case "wildcard":
      return leaf.patterns;
    default:
      return undefined;
  }
}

function shorter(
  best: readonly NeverSeen[] | undefined,
  next: readonly NeverSeen[] | undefined,
): readonly NeverSeen[] | undefined {
  if (best === undefined || next === undefined) return best ?? next;
  return next.length < best.length ? next : best;
}

/** One reason for each field. */
function merge(reasons: readonly NeverSeen[]): readonly NeverSeen[] {
  const merged = new Map<string, NeverSeen>();
  for (const reason of reasons) {
    const key = `${reason.what} ${reason.field}`;
    const known = merged.get(key);
    if (known?.values === undefined || reason.values === undefined) {
      merged.set(key, known ?? reason);
    } else {
      merged.set(key, { ...known, values: [...new Set([...known.values, ...reason.values])] });
    }
  }
  return [...merged.values()];
}
