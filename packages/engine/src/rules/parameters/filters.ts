import type { RawObject } from "../classify.ts";
import type { FieldReader } from "../fields.ts";

/** Kibana filter objects; what they say is looked at when the rule is compiled. */
export function readFilters(fields: FieldReader, key = "filters"): readonly RawObject[] {
  return fields.objects(key).map(({ members }) => members);
}
