import { type Expression, type Field, partsOf } from "@harrier/lang/ir";
import type { Literal } from "@harrier/lang/values";
import type { Random } from "../random.ts";
import { type EventValue, plainValue } from "./leaf-value.ts";
import { oddCase } from "./odd-text.ts";

/**
 * Values for the fields of an expression, all from one word, so that one may start, end or hold the other: a
 * literal of the expression, a value that a field has already, or a plain word, longer where a length is asked for.
 */
export function wordsFor(
  expression: Expression,
  given: readonly unknown[],
  random: Random,
): (field: Field) => EventValue {
  const literals = literalsOf(expression);
  const texts = [...literals, ...given].filter((each) => typeof each === "string");
  const numbers = literals.flatMap((each) =>
    typeof each === "bigint" || typeof each === "number" ? [Number(each)] : [],
  );
  const word = texts[random.below(texts.length + 1)] ?? "harrier";
  const around = random.pick(["", "x", "C:\\a\\", "."]);
  return (field) => {
    if (field.type === "ip") return `192.0.2.${random.below(3) + 1}`;
    const number = numbers[random.below(numbers.length)] ?? 0;
    if (field.type === "long" || field.type === "double") return number + random.below(3) - 1;
    if (field.type === "boolean") return plainValue(field, random);
    const forms: readonly [string, ...string[]] = [
      word,
      `${word}$`,
      `${word}.${around}`,
      `${around}${word}`,
      `${around}${word}${around}`,
      // A second literal in a field that holds the first one.
      [...given, word].join(" "),
      `C:\\programs\\${word}`,
      oddCase(word, random),
      "z".repeat(Math.min(3_000, Math.max(0, number + random.below(3) - 1))),
    ];
    return random.pick(forms);
  };
}

function literalsOf(expression: Expression): readonly Literal[] {
  const own = expression.kind === "literal" ? [expression.value] : [];
  const listed = expression.kind === "in" ? expression.values : [];
  const patterns =
    expression.kind === "wildcard" || expression.kind === "regex"
      ? expression.patterns.map((pattern) => pattern.replaceAll("*", ""))
      : [];
  return [...own, ...listed, ...patterns, ...partsOf(expression).flatMap(literalsOf)];
}
