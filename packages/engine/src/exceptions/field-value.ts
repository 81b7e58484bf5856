import { anyOf, equalsOnField, type Misfit, type Predicate, tokensOnField } from "@harrier/lang/ir";
import { analyzeText, type EpochNanos, type TextAnalyzer } from "@harrier/lang/values";
import type { EntryField } from "./field.ts";

export interface FieldValues {
  /** Some value of the field is one of those texts that fit; false where none does. */
  readonly predicate: Predicate;
  /** Texts that the field can't take. */
  readonly misfits: readonly Misfit[];
}

/**
 * Some value of the field is one of the texts, each read as the field's type has it, as a phrase query does
 * (detection-semantics 6.3): exact text as it stands, addresses also by block, numbers by value, a date by its
 * precision, a text by its words in a row.
 */
export function matchValues(
  { field, fold, analyzer }: EntryField,
  texts: readonly string[],
  now: EpochNanos,
): FieldValues {
  if (analyzer !== undefined) {
    return { predicate: matchPhrases(field, analyzer, texts), misfits: [] };
  }
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

/** Texts of one word are one condition: long lists hold few others. */
function matchPhrases(
  field: EntryField["field"],
  analyzer: TextAnalyzer,
  texts: readonly string[],
): Predicate {
  const words = new Set<string>();
  const phrases: Predicate[] = [];
  for (const text of texts) {
    const tokens = analyzeText(text, analyzer);
    const [only] = tokens;
    if (tokens.length === 1 && only !== undefined) words.add(only);
    else phrases.push(tokensOnField(field, analyzer, text, "phrase"));
  }
  const tokens = [...words];
  return anyOf([
    ...(tokens.length === 0
      ? []
      : [{ kind: "tokens", field, analyzer, mode: "any", tokens } as const]),
    ...phrases,
  ]);
}
