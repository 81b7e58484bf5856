import { isObject, type RawObject, type RuleDocument } from "../classify.ts";
import type { RuleOrigin } from "../rule.ts";

/** Whether a form has a place for what the rule repository keeps beside a rule: `[metadata]`, `[transform]`. */
export function keepsEnvelope(format: RuleOrigin["format"]): boolean {
  return format === "toml" || format === "yaml";
}

/** The object that a rule of the repository stands in, with all tables beside it; `undefined` for rules of the API. */
export function envelopeOf({ parsed, path }: RuleDocument): RawObject | undefined {
  if (path[path.length - 1] !== "rule") return undefined;
  let value = parsed.value;
  for (const key of path.slice(0, -1)) {
    if (Array.isArray(value) && typeof key === "number") value = value[key];
    else if (isObject(value) && typeof key === "string") value = value[key];
  }
  return isObject(value) ? value : undefined;
}
