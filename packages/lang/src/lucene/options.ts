import type { EpochNanos } from "../values/index.ts";

/** What checking and lowering need to know besides the schema. */
export interface LowerOptions {
  /** What `now` is in dates. Without it they cannot say `now`. */
  readonly now?: EpochNanos;
}

export interface CheckOptions extends LowerOptions {
  /** Unknown fields are errors. Default: warnings. */
  readonly strictFields?: boolean;
}
