import { type Predicate, simplify } from "../ir/index.ts";
import type { FieldPath } from "../values/index.ts";
import { type Access, chooseAccess } from "./access.ts";
import type { NumberedLeaf } from "./analyse.ts";
import { compilePredicate } from "./compile.ts";
import {
  deepestLevel,
  type EventDocument,
  type FieldValue,
  isFieldValue,
  isObject,
} from "./document.ts";
import { FieldTable } from "./field-table.ts";
import { FieldTrie } from "./field-trie.ts";
import { likelihoodOf } from "./likelihood.ts";
import { type LineMatcher, type LineOptions, openLines } from "./lines/line-matcher.ts";
import { findNeverSeen, type NeverSeen } from "./never-seen.ts";
import { foldingOf, type MatchOptions } from "./options.ts";
import { PredicateTable, type Tree, treeKey } from "./predicate-table.ts";
import { lowerTree, yes } from "./program.ts";
import { addConsequences } from "./relax.ts";
import { requiredFields } from "./required-fields.ts";
import type { MatchStatistics } from "./statistics.ts";

/** A condition that one or more of those given share. */
interface SharedCondition {
  readonly tree: Tree;
  /** The places it was given at, ascending. */
  readonly members: number[];
}

/** What is looked at by itself: a condition, or one of the many alternatives of one. */
interface Part {
  readonly tree: Tree;
  /** The place of its condition. */
  readonly condition: number;
}

/**
 * An `any` of more alternatives than these is taken apart. Its program would ask for one after another; the
 * thousands of exceptions of a rule are met one by one, each by its own values.
 */
const mostTogether = 16;

/**
 * Thousands of conditions against one event after another, at about the cost of parsing the event.
 *
 * Leaves are shared between conditions and looked up by value: a field's table knows, for each value
 * it has seen, the leaves that the value makes true. They are stamped with the event's number; what
 * is not stamped is false, so absent fields cost nothing and arrays need no care. A condition is looked
 * at only when a leaf that it cannot do without was stamped; then its branch program reads the
 * stamps. The alternatives of a long `any` are looked at each by itself. Expressions, nested
 * objects and searches anywhere are worked out when a program first asks.
 *
 * `evaluatePredicate` says what the answer must be.
 */
export class ConditionSet {
  readonly #table: PredicateTable = new PredicateTable();
  readonly #conditions: readonly SharedCondition[];
  readonly #conditionAt: readonly number[];
  readonly #fields: ReadonlyMap<FieldPath, FieldTable>;
  readonly #trie: FieldTrie<FieldTable> = new FieldTrie();
  readonly #parts: readonly Part[];
  readonly #code: Int32Array;
  /** By part. */
  readonly #entries: Int32Array;
  /** For each leaf over a field, the parts to look at when it is true. */
  readonly #postings: readonly (readonly number[])[];
  readonly #always: readonly number[];
  /** The leaves that a program has worked out when it comes to them. */
  readonly #lazy: readonly ((document: EventDocument) => boolean)[];
  /** The number of the event: a double, which no stream is long enough to exhaust. */
  #epoch = 0;
  /** The last event on which the leaf was true; 0 for never. */
  readonly #trueAt: Float64Array;
  readonly #computedAt: Float64Array;
  readonly #computed: Uint8Array;
  /** The last event for which the part is to be looked at. */
  readonly #candidateAt: Float64Array;
  readonly #candidates: Int32Array;
  #candidateCount = 0;
  /** The last event that met the condition. */
  readonly #metAt: Float64Array;
  #looks = 0;

  /** Throws `RegexSyntaxError` for a pattern that the checks would have refused. */
  constructor(conditions: readonly Predicate[], options?: MatchOptions) {
    const folding = foldingOf(options);
    const table = this.#table;
    const shared = shareConditions(conditions, table);
    this.#conditions = shared.conditions;
    this.#conditionAt = shared.conditionAt;

    this.#parts = this.#conditions.flatMap(({ tree }, condition) => takeApart(tree, condition));

    const accesses = this.#parts.map(({ tree }) =>
      chooseAccess(tree, (id) => accessOfLeaf(id, table)),
    );
    this.#always = accesses.flatMap((access, index) => (access === undefined ? [index] : []));
    this.#postings = postingsOf(accesses, table.fieldLeaves.length);

