/** The functions of the languages: one file each, one table. */
import { add } from "./add.ts";
import { between } from "./between.ts";
import { cidrMatch } from "./cidr-match.ts";
import { concat } from "./concat.ts";
import { divide } from "./divide.ts";
import { endsWith } from "./ends-with.ts";
import type { LanguageFunction } from "./function.ts";
import { indexOf } from "./index-of.ts";
import { length } from "./length.ts";
import { modulo } from "./modulo.ts";
import { multiply } from "./multiply.ts";
import { number } from "./number.ts";
import { rankSimilar } from "./similar.ts";
import { startsWith } from "./starts-with.ts";
import { string } from "./string.ts";
import { stringContains } from "./string-contains.ts";
import { substring } from "./substring.ts";
import { subtract } from "./subtract.ts";
import { wildcard } from "./wildcard.ts";

export { type ArithmeticOperator, evaluateArithmetic, negateNumber } from "./arithmetic.ts";
export type {
  ArgumentType,
  CallContext,
  LanguageFunction,
  Parameter,
  ResultType,
} from "./function.ts";

/** All functions, by name. */
export const languageFunctions: readonly LanguageFunction[] = [
  add,
  between,
  cidrMatch,
  concat,
  divide,
  endsWith,
  indexOf,
  length,
  modulo,
  multiply,
  number,
  startsWith,
  string,
  stringContains,
  substring,
  subtract,
  wildcard,
];

const byName: ReadonlyMap<string, LanguageFunction> = new Map(
  languageFunctions.map((of) => [of.name.toLowerCase(), of]),
);

/** The function of that name, whatever its case (eql-semantics 3.6), without `~`. */
export function findFunction(name: string): LanguageFunction | undefined {
  return byName.get(name.toLowerCase());
}

/** Names of functions that a writer of `name` may have meant, best first, at most three. */
export function similarFunctions(name: string): readonly string[] {
  return rankSimilar(
    name,
    languageFunctions.map((of) => of.name),
  );
}
