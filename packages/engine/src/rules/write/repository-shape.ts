import type { RawObject } from "../classify.ts";

/** A rule of the API as the `[rule]` table of the rule repository: what `toApiShape` reads is written back. */
export function toRepositoryShape(parameters: RawObject): RawObject {
  const { new_terms_fields, history_window_start, ...others } = parameters;
  if (!Array.isArray(new_terms_fields) || typeof history_window_start !== "string") {
    return parameters;
  }
  // A key of this name that is something else would be lost behind ours.
  if (others.new_terms !== undefined && others.new_terms !== null) return parameters;
  return {
    ...others,
    new_terms: {
      field: "new_terms_fields",
      value: new_terms_fields,
      history_window_start: [{ field: "history_window_start", value: history_window_start }],
    },
  };
}