    const code: number[] = [];
    const likelihood = (id: number): number => likelihoodOf(table.leafOf(id));
    this.#entries = Int32Array.from(this.#parts, ({ tree }) => lowerTree(tree, likelihood, code));
    this.#code = Int32Array.from(code);

    this.#fields = new Map(
      [...groupByField(table)].map(([path, leaves]) => [path, new FieldTable(leaves, folding)]),
    );
    for (const [path, field] of this.#fields) this.#trie.add(path, field);
    this.#lazy = table.computed.map((leaf) => compilePredicate(leaf, options));

    this.#trueAt = new Float64Array(table.fieldLeaves.length);
    this.#computedAt = new Float64Array(table.computed.length);
    this.#computed = new Uint8Array(table.computed.length);
    this.#candidateAt = new Float64Array(this.#parts.length);
    this.#candidates = new Int32Array(this.#parts.length);
    this.#metAt = new Float64Array(this.#conditions.length);
  }

  /** How many programs have run for all events so far: what an event costs besides the walk over its values. */
  get looks(): number {
    return this.#looks;
  }

  /** The places of the conditions that the event meets, ascending. */
  match(document: EventDocument): readonly number[] {
    this.#epoch += 1;
    this.#candidateCount = 0;
    this.#visit(document, this.#trie, 0);
    for (const part of this.#always) this.#nominate(part);
    const hits: number[] = [];
    for (let index = 0; index < this.#candidateCount; index += 1) {
      const part = this.#candidates[index] ?? 0;
      const condition = this.#parts[part]?.condition ?? 0;
      if (this.#metAt[condition] === this.#epoch) continue;
      this.#looks += 1;
      if (!this.#run(this.#entries[part] ?? 0, document)) continue;
      this.#metAt[condition] = this.#epoch;
      for (const member of this.#conditions[condition]?.members ?? none) hits.push(member);
    }
    return hits.length > 1 ? hits.sort((left, right) => left - right) : hits;
  }

  /** The same for events that come as lines of JSON, from their bytes. */
  openLines(options?: LineOptions): LineMatcher {
    return openLines((document) => this.match(document), options);
  }

  /**
   * The conditions that ask for nothing that has to be there, by place, ascending: no event can be told to miss them, so
   * their programs run on every event.
   */
  get alwaysEvaluated(): readonly number[] {
    const conditions = new Set(this.#always.map((part) => this.#parts[part]?.condition));
    return this.#conditionAt.flatMap((shared, place) => (conditions.has(shared) ? [place] : []));
  }

  /** What the events so far have cost. */
  statistics(): MatchStatistics {
    return {
      events: this.#epoch,
      values: 0,
      newValues: 0,
      candidates: 0,
      steps: 0,
      computed: 0,
      met: 0,
      conditions: this.#conditionAt.map(() => ({ nominated: 0, run: 0, met: 0 })),
      leaves: this.#table.fieldLeaves.map((leaf) => ({ leaf, wasTrue: 0 })),
      cache: { values: 0, bytes: 0, drops: 0 },
      automata: { states: 0, bytes: 0 },
    };
  }

  /** Why the condition could not be true on any event so far; empty when it could. */
  neverSeen(condition: number): readonly NeverSeen[] {
    const shared = this.#conditions[this.#conditionAt[condition] ?? -1];
    if (shared === undefined) throw new RangeError(`there is no condition ${condition}`);
    return findNeverSeen(shared.tree, this.#table, {
      // A field without a table was not looked for.
      wasFieldSeen: (path) => this.#fields.get(path)?.lastSeen !== 0,
      wasLeafTrue: (id) => this.#trueAt[id] !== 0,
    });
  }

  #visit(value: unknown, node: FieldTrie<FieldTable>, level: number): void {
    if (isFieldValue(value)) {
      if (node.table !== undefined) this.#mark(node.table, value);
      return;
    }
    if (level === deepestLevel) return;
    if (Array.isArray(value)) {
      for (const item of value) this.#visit(item, node, level + 1);
      return;
    }
    if (!isObject(value) || !node.hasChildren) return;
    // Keys alone: pairs would cost more than all the rest of the walk.
    for (const key of Object.keys(value)) {
      const next = node.below(key);
      if (next !== undefined) this.#visit(value[key], next, level + 1);
    }
  }

  #mark(field: FieldTable, value: FieldValue): void {
    if (field.lastSeen !== this.#epoch) {
      field.lastSeen = this.#epoch;
      this.#stamp(field.exists);
    }
    this.#stamp(field.lookup(value));
  }

  #stamp(ids: readonly number[]): void {
    const epoch = this.#epoch;
    const trueAt = this.#trueAt;
    for (const id of ids) {
      if (trueAt[id] === epoch) continue;
      trueAt[id] = epoch;
      for (const part of this.#postings[id] ?? none) this.#nominate(part);
    }
  }

  #nominate(part: number): void {
    if (this.#candidateAt[part] === this.#epoch) return;
    this.#candidateAt[part] = this.#epoch;
    this.#candidates[this.#candidateCount] = part;
    this.#candidateCount += 1;
  }

  #run(entry: number, document: EventDocument): boolean {
    const code = this.#code;
    let at = entry;
    while (at >= 0) {
      const id = code[at] ?? 0;
      const isTrue = id < 0 ? this.#compute(-id - 1, document) : this.#trueAt[id] === this.#epoch;
      at = code[isTrue ? at + 1 : at + 2] ?? 0;
    }
    return at === yes;
  }

  #compute(index: number, document: EventDocument): boolean {
    if (this.#computedAt[index] !== this.#epoch) {
      this.#computedAt[index] = this.#epoch;
      this.#computed[index] = this.#lazy[index]?.(document) ? 1 : 0;
    }
    return this.#computed[index] === 1;
  }
}

