import type { Schema } from "../ecs/index.ts";
import type { Predicate } from "../ir/index.ts";
import { type Diagnostic, DiagnosticError, hasErrors, type Source } from "../text/index.ts";
import type { KqlQuery } from "./ast.ts";
import { checkKql } from "./check.ts";
import { lowerKql } from "./lower.ts";
import type { CheckOptions } from "./options.ts";
import { parseKql } from "./parser.ts";

export interface KqlCompilation {
  /** What to run; `undefined` if there is an error among the findings. */
  readonly predicate: Predicate | undefined;
  /** The tree; `undefined` if the text is no query. */
  readonly query: KqlQuery | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** From text to condition. Never throws for bad text: everything there is to say about it is in the findings. */
export function compileKql(
  source: Source,
  schema: Schema,
  options: CheckOptions = {},
): KqlCompilation {
  let query: KqlQuery;
  try {
    query = parseKql(source);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { predicate: undefined, query: undefined, diagnostics: error.diagnostics };
  }
  const diagnostics = checkKql(query, schema, options);
  const predicate = hasErrors(diagnostics) ? undefined : lowerKql(query, schema, options);
  return { predicate, query, diagnostics };
}
