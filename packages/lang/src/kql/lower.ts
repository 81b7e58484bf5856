import type { Schema } from "../ecs/index.ts";
import type { Predicate } from "../ir/index.ts";
import type { KqlQuery } from "./ast.ts";
import type { LowerOptions } from "./options.ts";

/** The condition that a checked query puts on an event. */
export function lowerKql(query: KqlQuery, _schema: Schema, _options: LowerOptions = {}): Predicate {
  if (query.condition === null) return { kind: "constant", value: true };
  throw new Error("not yet");
}
