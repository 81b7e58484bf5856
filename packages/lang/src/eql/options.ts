import type { CaseFolding, EpochNanos, FieldPath } from "../values/index.ts";

/** What checking and lowering need to know besides the schema. */
export interface LowerOptions {
  /** The field that holds the event category. Default: `event.category`. */
  readonly categoryField?: FieldPath;
  /** What `now` is in date constants. Without it they cannot say `now`. */
  readonly now?: EpochNanos;
  /** How letters are folded in conditions without fields, such as `"a" : "A"`. Default: `unicode`. */
  readonly folding?: CaseFolding;
}

export interface CheckOptions extends LowerOptions {
  /** Unknown fields are errors, as in Elasticsearch. Default: warnings. */
  readonly strictFields?: boolean;
}

export const defaultCategoryField: FieldPath = "event.category";
