import type { Schema } from "../ecs/index.ts";
import { allOf, type Pipe, type Plan, type Predicate, type Step } from "../ir/index.ts";
import type { DurationUnit, EventFilter, FieldNode, Maxspan, Statement, Term } from "./ast.ts";
import { lowerCondition } from "./lower-condition.ts";
import { type Lowering, lowerField } from "./operands.ts";
import { defaultCategoryField, type LowerOptions } from "./options.ts";
import { fieldTypeOf } from "./types.ts";

interface StatementLowering extends Lowering {
  readonly categoryField: string;
}

/** What the query asks. The statement must have passed `checkEql` without errors, with the same schema and options. */
export function lowerEql(
  { query, pipes }: Statement,
  schema: Schema,
  options: LowerOptions = {},
): Plan {
  const lowering: StatementLowering = {
    schema,
    folding: options.folding ?? "unicode",
    now: options.now,
    categoryField: options.categoryField ?? defaultCategoryField,
  };
  const list: readonly Pipe[] = pipes.map(({ name, count }) => ({ kind: name, count }));
  if (query.kind === "event") {
    return { kind: "event", condition: lowerFilter(query.filter, lowering), pipes: list };
  }
  const steps = query.terms.flatMap((term) =>
    repeatStep(term, lowerTerm(term, query.by, lowering)),
  );
  if (query.kind === "sample") return { kind: "sample", steps, pipes: list };
  const { maxspan, until } = query;
  return {
    kind: "sequence",
    steps,
    ...(until && { until: lowerTerm(until, query.by, lowering) }),
    ...(maxspan && { maxspanMs: millisOf(maxspan) }),
    pipes: list,
  };
}

function lowerFilter({ category, condition }: EventFilter, lowering: StatementLowering): Predicate {
  const lowered = lowerCondition(condition, lowering);
  if (category.name === null) return lowered;
  const path = lowering.categoryField;
  const field = { path, type: fieldTypeOf(path, lowering.schema) };
  return allOf([{ kind: "equals", field, values: [category.name], fold: false }, lowered]);
}

function lowerTerm(term: Term, shared: readonly FieldNode[], lowering: StatementLowering): Step {
  const keys = [...shared, ...term.by].map((key) => ({
    field: lowerField(key, lowering),
    optional: key.optional,
  }));
  return { condition: lowerFilter(term.filter, lowering), keys, missing: term.missing };
}

function repeatStep({ runs }: Term, step: Step): readonly Step[] {
  return Array.from({ length: runs }, () => step);
}

const millisPer: Readonly<Record<DurationUnit, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function millisOf({ amount, unit }: Maxspan): number {
  return amount * millisPer[unit];
}
