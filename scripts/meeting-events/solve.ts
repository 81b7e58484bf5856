import {
  type ComputedPredicate,
  type FieldPredicate,
  fieldsOf,
  type LeafPredicate,
} from "@harrier/lang/ir";
import { evaluatePredicate } from "@harrier/lang/match";
import { parseWildcard } from "@harrier/lang/values";
import type { Random } from "../random.ts";
import { chooseDemands, type Demand } from "./demands.ts";
import { type EventValue, plainValue, valueForLeaf } from "./leaf-value.ts";
import { oddCharacter, oddText } from "./odd-text.ts";
import { wordsFor } from "./words.ts";

/** Values of fields by their whole paths; a path without values is absent. An object stands for one of a nested field. */
export type FieldValues = Map<string, (EventValue | Readonly<Record<string, unknown>>)[]>;

const fieldAttempts = 30;
const expressionAttempts = 60;

/** Values that meet the demands, as far as random choices find them. */
export function solve(demands: readonly Demand[], random: Random): FieldValues {
  const values: FieldValues = new Map();
  const byPath = new Map<string, Demand[]>();
  const computed: { readonly leaf: ComputedPredicate; readonly isTrue: boolean }[] = [];
  for (const { leaf, isTrue } of demands) {
    if (leaf.kind === "expression" || leaf.kind === "nested" || leaf.kind === "anywhere") {
      computed.push({ leaf, isTrue });
      continue;
    }
    const known = byPath.get(leaf.field.path);
    if (known === undefined) byPath.set(leaf.field.path, [{ leaf, isTrue }]);
    else known.push({ leaf, isTrue });
  }
  for (const [path, own] of byPath) values.set(path, valuesForField(path, own, random));
  for (const { leaf, isTrue } of computed) {
    if (isTrue) solveComputed(leaf, byPath, values, random);
  }
  return values;
}

/** One value that all leaves want, else one for each of them, none of which a false leaf takes. */
function valuesForField(path: string, demands: readonly Demand[], random: Random): EventValue[] {
  const wanted = demands.filter(({ isTrue }) => isTrue).map(({ leaf }) => leaf);
  const unwanted = demands.filter(({ isTrue }) => !isTrue).map(({ leaf }) => leaf);
  const isFree = (value: EventValue): boolean =>
    unwanted.every((leaf) => !holds(leaf, path, value));
  if (wanted.length === 0) {
    const [first] = unwanted;
    if (first === undefined || random.chance(0.6)) return [];
    const value = isFieldLeaf(first) ? plainValue(first.field, random) : "plain";
    return isFree(value) ? [value] : [];
  }
  for (let attempt = 0; attempt < fieldAttempts; attempt += 1) {
    const leaf = wanted[random.below(wanted.length)];
    if (leaf === undefined || !isFieldLeaf(leaf)) continue;
    const value = valueForLeaf(leaf, random);
    if (isFree(value) && wanted.every((each) => holds(each, path, value))) return [value];
  }
  return wanted.filter(isFieldLeaf).map((leaf) => {
    let value = valueForLeaf(leaf, random);
    for (let attempt = 0; attempt < fieldAttempts && !isFree(value); attempt += 1) {
      value = valueForLeaf(leaf, random);
    }
    return value;
  });
}

function solveComputed(
  leaf: ComputedPredicate,
  byPath: ReadonlyMap<string, readonly Demand[]>,
  values: FieldValues,
  random: Random,
): void {
  switch (leaf.kind) {
    case "anywhere": {
      const pattern = leaf.patterns[random.below(leaf.patterns.length)] ?? "";
      const pieces = parseWildcard(pattern).map((part) => {
        if (part.kind === "text") return part.text;
        return part.kind === "run" ? oddText(random) : oddCharacter(random);
      });
      values.set("labels.found", [pieces.join("")]);
      return;
    }
    case "nested": {
      const inner = solve(chooseDemands(leaf.of, true, random) ?? [], random);
      const pairs = [...inner].flatMap(([path, [value]]) =>
        value === undefined ? [] : [[path, value]],
      );
      values.set(leaf.path, [Object.fromEntries(pairs)]);
      return;
    }
    case "expression":
      solveExpression(leaf, byPath, values, random);
      return;
    default:
      leaf satisfies never;
  }
}

/** Tries values that are made of the expression's own literals, until it is true and no other demand is hurt. */
function solveExpression(
  leaf: Extract<ComputedPredicate, { kind: "expression" }>,
  byPath: ReadonlyMap<string, readonly Demand[]>,
  values: FieldValues,
  random: Random,
): void {
  const fields = fieldsOf(leaf);
  for (let attempt = 0; attempt < expressionAttempts; attempt += 1) {
    const given = fields.flatMap(({ path }) => values.get(path) ?? []);
    const words = wordsFor(leaf.of, given, random);
    const tried = new Map<string, EventValue>();
    for (const field of fields) {
      const [known] = values.get(field.path) ?? [];
      const keeps = known !== undefined && random.chance(0.5);
      tried.set(field.path, keeps && typeof known !== "object" ? known : words(field));
    }
    const fits = [...tried].every(([path, value]) =>
      (byPath.get(path) ?? []).every((demand) => holds(demand.leaf, path, value) === demand.isTrue),
    );
    if (fits && evaluatePredicate(leaf, Object.fromEntries(tried))) {
      for (const [path, value] of tried) values.set(path, [value]);
      return;
    }
  }
}

function holds(leaf: LeafPredicate, path: string, value: EventValue): boolean {
  return evaluatePredicate(leaf, { [path]: value });
}

function isFieldLeaf(leaf: LeafPredicate): leaf is FieldPredicate {
  return leaf.kind !== "expression" && leaf.kind !== "nested" && leaf.kind !== "anywhere";
}
