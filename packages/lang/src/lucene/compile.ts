import type { Schema } from "../ecs/index.ts";
import type { Predicate } from "../ir/index.ts";
import { type Diagnostic, DiagnosticError, hasErrors, type Source } from "../text/index.ts";
import type { LuceneQuery } from "./ast.ts";
import { checkLucene } from "./check.ts";
import { lowerLucene } from "./lower.ts";
import type { CheckOptions } from "./options.ts";
import { parseLucene } from "./parser.ts";

export interface LuceneCompilation {
  /** What to run; `undefined` if there is an error among the findings. */
  readonly predicate: Predicate | undefined;
  /** The tree; `undefined` if the text is no query. */
  readonly query: LuceneQuery | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** From text to condition. Never throws for bad text: everything there is to say about it is in the findings. */
export function compileLucene(
  source: Source,
  schema: Schema,
  options: CheckOptions = {},
): LuceneCompilation {
  let query: LuceneQuery;
  try {
    query = parseLucene(source);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { predicate: undefined, query: undefined, diagnostics: error.diagnostics };
  }
  const diagnostics = checkLucene(query, schema, options);
  const predicate = hasErrors(diagnostics) ? undefined : lowerLucene(query, schema, options);
  return { predicate, query, diagnostics };
}
