import type { FieldReader } from "../fields.ts";

/** The language of a query that Kibana's own search bar could hold. */
export function readKibanaLanguage(fields: FieldReader, key = "language"): "kuery" | "lucene" {
  return fields.word(key, ["kuery", "lucene"]) ?? "kuery";
}
