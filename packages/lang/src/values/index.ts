/** What values mean: null, many values in a field, case, wildcards, addresses, numbers, dates. */
export type { CaseFolding, EpochNanos, FieldPath, FieldType, Literal } from "./types.ts";
