import type { LeafPredicate, Predicate } from "@harrier/lang/ir";
import type { Random } from "../random.ts";

/** What a leaf has to be for the whole condition to be true. */
export interface Demand {
  readonly leaf: LeafPredicate;
  readonly isTrue: boolean;
}

/** One of the ways to make a predicate true (or false), chosen at random; `undefined` where there is none. */
export function chooseDemands(
  predicate: Predicate,
  isTrue: boolean,
  random: Random,
): readonly Demand[] | undefined {
  switch (predicate.kind) {
    case "constant":
      return predicate.value === isTrue ? [] : undefined;
    case "not":
      return chooseDemands(predicate.of, !isTrue, random);
    case "all":
    case "any":
      return (predicate.kind === "all") === isTrue
        ? demandAll(predicate.of, isTrue, random)
        : demandOne(predicate.of, isTrue, random);
    default:
      return [{ leaf: predicate, isTrue }];
  }
}

function demandAll(
  parts: readonly Predicate[],
  isTrue: boolean,
  random: Random,
): readonly Demand[] | undefined {
  const demands: Demand[] = [];
  for (const part of parts) {
    const chosen = chooseDemands(part, isTrue, random);
    if (chosen === undefined) return undefined;
    demands.push(...chosen);
  }
  return demands;
}

/** The branch that comes first from a random place on. */
function demandOne(
  parts: readonly Predicate[],
  isTrue: boolean,
  random: Random,
): readonly Demand[] | undefined {
  const start = random.below(parts.length);
  for (let step = 0; step < parts.length; step += 1) {
    const part = parts[(start + step) % parts.length];
    const chosen = part && chooseDemands(part, isTrue, random);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}
