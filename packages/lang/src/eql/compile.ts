import type { Schema } from "../ecs/index.ts";
import type { Plan } from "../ir/index.ts";
import { type Diagnostic, DiagnosticError, hasErrors, type Source } from "../text/index.ts";
import type { Statement } from "./ast.ts";
import { checkEql } from "./check.ts";
import { lowerEql } from "./lower.ts";
import type { CheckOptions } from "./options.ts";
import { parseEql } from "./parser.ts";

export interface EqlCompilation {
  /** What to run; `undefined` if there is an error among the findings. */
  readonly plan: Plan | undefined;
  /** The tree; `undefined` if the text is no query. */
  readonly statement: Statement | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** From text to plan. Never throws for bad text: everything there is to say about it is in the findings. */
export function compileEql(
  source: Source,
  schema: Schema,
  options: CheckOptions = {},
): EqlCompilation {
  let statement: Statement;
  try {
    statement = parseEql(source);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return { plan: undefined, statement: undefined, diagnostics: error.diagnostics };
  }
  const { diagnostics } = checkEql(statement, schema, options);
  const plan = hasErrors(diagnostics) ? undefined : lowerEql(statement, schema, options);
  return { plan, statement, diagnostics };
}
