import { ecsSchema } from "@harrier/lang/ecs";
import type { Field, Predicate } from "@harrier/lang/ir";
import { describe, expect, test } from "vitest";
import type { IngestedEvent } from "../ingest/index.ts";
import { adHocRule, compileRule } from "../rule-types/index.ts";
import { explainRule } from "./explain.ts";
import type { ItemConditions } from "./explain-exceptions.ts";

function explain(
  query: string,
  documents: readonly Record<string, unknown>[],
  exceptions: readonly ItemConditions[] = [],
) {
  const compiled = compileRule(adHocRule(query), { schema: ecsSchema, strictFields: false });
  const events = documents.map((document, place): IngestedEvent => {
    return {
      document,
      raw: document,
      input: "x",
      position: place + 1,
      index: undefined,
      id: undefined,
    };
  });
  return explainRule(compiled, events, { exceptions });
}

function itemOf(name: string, conditions: readonly Predicate[]): ItemConditions {
  const source = { name: "x", text: "" };
  const item = {
    itemId: name,
    name,
    entries: [],
    osTypes: [],
    ruleIds: [],
    parameters: {},
    source,
  };
  return { item: { ...item, spanOf: () => ({ source, start: 0, end: 0 }) }, conditions };
}

function at(second: number, name: string, fields: Record<string, unknown> = {}) {
  return {
    "@timestamp": `2026-05-01T10:00:0${second}Z`,
    event: { category: "process" },
    process: { name },
    ...fields,
  };
}

describe("explaining", () => {
  test("an event rule: one step, a verdict for each event, the places that match", () => {
    const { steps, matches } = explain(`process where process.name : "a*"`, [
      at(1, "b"),
      at(2, "a1"),
    ]);
    expect(
      steps.map(({ role, events }) => [role, events.map((each) => each.condition.verdict)]),
    ).toEqual([["event", [false, true]]]);
    expect(matches).toEqual([[1]]);
  });

  test("a sequence: every step for every event, keys, and what is missing of them", () => {
    const query = `sequence by host.id with maxspan=5s
      [process where process.name : "a"] ![process where process.name : "x"] [process where process.name : "b"]
      until [process where process.name : "end"]`;
    const host = { host: { id: "h1" } };
    const { steps, matches } = explain(query, [at(3, "b", host), at(1, "a", host), at(2, "a")]);
    expect(steps.map(({ role }) => role)).toEqual(["step", "missing", "step", "until"]);
    expect(steps[0]?.events.map((each) => each.condition.verdict)).toEqual([false, true, true]);
    expect(steps[0]?.events.map(({ keys }) => keys)).toEqual([[["h1"]], [["h1"]], []]);
    expect(steps[0]?.events.map(({ missingKeys }) => missingKeys)).toEqual([[], [], ["host.id"]]);
    expect(matches).toEqual([[1, undefined, 0]]);
  });

  test("exceptions: the items that hold, those that differ in case, and no match with such an event", () => {
    const name: Field = { path: "process.name", type: "keyword" };
    const user: Field = { path: "user.name", type: "keyword" };
    const items = [
      itemOf("is a1", [{ kind: "equals", field: name, values: ["a1"], fold: false }]),
      itemOf("is A2, by nobody", [
        { kind: "equals", field: name, values: ["A2"], fold: false },
        { kind: "not", of: { kind: "exists", field: user } },
      ]),
      itemOf("is b", [{ kind: "equals", field: name, values: ["b"], fold: false }]),
    ];
    const query = `process where process.name : "a*"`;
    const events = [at(1, "a1"), at(2, "a2"), at(3, "b"), at(4, "a2", { user: { name: "x" } })];
    const { exceptions, matches } = explain(query, events, items);
    expect(exceptions.map((each) => each.map(({ item, outcome }) => [item.name, outcome]))).toEqual(
      [[["is a1", "holds"]], [["is A2, by nobody", "differs-in-case"]], [], []],
    );
    expect(matches).toEqual([[1], [3]]);
  });

  test("a rule without a plan has nothing to explain", () => {
    expect(explain("process where", [at(1, "a")])).toMatchObject({ steps: [], matches: [] });
  });
});
