import { readFileSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import type { Predicate } from "@harrier/lang/ir";
import type { BenchRule } from "./rule-pool.ts";

/** The conditions of many rules, as plain data that goes into a file for another process. */
export interface RuleSet {
  readonly conditions: readonly Predicate[];
  /** By condition: what meets it is an alert, so that the event is wanted whole. */
  readonly isSingle: readonly boolean[];
}

export function ruleSetOf(rules: readonly BenchRule[]): RuleSet {
  return {
    conditions: rules.flatMap(({ conditions }) => conditions),
    isSingle: rules.flatMap(({ conditions, isSingle }) => conditions.map(() => isSingle)),
  };
}

export function writeRuleSet(path: string, set: RuleSet): void {
  writeFileSync(path, serialize(set));
}

export function readRuleSet(path: string): RuleSet {
  // We wrote it.
  return deserialize(readFileSync(path)) as RuleSet;
}
