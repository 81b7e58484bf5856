import { allOf, type Predicate } from "@harrier/lang/ir";
import { compileKql } from "@harrier/lang/kql";
import { compileLucene } from "@harrier/lang/lucene";
import type { Diagnostic, Source } from "@harrier/lang/text";
import type { RawObject, Rule, ValuePath } from "../rules/index.ts";
import { compileFilters } from "./filters/compile-filters.ts";
import type { CompileOptions } from "./rule-type.ts";

/** What a search asks of one event, in a rule or of its indicators. */
export interface Search {
  /** Absent or blank: every event. */
  readonly query?: Source;
  readonly language: "kuery" | "lucene";
  readonly filters: readonly RawObject[];
  /** Where the filters are among the rule's parameters. */
  readonly filtersPath: ValuePath;
}

export interface CompiledCondition {
  /** `undefined` if there is an error among the diagnostics. */
  readonly condition: Predicate | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A query and its filters as one condition: all must hold. */
export function compileSearch(
  { query, language, filters, filtersPath }: Search,
  rule: Rule,
  options: CompileOptions,
): CompiledCondition {
  const asked = compileQuery(query, language, options);
  const filtered = compileFilters(filters, { ...options, path: filtersPath, spanOf: rule.spanOf });
  const { predicate: queried } = asked;
  const { predicate: kept } = filtered;
  return {
    condition: queried && kept && allOf([queried, kept]),
    diagnostics: [...asked.diagnostics, ...filtered.diagnostics],
  };
}

/** The rule's own query and filters. */
export function compileOwnSearch(rule: Rule, options: CompileOptions): CompiledCondition {
  const { query, language, filters } = rule;
  const search: Search = {
    ...(query === undefined ? {} : { query }),
    language: language === "lucene" ? "lucene" : "kuery",
    filters,
    filtersPath: ["filters"],
  };
  return compileSearch(search, rule, options);
}

function compileQuery(
  query: Source | undefined,
  language: Search["language"],
  { schema, ...options }: CompileOptions,
): { readonly predicate: Predicate | undefined; readonly diagnostics: readonly Diagnostic[] } {
  if (query === undefined || query.text.trim() === "") {
    return { predicate: { kind: "constant", value: true }, diagnostics: [] };
  }
  const compile = language === "lucene" ? compileLucene : compileKql;
  return compile(query, schema, options);
}
