import type { ClauseChange } from "./clause.ts";
import type { Stretch } from "./lines.ts";

/**
 * What a change is about: what the rule finds and says; only how that is spelled; or what nobody but the program that keeps
 * the rules reads, such as versions and dates.
 */
export type Weight = "meaning" | "spelling" | "bookkeeping";

/** A field that differs between two versions of a rule. */
export type FieldChange = {
  /** By its path in the API's object, with dots; `metadata.` and `transform` of the repository's files. */
  readonly field: string;
  readonly weight: Weight;
} & FieldDifference;

export type FieldDifference =
  /** `undefined`: not there, or what is meant where it is not there. */
  | { readonly kind: "value"; readonly before: unknown; readonly after: unknown }
  /** Items of a list, as texts; both empty where only their order changed. */
  | {
      readonly kind: "items";
      readonly added: readonly string[];
      readonly removed: readonly string[];
    }
  /** A text of several lines. */
  | { readonly kind: "lines"; readonly stretches: readonly Stretch<string>[] }
  /** A query, clause by clause. */
  | { readonly kind: "clauses"; readonly clauses: readonly ClauseChange[] };
