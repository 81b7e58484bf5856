/** A dotted path of names, as the document spells them: `process.parent.name`. Case-sensitive. */
export type FieldPath = string;

/**
 * One value, in a query or while a condition is evaluated.
 *
 * - `bigint` is a whole number (64 bits, signed), `number` a double: `7n / 2n` is `3n`, `7 / 2` is 3.5.
 * - `null` is "no value": an absent field, JSON null, an empty list, or a function that gave none.
 */
export type Literal = string | boolean | bigint | number | null;

/**
 * What a field holds, as far as the languages care.
 *
 * | type | of Elasticsearch's types |
 * |---|---|
 * | `keyword` | keyword, constant_keyword, wildcard, and leaves of a flattened object |
 * | `text` | text and match_only_text without an exact sub-field: no comparison is possible |
 * | `long` | all whole numbers |
 * | `double` | all decimals |
 * | `object` | only its leaves can be used |
 * | `nested` | an object whose leaves EQL cannot use either |
 * | `unsupported` | ranges, geo types and others no language here can compare |
 * | `unknown` | no schema names the field: its values speak for themselves |
 */
export type FieldType =
  | "keyword"
  | "text"
  | "long"
  | "double"
  | "boolean"
  | "ip"
  | "date"
  | "date_nanos"
  | "version"
  | "object"
  | "nested"
  | "unsupported"
  | "unknown";

/** Nanoseconds since 1970-01-01T00:00:00Z. */
export type EpochNanos = bigint;

/** How letters are folded where case does not count: Unicode simple case folding, or ASCII letters only (older stacks). */
export type CaseFolding = "unicode" | "ascii";
