import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionsOf, type JoinField, type Predicate, type SequencePlan } from "../../ir/index.ts";
import { ConditionSet, type FoundSequence, runPlan, SequenceSet } from "../index.ts";

const tags = (...values: string[]): Predicate => ({
  kind: "equals",
  field: { path: "tags", type: "keyword" },
  values,
  fold: true,
});
const by = (path: string, optional = false): JoinField => ({
  field: { path, type: path === "pid" ? "long" : "keyword" },
  optional,
});

interface Query {
  /** Tags of the steps; `!` for a missing event. */
  readonly steps: readonly string[];
  readonly until?: string | undefined;
  readonly keys: readonly JoinField[];
  readonly maxspanMs?: number | undefined;
}

function planOf({ steps, until, keys, maxspanMs }: Query): SequencePlan {
  const stepOf = (text: string) => ({
    condition: tags(...text.replace("!", "")),
    keys,
    missing: text.startsWith("!"),
  });
  return {
    kind: "sequence",
    steps: steps.map(stepOf),
    pipes: [],
    ...(until === undefined ? {} : { until: stepOf(until) }),
    ...(maxspanMs === undefined ? {} : { maxspanMs }),
  };
}

type TestEvent = {
  readonly "@timestamp": number;
  readonly tags: readonly string[];
  readonly host?: string;
  readonly pid?: readonly number[];
};

function watch(plans: readonly SequencePlan[], options = {}) {
  const conditions = plans.flatMap((plan) => conditionsOf(plan));
  const set = new ConditionSet(conditions);
  let place = 0;
  const watched = plans.map((plan) => ({
    plan,
    conditions: conditionsOf(plan).map(() => place++),
  }));
  const sequences = new SequenceSet(set, watched, options);
  let armed = 0;
  const push = (event: TestEvent, number: number): readonly FoundSequence[] => {
    const met = set.match(event);
    armed += met.length;
    return sequences.push(met, number, BigInt(event["@timestamp"]) * 1_000_000n, () => event);
  };
  return { set, sequences, push, armed: () => armed };
}

describe("a set of sequences", () => {
  const queries = fc.record<Query>({
    steps: fc.constantFrom(
      ["a", "b"],
      ["b", "ac", "b"],
      ["a", "a", "a"],
      ["a", "!c", "b"],
      ["!c", "a"],
      ["a", "!b"],
      ["c", "b", "!a"],
      ["!a", "b", "!c"],
    ),
    until: fc.constantFrom(undefined, "c", "a", "d"),
    keys: fc.constantFrom([], [by("host")], [by("pid")], [by("host", true), by("pid")]),
    maxspanMs: fc.constantFrom(2, 5),
  });
  const events = fc.array(
    fc.record(
      {
        pause: fc.constantFrom(0, 0, 1, 1, 2, 4),
        tags: fc.subarray(["a", "b", "c", "d"], { minLength: 1 }),
        host: fc.constantFrom("x", "y"),
        pid: fc.subarray([1, 2], { minLength: 1 }),
      },
      { requiredKeys: ["pause", "tags"] },
    ),
    { minLength: 5, maxLength: 60 },
  );

  it("finds what each finds by itself", () => {
    fc.assert(
      fc.property(fc.array(queries, { minLength: 1, maxLength: 4 }), events, (asked, arrivals) => {
        let time = 0;
        const list = arrivals.map(({ pause, ...fields }): TestEvent => {
          time += pause;
          return { "@timestamp": time, ...fields };
        });
        const plans = asked.map(planOf);
        const { sequences, push } = watch(plans);
        const found = [...list.flatMap(push), ...sequences.finish()];
        plans.forEach((plan, sequence) => {
          const own = found.filter((each) => each.sequence === sequence);
          const hits = own.map(({ key, events: places }) => ({
            key,
            events: places.map((place) => (place === null ? null : list[place])),
          }));
          expect(hits).toEqual(runPlan(plan, list));
        });
      }),
      { numRuns: 500 },
    );
  });

  const at = (time: number, text: string, host = "x"): TestEvent => ({
    "@timestamp": time,
    tags: [...text],
    host,
  });

  it("asks for a step only while something waits for it", () => {
    const plans = [{ steps: ["a", "b", "c"], keys: [by("host")], maxspanMs: 10 }].map(planOf);
    const { push, armed } = watch(plans);
    const asked = (...list: TestEvent[]) => {
      const before = armed();
      const found = list.flatMap((event) => push(event, event["@timestamp"]));
      return [armed() - before, found.length];
    };
    expect(asked(at(0, "b"), at(0, "c"), at(0, "bc"))).toEqual([0, 0]);
    expect(asked(at(1, "a"), at(1, "c"))).toEqual([1, 0]);
    expect(asked(at(2, "b", "y"), at(3, "b"), at(3, "b"))).toEqual([2, 0]);
    expect(asked(at(4, "c"), at(4, "c"), at(4, "b"))).toEqual([1, 1]);
    // What waits too long is forgotten by and by, and waited for no more.
    expect(asked(at(5, "a"), at(20, "d"), at(21, "b"))).toEqual([1, 0]);
  });

  it("hears of what is certain though no step is met", () => {
    const { push } = watch([planOf({ steps: ["a", "!b"], keys: [by("host")], maxspanMs: 10 })]);
    const found = [at(1, "a"), at(11, "d"), at(12, "d")].map(push);
    expect(found).toEqual([[], [], [{ sequence: 0, key: ["x"], events: [0, null] }]]);
  });

  it("shares one bound, and tells which sequences have lost by it", () => {
    const few = planOf({ steps: ["a", "b"], keys: [by("host")] });
    const many = planOf({ steps: ["c", "d"], keys: [by("host")] });
    const { sequences, push } = watch([few, many], { maxBytes: 64 * 1_000 });
    push(at(0, "a"), 0);
    for (let index = 1; index <= 1_000; index += 1) push(at(index, "c", `h${index}`), index);
    expect(sequences.truncated).toEqual([1]);
    expect(sequences.records).toBeLessThan(500);
    expect(push(at(1_001, "b"), 1_001)).toEqual([{ sequence: 0, key: ["x"], events: [0, 1_001] }]);
  });

  it("refuses steps that share a condition's place", () => {
    const plan = planOf({ steps: ["a", "b"], keys: [] });
    const set = new ConditionSet(conditionsOf(plan));
    expect(() => new SequenceSet(set, [{ plan, conditions: [0, 0] }])).toThrow("of its own");
    expect(() => new SequenceSet(set, [{ plan, conditions: [0] }])).toThrow("of its own");
  });
});
