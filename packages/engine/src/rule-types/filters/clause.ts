import type { Predicate } from "@harrier/lang/ir";
import type { ValuePath } from "../../rules/index.ts";
import { compileBool } from "./bool.ts";
import type { CompileClause, FilterContext } from "./context.ts";
import { compileMatch, compileMatchPhrase, compileTerm, compileTerms } from "./equal.ts";
import { compileExists, compileIds } from "./exists.ts";
import { compileNested } from "./nested.ts";
import { compilePrefix, compileRegexp, compileWildcard } from "./pattern.ts";
import { compileQueryString } from "./query-string.ts";
import { compileRange } from "./range.ts";
import { isObject, quote, rejectValue } from "./shape.ts";

/** What is known of Elasticsearch's query DSL (detection-semantics 1.3). */
const clauses: ReadonlyMap<string, CompileClause> = new Map<string, CompileClause>([
  ["bool", compileBool],
  ["exists", compileExists],
  ["ids", compileIds],
  ["match", compileMatch],
  ["match_all", () => ({ kind: "constant", value: true })],
  ["match_none", () => ({ kind: "constant", value: false })],
  ["match_phrase", compileMatchPhrase],
  ["nested", compileNested],
  ["prefix", compilePrefix],
  ["query_string", compileQueryString],
  ["range", compileRange],
  ["regexp", compileRegexp],
  ["term", compileTerm],
  ["terms", compileTerms],
  ["wildcard", compileWildcard],
]);

/** More than files may nest; a filter from elsewhere must not exhaust the stack. */
const longestPath = 200;

/** A query of the DSL: an object whose one key says what the clause is. */
export function compileClause(
  clause: unknown,
  path: ValuePath,
  context: FilterContext,
): Predicate | undefined {
  if (!isObject(clause)) return rejectValue(path, clause, "an object with one clause", context);
  if (path.length > longestPath) {
    context.report(path, "filter/unsupported", "the filter nests its clauses too deeply");
    return undefined;
  }
  const [name, ...others] = Object.keys(clause);
  if (name === undefined || others.length > 0) {
    const found = name === undefined ? "no clause" : `${others.length + 1} clauses in one object`;
    context.report(path, "filter/bad-value", `the filter has ${found}, expected one`);
    return undefined;
  }
  const compile = clauses.get(name);
  if (compile !== undefined) return compile(clause[name], [...path, name], context);
  const hint = `known are ${[...clauses.keys()].join(", ")}`;
  const message = `the clause ${quote(name)} is not supported`;
  context.report([...path, name], "filter/unsupported", message, { hint });
  return undefined;
}
