import type { ComputedPredicate, ExpressionPredicate, FieldPredicate } from "../ir/index.ts";
import { type Access, chooseAccess } from "./access.ts";
import type { Part } from "./parts.ts";
import type { PredicateTable } from "./predicate-table.ts";
import { type LeafOrder, lowerTree, moveProgram } from "./program.ts";
import { requiredFields } from "./required-fields.ts";

/** When each part is looked at, and how. It decides the order of work, never a result. */
export interface LookPlan {
  /** By part: leaves of which one is true whenever the part is. */
  readonly accesses: readonly (Access | undefined)[];
  /** The parts that are looked at on every event: those without such leaves. */
  readonly always: readonly number[];
  /** The parts to look at when a leaf is true: those of leaf `n` stand in `nominees` from `postings[n]` to `postings[n + 1]`. */
  readonly postings: Int32Array;
  readonly nominees: Int32Array;
  /** Whether a leaf has any of them: asked for every leaf that is true. */
  readonly isEntry: Uint8Array;
  /** Leaves over one field that are not looked up by value, but tested when a program comes to them. */
  readonly deferred: readonly number[];
  /** Branch programs, and where each part's begins. */
  readonly code: Int32Array;
  readonly entries: Int32Array;
}

/**
 * Plans the looks by how often each leaf is true. The ways into a condition may be leaves that no condition asks
 * for; the table gets them.
 */
export function planLooks(
  parts: readonly Part[],
  table: PredicateTable,
  likelihood: (id: number) => number,
): LookPlan {
  for (const { of } of table.computed.filter(isExpression)) {
    for (const path of requiredFields(of)) table.addExists(path);
  }
  for (const { kind, field } of [...table.fieldLeaves]) {
    if (costlyKinds.has(kind)) table.addExists(field.path);
  }
  const accesses = parts.map(({ tree }) =>
    chooseAccess(tree, (id) => accessOfLeaf(id, table, likelihood, false)),
  );
  const deferred = chooseDeferred(table, accesses);
  const order = orderBy(likelihood, table, deferred);
  const code: number[] = [];
  const entries = Int32Array.from(parts, ({ tree }) => lowerTree(tree, order, code));
  return makePlan(accesses, table, deferred, Int32Array.from(code), entries);
}

/** The plan with other looks for some of the parts. What was put off stays so. */
export function reviewLooks(
  plan: LookPlan,
  parts: readonly Part[],
  table: PredicateTable,
  likelihood: (id: number) => number,
  isBusy: (part: number) => boolean,
): LookPlan {
  const { deferred } = plan;
  const putOff = new Set(deferred);
  const order = orderBy(likelihood, table, deferred);
  const accesses = [...plan.accesses];
  const entries = plan.entries.slice();
  const added: number[] = [];
  parts.forEach(({ tree }, part) => {
    if (!isBusy(part)) return;
    accesses[part] = chooseAccess(tree, (id) =>
      accessOfLeaf(id, table, likelihood, putOff.has(id)),
    );
    const entry = lowerTree(tree, order, added);
    entries[part] = entry < 0 ? entry : plan.code.length + entry;
  });
  const code = new Int32Array(plan.code.length + added.length);
  code.set(plan.code);
  code.set(moveProgram(added, plan.code.length), plan.code.length);
  return makePlan(accesses, table, deferred, code, entries);
}

function orderBy(
  likelihoodOf: (id: number) => number,
  table: PredicateTable,
  deferred: readonly number[],
): LeafOrder {
  const places = new Map(deferred.map((id, place) => [id, place]));
  return {
    likelihoodOf,
    isLazy: (id) => id < 0 || places.has(id),
    codeOf: (id) => {
      const place = places.get(id);
      return place === undefined ? id : -table.computed.length - place - 1;
    },
  };
}

function makePlan(
  accesses: readonly (Access | undefined)[],
  table: PredicateTable,
  deferred: readonly number[],
  code: Int32Array,
  entries: Int32Array,
): LookPlan {
  const always = accesses.flatMap((access, part) => (access === undefined ? [part] : []));
  const postings = postingsOf(accesses, table.fieldLeaves.length);
  return { accesses, always, deferred, ...postings, code, entries };
}

/** Leaves that are no way into any condition, and take work for every new value. */
function chooseDeferred(
  table: PredicateTable,
  accesses: readonly (Access | undefined)[],
): readonly number[] {
  const entered = new Set(accesses.flatMap((access) => access?.ids ?? []));
  return table.fieldLeaves.flatMap((leaf, id) =>
    costlyKinds.has(leaf.kind) && !entered.has(id) ? [id] : [],
  );
}

const costlyKinds: ReadonlySet<FieldPredicate["kind"]> = new Set(["regex", "range", "cidr"]);

function isExpression(leaf: ComputedPredicate): leaf is ExpressionPredicate {
  return leaf.kind === "expression";
}

/** What it costs to test every new value, in looks on every event. */
const costOfTest = 1;

/**
 * A field leaf is its own way in; an expression that needs a field is entered where the field is there, as is a
 * leaf that is put off. Nested leaves have the way in of what follows from them.
 */
function accessOfLeaf(
  id: number,
  table: PredicateTable,
  likelihood: (id: number) => number,
  isPutOff: boolean,
): readonly Access[] {
  const leaf = table.leafOf(id);
  if (leaf.kind === "nested" || leaf.kind === "anywhere") return [];
  if (leaf.kind !== "expression" && !isPutOff) {
    const cost = likelihood(id) + (costlyKinds.has(leaf.kind) ? costOfTest : 0);
    return [{ ids: [id], cost }];
  }
  const paths = leaf.kind === "expression" ? requiredFields(leaf.of) : [leaf.field.path];
  return [...paths].flatMap((path) => {
    const exists = table.existsOf(path);
    return exists === undefined ? [] : [{ ids: [exists], cost: likelihood(exists) }];
  });
}

function postingsOf(
  accesses: readonly (Access | undefined)[],
  leaves: number,
): Pick<LookPlan, "postings" | "nominees" | "isEntry"> {
  const postings = new Int32Array(leaves + 1);
  for (const access of accesses) {
    for (const id of access?.ids ?? []) postings[id + 1] = (postings[id + 1] ?? 0) + 1;
  }
  const isEntry = new Uint8Array(leaves);
  for (let id = 0; id < leaves; id += 1) {
    isEntry[id] = postings[id + 1] === 0 ? 0 : 1;
    postings[id + 1] = (postings[id + 1] ?? 0) + (postings[id] ?? 0);
  }
  const nominees = new Int32Array(postings[leaves] ?? 0);
  const free = postings.slice();
  accesses.forEach((access, part) => {
    for (const id of access?.ids ?? []) {
      const at = free[id] ?? 0;
      nominees[at] = part;
      free[id] = at + 1;
    }
  });
  return { postings, nominees, isEntry };
}
