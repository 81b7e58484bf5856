import { allOf, anyOf, complement, type Predicate } from "@harrier/lang/ir";
import type { Diagnostic, Span } from "@harrier/lang/text";
import type { RawObject, ValuePath } from "../../rules/index.ts";
import { compileClause } from "./clause.ts";
import type { FilterContext } from "./context.ts";
import { isObject, quote, rejectValue } from "./shape.ts";

export interface CompiledFilters {
  /** All filters hold; true where there are none. `undefined` if one of them can't be a condition. */
  readonly predicate: Predicate | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FilterOptions extends Omit<FilterContext, "report" | "compile" | "nestedPath"> {
  /** Where the list of filters is among the rule's parameters. */
  readonly path: ValuePath;
  readonly spanOf: (path: ValuePath) => Span;
}

/** Kibana filter objects as one condition (detection-semantics 1.3). A filter that is not understood is an error. */
export function compileFilters(
  filters: readonly unknown[],
  { path, spanOf, ...options }: FilterOptions,
): CompiledFilters {
  const diagnostics: Diagnostic[] = [];
  const report: FilterContext["report"] = (place, code, message, more = {}) => {
    const { severity = "error", hint } = more;
    const span = spanOf(place);
    diagnostics.push({ severity, code, message, span, ...(hint === undefined ? {} : { hint }) });
  };
  const predicate = compileAll(filters, path, { ...options, report, compile: compileClause });
  const isSound = diagnostics.every(({ severity }) => severity !== "error");
  return { predicate: isSound ? predicate : undefined, diagnostics };
}

function compileAll(
  filters: readonly unknown[],
  path: ValuePath,
  context: FilterContext,
): Predicate | undefined {
  const compiled = compileEach(filters, path, context);
  return compiled && allOf(compiled);
}

/** The enabled filters, each as a condition. */
function compileEach(
  filters: readonly unknown[],
  path: ValuePath,
  context: FilterContext,
): readonly Predicate[] | undefined {
  const compiled = filters.flatMap((filter, index) =>
    isDisabled(filter) ? [] : [compileFilter(filter, [...path, index], context)],
  );
  const sound = compiled.filter((predicate) => predicate !== undefined);
  return sound.length === compiled.length ? sound : undefined;
}

function isDisabled(filter: unknown): boolean {
  return isObject(filter) && isObject(filter.meta) && filter.meta.disabled === true;
}

function compileFilter(
  filter: unknown,
  path: ValuePath,
  context: FilterContext,
): Predicate | undefined {
  if (!isObject(filter)) return rejectValue(path, filter, "an object", context);
  const meta = isObject(filter.meta) ? filter.meta : {};
  const held =
    meta.type === "combined"
      ? compileCombined(meta, [...path, "meta"], context)
      : compileQuery(filter, path, context);
  return meta.negate === true ? held && complement(held) : held;
}

/** The DSL is below `query`; exports of old stacks have it beside `meta`. */
function compileQuery(
  filter: RawObject,
  path: ValuePath,
  context: FilterContext,
): Predicate | undefined {
  const { meta: _, $state: __, query, ...legacy } = filter;
  return isObject(query) || query !== undefined
    ? compileClause(query, [...path, "query"], context)
    : compileClause(legacy, path, context);
}

/** Filters in a filter, joined by AND or OR. */
function compileCombined(
  { relation = "AND", params }: RawObject,
  path: ValuePath,
  context: FilterContext,
): Predicate | undefined {
  if (!Array.isArray(params)) {
    return rejectValue([...path, "params"], params, "a list of filters", context);
  }
  if (relation !== "AND" && relation !== "OR") {
    const message = `\`relation\` is ${quote(String(relation))}, expected AND or OR`;
    context.report([...path, "relation"], "filter/bad-value", message);
    return undefined;
  }
  const parts = compileEach(params, [...path, "params"], context);
  if (parts === undefined || relation === "AND" || parts.length === 0) return parts && allOf(parts);
  return anyOf(parts);
}
