import type { Schema } from "../ecs/index.ts";
import type { Diagnostic } from "../text/index.ts";
import type { KqlQuery } from "./ast.ts";
import type { CheckOptions } from "./options.ts";

/** Everything there is to say about a query that could be read. */
export function checkKql(
  _query: KqlQuery,
  _schema: Schema,
  _options: CheckOptions = {},
): readonly Diagnostic[] {
  return [];
}
