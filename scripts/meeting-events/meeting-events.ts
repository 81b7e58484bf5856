/**
 * Events made for a condition, by random choices: a branch of each `any`, a literal of each leaf in some case,
 * stars filled with some text. Reads and writes nothing.
 */
import type { Predicate } from "@harrier/lang/ir";
import { type EventDocument, evaluatePredicate } from "@harrier/lang/match";
import type { Random } from "../random.ts";
import { chooseDemands } from "./demands.ts";
import { placeValues } from "./place.ts";
import { solve } from "./solve.ts";

export interface MeetingEvents {
  /** Some of them meet the condition, as a rule most. */
  readonly meeting: readonly EventDocument[];
  /** Made alike, but for one clause that is meant to be false. */
  readonly near: readonly EventDocument[];
  readonly isReached: boolean;
}

/** A condition that no event has met yet gets more tries. */
const mostTries = 40;

/** `count` events for the condition and half as many near misses. */
export function makeMeetingEvents(
  condition: Predicate,
  count: number,
  random: Random,
): MeetingEvents {
  const meeting: EventDocument[] = [];
  let isReached = false;
  for (let tries = 0; tries < count || (!isReached && tries < mostTries); tries += 1) {
    const document = makeEvent(condition, tries % 2 === 1, random);
    if (document === undefined) break;
    isReached ||= evaluatePredicate(condition, document);
    if (tries < count || isReached) meeting.push(document);
  }
  const near: EventDocument[] = [];
  for (let index = 0; index < count / 2; index += 1) {
    const document = makeNearMiss(condition, random);
    if (document !== undefined) near.push(document);
  }
  return { meeting, near, isReached };
}

function makeEvent(
  condition: Predicate,
  isOdd: boolean,
  random: Random,
): EventDocument | undefined {
  const demands = chooseDemands(condition, true, random);
  return demands && placeValues(solve(demands, random), random, { isOdd });
}

function makeNearMiss(condition: Predicate, random: Random): EventDocument | undefined {
  const demands = chooseDemands(condition, true, random);
  if (demands === undefined || demands.length === 0) return undefined;
  const missed = random.below(demands.length);
  const turned = demands.map(({ leaf, isTrue }, index) => ({
    leaf,
    isTrue: index === missed ? !isTrue : isTrue,
  }));
  return placeValues(solve(turned, random), random, { isOdd: random.chance(0.5) });
}
