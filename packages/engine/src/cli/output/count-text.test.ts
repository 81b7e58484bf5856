import { describe, expect, it } from "vitest";
import type { RulePlan } from "../../rule-types/index.ts";
import { countLines } from "./count-text.ts";

const condition = { kind: "constant", value: true } as const;
const keyword = (path: string) => ({ path, type: "keyword" as const });
const places = ["a:1", "a:2", "a:3"];

function planOf<Kind extends RulePlan["kind"]>(plan: RulePlan & { readonly kind: Kind }) {
  return plan;
}

describe("counts as text", () => {
  const threshold = planOf({
    kind: "threshold",
    condition,
    groupBy: [keyword("host.name")],
    count: 2,
    cardinality: { field: keyword("user.name"), count: 1 },
  });

  it("groups", () => {
    const groups = [
      { key: ["h1"], events: [0, 1], distinct: 2, isEnough: true },
      { key: ["h2\x1b"], events: [2], distinct: 1, isEnough: false },
    ];
    expect(countLines({ kind: "threshold", plan: threshold, groups }, places, 5)).toEqual([
      "Each group by host.name needs 2 events and 1 value of user.name in one window:",
      '  yes  "h1": 2 events, 2 different values',
      '  no   "h2\\u001b": 1 event, 1 different value',
    ]);
    expect(countLines({ kind: "threshold", plan: threshold, groups: [] }, places, 5)).toEqual([
      "Each group by host.name needs 2 events and 1 value of user.name in one window: there is none.",
    ]);
    const { cardinality: _, ...plain } = threshold;
    const all = [{ key: [], events: [0], isEnough: false }];
    const together = { kind: "threshold", plan: { ...plain, groupBy: [] }, groups: all } as const;
    expect(countLines(together, places, 5)).toEqual([
      "All events together need 2 events in one window:",
      "  no   1 event",
    ]);
  });

  it("terms; of many no more than are wanted", () => {
    const plan = planOf({
      kind: "new_terms",
      condition,
      fields: [keyword("user.name"), keyword("process.pid")],
      historyWindowStart: "now-7d",
    });
    const terms = [
      { key: ["u", 1n], events: [0, 2] },
      { key: ["u", 2n], events: [1] },
      { key: ["u", 3n], events: [1] },
      { key: ["u", 4n], events: [1] },
    ];
    expect(countLines({ kind: "new_terms", plan, terms }, places, 2)).toEqual([
      "Values of user.name, process.pid that raise an alert unless the history from now-7d has them:",
      '  "u", 1: a:1 and 1 other event',
      '  "u", 2: a:2',
      "  … 2 more",
    ]);
    expect(countLines({ kind: "new_terms", plan, terms: [] }, places, 2)).toEqual([
      "No event has a value of user.name, process.pid that could be new.",
    ]);
  });

  it("what is compared with indicators", () => {
    const plan = planOf({
      kind: "threat_match",
      condition,
      indicatorCondition: condition,
      items: [],
      indicatorPath: "ioc",
    });
    const entry = (field: string, values: string[], negate = false) => {
      return { field, values, indicatorField: `ioc.${field}`, negate };
    };
    const events = [
      {
        place: 1,
        items: [
          [entry("a", ["x", "y"]), entry("b", ["z"], true), entry("c", [], true)],
          [entry("a", ["x"]), entry("d", [])],
        ],
      },
    ];
    expect(countLines({ kind: "threat_match", plan, events }, places, 5)).toEqual([
      "a:2 matches an indicator with:",
      '  ioc.a "x" or "y" and ioc.b not "z" and any ioc.c',
      "  or nothing: the event has no d",
    ]);
    expect(countLines({ kind: "threat_match", plan, events: [] }, places, 5)).toEqual([
      "No event is compared with indicators.",
    ]);
  });
});
