import type { EventDocument } from "@harrier/lang/match";
import type { Random } from "../random.ts";
import { oddText } from "./odd-text.ts";
import type { FieldValues } from "./solve.ts";

/** What may happen to values when they become a document. */
export interface PlaceOptions {
  /** Now and then a field is lost, has more values than wanted, or one inside of lists. */
  readonly isOdd: boolean;
}

/** A document with the values: nested objects, now and then dotted keys or both. */
export function placeValues(
  values: FieldValues,
  random: Random,
  { isOdd }: PlaceOptions,
): EventDocument {
  const document: Record<string, unknown> = {};
  for (const [path, list] of values) {
    if (list.length === 0 || (isOdd && random.chance(0.03))) continue;
    const value = list.length > 1 ? list : list[0];
    setPath(document, cutPath(path, random), isOdd ? wrap(value, random) : value);
  }
  return document;
}

function wrap(value: unknown, random: Random): unknown {
  if (!random.chance(0.15)) return value;
  const others: readonly [unknown, ...unknown[]] = [null, "", oddText(random), 7, true, []];
  const list = random.chance(0.5) ? [value, random.pick(others)] : [random.pick(others), value];
  return random.chance(0.2) ? [list] : list;
}

/** The keys of a path: at each dot a new object, or not. */
function cutPath(path: string, random: Random): readonly string[] {
  if (!random.chance(0.15)) return path.split(".");
  const keys: string[] = [];
  for (const name of path.split(".")) {
    const last = keys.pop();
    if (last === undefined) keys.push(name);
    else if (random.chance(0.5)) keys.push(last, name);
    else keys.push(`${last}.${name}`);
  }
  return keys;
}

/** Where a value stands in the way of an object, both become a list. */
function setPath(target: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [key = "", ...rest] = keys;
  const known = Object.hasOwn(target, key) ? target[key] : undefined;
  if (rest.length === 0) {
    define(target, key, known === undefined ? value : [known, value].flat());
    return;
  }
  if (isRecord(known)) {
    setPath(known, rest, value);
    return;
  }
  const below: Record<string, unknown> = {};
  setPath(below, rest, value);
  define(target, key, known === undefined ? below : [known, below].flat());
}

/** An own property, whatever its name. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
