/**
 * A process of its own that reads rules and makes them ready, as a hunt does before its first event. Takes a
 * `CompileRequest` as its argument and prints a `CompileResult`.
 */
import { ecsSchema } from "@harrier/lang/ecs";
import { compileEql } from "@harrier/lang/eql";
import { conditionsOf as conditionsOfPlan, type Predicate } from "@harrier/lang/ir";
import { ConditionSet } from "@harrier/lang/match";
import { loadRules } from "../packages/engine/src/rules/index.ts";
import { compileAll, conditionsOf } from "../scripts/corpus-rules.ts";
import { generateQueries } from "./generated-rules.ts";
import { timeOf } from "./measure.ts";
import type { CompileRequest, CompileResult } from "./parts/compiling.ts";

// Written by `compiling.ts`.
const { path, rules: count, seed } = JSON.parse(process.argv[2] ?? "") as CompileRequest;
const loadStart = performance.now();
const loaded = path === undefined ? [] : (await loadRules([path])).rules;
const loadMs = performance.now() - loadStart;

const conditions: Predicate[] = [];
let rules = 0;
const compileMs = timeOf(() => {
  for (const each of path === undefined ? generatedConditions() : loadedConditions()) {
    conditions.push(...each);
    rules += 1;
  }
});
const setMs = timeOf(() => new ConditionSet(conditions));
const rssBytes = process.memoryUsage.rss();
const result: CompileResult = { rules, loadMs, compileMs, setMs, rssBytes };
console.log(JSON.stringify(result));

/** Of the first rules that run, until there are as many as asked for. */
function* loadedConditions(): Generator<readonly Predicate[]> {
  let given = 0;
  for (const rule of loaded) {
    const [compiled] = compileAll([rule]);
    if (compiled?.plan === undefined) continue;
    yield conditionsOf(compiled.plan);
    given += 1;
    if (given === count) return;
  }
}

function* generatedConditions(): Generator<readonly Predicate[]> {
  for (const [index, text] of generateQueries(count, seed).entries()) {
    const { plan } = compileEql({ name: `generated ${index}`, text }, ecsSchema);
    if (plan !== undefined) yield conditionsOfPlan(plan);
  }
}
