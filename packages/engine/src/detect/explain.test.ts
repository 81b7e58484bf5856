import { ecsSchema } from "@harrier/lang/ecs";
import type { Field, Predicate } from "@harrier/lang/ir";
import { describe, expect, test } from "vitest";
import type { IngestedEvent } from "../ingest/index.ts";
import { adHocRule, compileRule, type RulePlan } from "../rule-types/index.ts";
import { explainRule } from "./explain.ts";
import type { ItemConditions } from "./explain-exceptions.ts";
import { keyword, ruleWith } from "./test-hunt.ts";

function explain(
  query: string,
  documents: readonly Record<string, unknown>[],
  exceptions: readonly ItemConditions[] = [],
) {
  const compiled = compileRule(adHocRule(query), { schema: ecsSchema, strictFields: false });
  return explainRule(compiled, documents.map(eventOf), { exceptions });
}

/** Explains a rule that counts or compares events that meet an EQL query. */
function explainPlan(
  query: string,
  planOf: (condition: Predicate) => RulePlan,
  documents: readonly Record<string, unknown>[],
  exceptions: readonly ItemConditions[] = [],
) {
  return explainRule(ruleWith(query, planOf), documents.map(eventOf), { exceptions });
}

function eventOf(document: Record<string, unknown>, place: number): IngestedEvent {
  const position = place + 1;
  return { document, raw: document, input: "x", position, index: undefined, id: undefined };
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

  test("an event's own name", () => {
    const field = keyword("_id");
    const plan = {
      kind: "event",
      condition: { kind: "equals", field, values: ["e2"], fold: false },
      pipes: [],
    } as const;
    const events = ["e1", "e2"].map((id) => ({ ...eventOf(at(1, "a"), 0), id }));
    const { matches } = explainRule(
      ruleWith("any where true", () => plan),
      events,
    );
    expect(matches).toEqual([[1]]);
  });

  test("a rule without a plan has nothing to explain", () => {
    expect(explain("process where", [at(1, "a")])).toMatchObject({ steps: [], matches: [] });
  });
});

describe("explaining what is counted", () => {
  const name = keyword("process.name");
  const user = keyword("user.name");
  const by = (...names: string[]) => ({ user: { name: names } });

  test("groups: the events that meet the condition, and whether they are enough", () => {
    const planOf = (condition: Predicate): RulePlan => {
      const cardinality = { field: user, count: 2 };
      return { kind: "threshold", condition, groupBy: [name], count: 2, cardinality };
    };
    const events = [
      at(1, "a", by("u1")),
      at(2, "a", by("u2", "u1")),
      at(3, "b", by("u1")),
      at(4, "b", by("u1")),
      at(5, "c"),
      { ...at(6, "a"), event: { category: "file" } },
      at(7, "d"),
    ];
    const excepted = itemOf("is d", [{ kind: "equals", field: name, values: ["d"], fold: false }]);
    const { steps, counts, matches } = explainPlan("process where true", planOf, events, [
      excepted,
    ]);
    expect(steps.map(({ role }) => role)).toEqual(["event"]);
    expect(counts).toMatchObject({
      kind: "threshold",
      groups: [
        { key: ["a"], events: [0, 1], distinct: 2, isEnough: true },
        { key: ["b"], events: [2, 3], distinct: 1, isEnough: false },
        { key: ["c"], events: [4], distinct: 0, isEnough: false },
      ],
    });
    expect(matches).toEqual([[0, 1]]);
  });

  test("all events together; one without a group's field is told", () => {
    const planOf = (groupBy: readonly Field[]) => (condition: Predicate) =>
      ({ kind: "threshold", condition, groupBy, count: 1 }) as const;
    const together = explainPlan("process where true", planOf([]), [at(1, "a"), at(2, "b")]);
    expect(together.counts).toMatchObject({ groups: [{ key: [], events: [0, 1] }] });
    const grouped = explainPlan("process where true", planOf([user]), [at(1, "a")]);
    expect(grouped.counts).toMatchObject({ groups: [] });
    expect(grouped.steps[0]?.events[0]?.missingKeys).toEqual(["user.name"]);
  });

  test("terms, with the events that have them", () => {
    const planOf = (condition: Predicate): RulePlan => {
      return { kind: "new_terms", condition, fields: [name, user], historyWindowStart: "now-7d" };
    };
    const events = [at(1, "a", by("u1", "u2")), at(2, "a", by("u2"))];
    const { counts, matches } = explainPlan("process where true", planOf, events);
    expect(counts).toMatchObject({
      kind: "new_terms",
      terms: [
        { key: ["a", "u1"], events: [0] },
        { key: ["a", "u2"], events: [0, 1] },
      ],
    });
    expect(matches).toEqual([]);
  });

  test("values that an indicator must have", () => {
    const planOf = (condition: Predicate): RulePlan => ({
      kind: "threat_match",
      condition,
      indicatorCondition: { kind: "constant", value: true },
      items: [
        [
          { field: name, indicatorField: keyword("ioc.name"), negate: false },
          { field: user, indicatorField: keyword("ioc.user"), negate: true },
        ],
      ],
      indicatorPath: "ioc",
    });
    const { counts } = explainPlan("process where true", planOf, [at(1, "a")]);
    expect(counts).toMatchObject({
      kind: "threat_match",
      events: [
        {
          place: 0,
          items: [
            [
              { field: "process.name", values: ["a"], indicatorField: "ioc.name", negate: false },
              { field: "user.name", values: [], indicatorField: "ioc.user", negate: true },
            ],
          ],
        },
      ],
    });
  });
});
