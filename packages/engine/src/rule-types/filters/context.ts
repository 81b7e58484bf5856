import type { Schema } from "@harrier/lang/ecs";
import type { Predicate } from "@harrier/lang/ir";
import type { Diagnostic, DiagnosticCode } from "@harrier/lang/text";
import type { CaseFolding, EpochNanos, FieldPath } from "@harrier/lang/values";
import type { ValuePath } from "../../rules/index.ts";

/** What every clause of a filter is compiled with. */
export interface FilterContext {
  readonly schema: Schema;
  /** A field that the schema does not name is an error. */
  readonly strictFields: boolean;
  readonly folding?: CaseFolding;
  /** What `now` means in date constants. */
  readonly now?: EpochNanos;
  /** Errors, unless a call says otherwise. */
  readonly report: ReportAt;
  /** Compiles a clause inside of a clause. */
  readonly compile: CompileClause;
  /** The nested object that the clause is inside of. */
  readonly nestedPath?: FieldPath;
}

/** Says what is wrong with a part of a filter, by its path among the rule's parameters. */
export type ReportAt = (
  path: ValuePath,
  code: DiagnosticCode,
  message: string,
  more?: { readonly severity?: Diagnostic["severity"]; readonly hint?: string },
) => void;

/**
 * Turns the body of a clause into a condition; `undefined`, with a finding, where it can't be one.
 * `path` is where the body stands.
 */
export type CompileClause = (
  body: unknown,
  path: ValuePath,
  context: FilterContext,
) => Predicate | undefined;
