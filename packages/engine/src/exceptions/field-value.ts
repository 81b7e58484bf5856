import { equalsOnField, type Field, type Misfit, type Predicate } from "@harrier/lang/ir";
import type { EpochNanos } from "@harrier/lang/values";

export interface FieldValues {
  /** Some value of the field is one of those texts that fit; false where none does. */
  readonly predicate: Predicate;
  /** Texts that the field can't take. */
  readonly misfits: readonly Misfit[];
}

/**
 * Some value of the field is one of the texts, each read as the field's type has it, as a phrase query does
 * (detection-semantics 6.3): texts exactly, addresses also by block, numbers by value, a date by its precision.
 */
export function matchValues(
  field: Field,
  texts: readonly string[],
  { fold, now }: { readonly fold: boolean; readonly now: EpochNanos },
): FieldValues {
  const all = equalsOnField(field, texts, fold, now);
  if (all.kind !== "misfit") return { predicate: all, misfits: [] };
  const misfits: Misfit[] = [];
  const fitting = texts.filter((text, index) => {
    const one = equalsOnField(field, [text], fold, now);
    if (one.kind === "misfit") misfits.push({ ...one, index });
    return one.kind !== "misfit";
  });
  const rest = equalsOnField(field, fitting, fold, now);
  const predicate: Predicate = rest.kind === "misfit" ? { kind: "constant", value: false } : rest;
  return { predicate, misfits };
}
