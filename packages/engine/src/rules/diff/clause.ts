/** A condition of a query as its author would name it, in any language. `text` is the whole of it. */
export type Clause =
  | { readonly kind: "all" | "any"; readonly of: readonly Clause[]; readonly text: string }
  | { readonly kind: "not"; readonly of: Clause; readonly text: string }
  /** A field against a list: `process.name :` and the values. */
  | {
      readonly kind: "values";
      readonly head: string;
      readonly values: readonly string[];
      readonly text: string;
    }
  | { readonly kind: "leaf"; readonly text: string };

/** Clauses that hold for one event, or what a query says besides. */
export interface QueryPart {
  /** `step 1`, `until`; empty where there is only one event. */
  readonly name: string;
  readonly clauses: readonly Clause[];
}

/** Clauses, alternatives or values that came or went at one place of a query. */
export interface ClauseChange {
  /** The way there, from the outside: `step 2`, `not`, `process.name :`. */
  readonly within: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What changed from some clauses to others, of which all must hold. */
export function diffClauses(
  before: readonly Clause[],
  after: readonly Clause[],
  within: readonly string[] = [],
): readonly ClauseChange[] {
  const removed = withoutThose(before, after);
  const added = withoutThose(after, before);
  const changes: ClauseChange[] = [];
  const kept: Clause[] = [];
  for (const clause of removed) {
    const index = added.findIndex((other) => isVariant(clause, other));
    const [partner] = index < 0 ? [] : added.splice(index, 1);
    if (partner === undefined) kept.push(clause);
    else changes.push(...diffInside(clause, partner, within));
  }
  if (kept.length === 0 && added.length === 0) return changes;
  return [{ within, added: added.map(textOf), removed: kept.map(textOf) }, ...changes];
}

function diffInside(
  before: Clause,
  after: Clause,
  within: readonly string[],
): readonly ClauseChange[] {
  if (before.kind === "values" && after.kind === "values") {
    const removed = before.values.filter((value) => !after.values.includes(value));
    const added = after.values.filter((value) => !before.values.includes(value));
    return [{ within: [...within, before.head], added, removed }];
  }
  if (before.kind === "not" && after.kind === "not") {
    return diffClauses(partsOf(before.of), partsOf(after.of), [...within, "not"]);
  }
  return diffClauses(partsOf(before), partsOf(after), [...within, "any of"]);
}

function partsOf(clause: Clause): readonly Clause[] {
  return clause.kind === "all" || clause.kind === "any" ? clause.of : [clause];
}

/** Whether two clauses are one that was changed inside: the same field and operator, or groups that share a part. */
function isVariant(before: Clause, after: Clause): boolean {
  if (before.kind === "values") return after.kind === "values" && before.head === after.head;
  if (before.kind === "not") {
    return (
      after.kind === "not" && before.of.kind === after.of.kind && isVariant(before.of, after.of)
    );
  }
  if (before.kind === "leaf" || before.kind !== after.kind) return false;
  const texts = new Set(before.of.map(textOf));
  return partsOf(after).some(
    (part) => texts.has(part.text) || before.of.some((own) => isVariant(own, part)),
  );
}

function withoutThose(clauses: readonly Clause[], others: readonly Clause[]): Clause[] {
  const texts = new Set(others.map(textOf));
  return clauses.filter(({ text }) => !texts.has(text));
}

function textOf({ text }: Clause): string {
  return text;
}