const none: readonly number[] = [];

function shareConditions(
  conditions: readonly Predicate[],
  table: PredicateTable,
): { readonly conditions: readonly SharedCondition[]; readonly conditionAt: readonly number[] } {
  const shared: SharedCondition[] = [];
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

function takeApart(tree: Tree, condition: number): readonly Part[] {
  const isLong = tree.kind === "any" && tree.of.length > mostTogether;
  return isLong ? tree.of.map((part) => ({ tree: part, condition })) : [{ tree, condition }];
}

/**
 * A field leaf is its own way in; an expression that needs a field is entered where the field is there. Nested
 * leaves have the way in of what follows from them.
 */
function accessOfLeaf(id: number, table: PredicateTable): readonly Access[] {
  const leaf = table.leafOf(id);
  if (leaf.kind === "nested" || leaf.kind === "anywhere") return [];
  if (leaf.kind !== "expression") return [{ ids: [id], cost: likelihoodOf(leaf) }];
  return [...requiredFields(leaf.of)].map((path) => {
    const exists = { kind: "exists", field: { path, type: "unknown" } } as const;
    return { ids: [table.idOf(exists)], cost: likelihoodOf(exists) };
  });
}

function postingsOf(
  accesses: readonly (Access | undefined)[],
  leaves: number,
): readonly (readonly number[])[] {
  const postings: number[][] = Array.from({ length: leaves }, () => []);
  accesses.forEach((access, part) => {
    for (const id of access?.ids ?? none) postings[id]?.push(part);
  });
  return postings;
}

function groupByField(table: PredicateTable): Map<FieldPath, NumberedLeaf[]> {
  const groups = new Map<FieldPath, NumberedLeaf[]>();
  table.fieldLeaves.forEach((leaf, id) => {
    const group = groups.get(leaf.field.path);
    if (group === undefined) groups.set(leaf.field.path, [{ id, leaf }]);
    else group.push({ id, leaf });
  });
  return groups;
}
