import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pipe, Predicate, SamplePlan, SequencePlan, Step } from "../ir/index.ts";
import {
  compareOrdered,
  type EventDocument,
  type JoinKey,
  joinKeys,
  matchSample,
  type OrderedEvent,
  type RunOptions,
  runPlan,
  SequenceMatcher,
  type StepHit,
} from "./index.ts";
import { hashWords } from "./sequences/keyed-hash.ts";
import { SequenceMemory } from "./sequences/memory.ts";

const anything: Predicate = { kind: "constant", value: true };
const step = (missing = false): Step => ({ condition: anything, keys: [], missing });
const planOf = (steps: string, maxspanMs?: number): SequencePlan => ({
  kind: "sequence",
  steps: [...steps].map((letter) => step(letter === "!")),
  pipes: [],
  ...(maxspanMs === undefined ? {} : { maxspanMs }),
});

/** `A1 k|B2 U3`: the letter is the step (U: until), the number the time in ms, `k|` the key; `AB1` meets both. */
function eventsOf(text: string, untilStep: number): (OrderedEvent & { readonly name: string })[] {
  return text.split(" ").map((word, event) => {
    const [first = "", second] = word.split("|");
    const name = second ?? first;
    const key: JoinKey = second === undefined ? [] : [first];
    const steps = [...name.replace(/[\d.]+$/, "")].map((letter) => ({
      step: letter === "U" ? untilStep : letter.charCodeAt(0) - 65,
      keys: [key],
    }));
    const time = BigInt(Math.round(Number(name.replace(/^[A-Z]+/, "")) * 1e6));
    return { event, name, time, tiebreaker: null, steps };
  });
}

function run(plan: SequencePlan, text: string): string {
  const matcher = new SequenceMatcher(plan);
  const events = eventsOf(text, plan.steps.length);
  const hits = events.flatMap((event) => [...matcher.push(event)]);
  const nameOf = (event: number | null) => (event === null ? "-" : events[event]?.name);
  return [...hits, ...matcher.finish()]
    .map(({ key, events: found }) =>
      [...key.map((value) => `${value}|`), found.map(nameOf).join(" ")].join(""),
    )
    .join(", ");
}

describe("the sequence state machine (eql-semantics 11)", () => {
  const two = planOf("AB");
  const three = planOf("ABC");
  const cases: readonly [name: string, plan: SequencePlan, events: string, hits: string][] = [
    ["replaces what waits", two, "A1 A2 B3", "A2 B3"],
    ["moves, does not copy", two, "A1 B2 B3", "A1 B2"],
    ["keeps the new first apart", three, "A1 B2 A3 C4", "A1 B2 C4"],
    ["overlaps across slots", three, "A1 B2 A3 C4 B5 C6", "A1 B2 C4, A3 B5 C6"],
    [
      "takes equal terms in turn",
      three,
      "ABC1 ABC2 ABC3 ABC4 ABC5",
      "ABC1 ABC2 ABC3, ABC2 ABC3 ABC4, ABC3 ABC4 ABC5",
    ],
    ["keeps keys apart", two, "x|A1 y|A2 y|B3 x|B4", "y|A2 B3, x|A1 B4"],
    ["allows equal times", two, "A1 B1", "A1 B1"],
    ["counts maxspan inclusively", planOf("AB", 5), "A1 B6", "A1 B6"],
    ["drops what is late", planOf("AB", 5), "A1 B7 B6", ""],
    ["compares nanoseconds", planOf("AB", 5), "A1 B6.000001", ""],
    ["measures maxspan from the first event", planOf("ABC", 5), "A1 B4 C7", ""],
    ["loses a replaced first event", planOf("ABC", 5), "A1 B5 A6 C7 B8", ""],
    ["clears at until", two, "A1 U2 B3", ""],
    ["lets until and the last term be one event", two, "A1 BU2 B3", "A1 BU2"],
    ["kills what until itself starts", two, "AU1 B2", ""],
    ["clears only the until event's key", two, "x|A1 y|A2 x|U3 x|B4 y|B5", "y|A2 B5"],
    [
      "keeps the events of many terms",
      planOf("ABCDEFGHIJ"),
      [...Array(12).keys()].map((time) => `ABCDEFGHIJ${time + 1}`).join(" "),
      [0, 1, 2]
        .map((from) => [...Array(10).keys()].map((n) => `ABCDEFGHIJ${from + n + 1}`).join(" "))
        .join(", "),
    ],
    ["runs with one stage only", planOf("A"), "A1 A2", "A1, A2"],
  ];
  it.each(cases)("%s", (_, plan, events, hits) => {
    expect(run({ ...plan, until: step() }, events)).toBe(hits);
  });
});

describe("missing events (eql-semantics 12)", () => {
  const cases: readonly [name: string, steps: string, events: string, hits: string][] = [
    ["inner: none between", "A!C", "A1 C3", "A1 - C3"],
    ["inner: one between", "A!C", "A1 B2 C3", ""],
    ["inner: at a neighbour's time", "A!C", "A1 B1 B3 C3", "A1 - C3"],
    ["inner: within the neighbour's millisecond", "A!C", "A1.1 B1.5 C3", "A1.1 - C3"],
    ["inner: judges each sequence alone", "AB!D", "AB1 AB2 C3 ABD4 D5", "AB2 ABD4 - D5"],
    ["leading: none before", "!B", "B1", "- B1"],
    ["leading: one before within maxspan", "!B", "A1 B6", ""],
    ["leading: long before", "!B", "A1 B12", "- B12"],
    ["leading: exactly maxspan before", "!B", "A1 B11", ""],
    ["leading: at the same time", "!B", "A1 B1", "- B1"],
    ["leading: an earlier one still counts", "!B", "A1 A3 B3", ""],
    ["leading: the span includes the events", "!BC", "A1 B9 C12", "- B9 C12"],
    ["leading: counts in whole milliseconds", "!B", "X0 A10 X10.1 B20.2", ""],
    ["trailing: none after", "A!", "A1", "A1 -"],
    ["trailing: one after within maxspan", "A!", "A1 B2", ""],
    ["trailing: exactly maxspan after", "A!", "A1 B11", ""],
    ["trailing: long after", "A!", "A1 B12", "A1 -"],
    ["trailing: at the same time", "A!", "A1 B1", "A1 -"],
    ["both: within maxspan together", "!B!", "A1 B5 C9", ""],
    ["both: longer than maxspan together", "!B!", "A1 B5 C12", "- B5 -"],
    ["both: one side open", "!B!", "B5 C6", "- B5 -"],
    ["keys are those of the step", "A!", "x|A1 y|B2", "x|A1 -"],
  ];
  it.each(cases)("%s", (_, steps, events, hits) => {
    expect(run(planOf(steps, 10), events)).toBe(hits);
  });

  it("is decided as soon as the stream has passed the span, and not before", () => {
    const matcher = new SequenceMatcher(planOf("A!", 10));
    const pushed = (text: string): number =>
      eventsOf(text, 2).reduce((sum, event) => sum + matcher.push(event).length, 0);
    expect(pushed("A1")).toBe(0);
    expect(pushed("X11")).toBe(0);
    expect(pushed("X11.5")).toBe(0);
    expect(pushed("X12")).toBe(1);
    expect(matcher.finish()).toEqual([]);
  });

  it("can leave what is undecided at the end unreported", () => {
    const matcher = new SequenceMatcher(planOf("A!", 10), { undecidedAtEnd: "drop" });
    for (const event of eventsOf("x|A1 y|A12", 2))
      expect(matcher.push(event)).toHaveLength(event.name === "A12" ? 1 : 0);
    expect(matcher.finish()).toEqual([]);
  });
});

/** Section 11.3 and 12.2 word for word, without any thought of speed or memory. */
function runNaively(
  plan: SequencePlan,
  events: readonly OrderedEvent[],
  undecidedAtEnd: "match" | "drop",
): unknown[] {
  const positive = plan.steps.flatMap(({ missing }, index) => (missing ? [] : [index]));
  const same = (left: JoinKey, right: JoinKey): boolean =>
    left.every((value, index) => value === right[index]);
  const slots = new Map<string, (OrderedEvent[] | undefined)[]>();
  const complete: { key: JoinKey; events: OrderedEvent[] }[] = [];
  for (const event of events) {
    for (let stage = positive.length - 1; stage >= 0; stage -= 1) {
      const keys = event.steps.find((hit) => hit.step === positive[stage])?.keys ?? [];
      for (const key of [...keys].sort()) {
        const text = JSON.stringify(key);
        const own = slots.get(text) ?? [];
        slots.set(text, own);
        const before = stage === 0 ? [] : own[stage - 1];
        if (before === undefined) continue;
        if (stage > 0) own[stage - 1] = undefined;
        const span = event.time - (before[0]?.time ?? event.time);
        if (plan.maxspanMs !== undefined && span > BigInt(plan.maxspanMs) * 1_000_000n) continue;
        if (stage === positive.length - 1) complete.push({ key, events: [...before, event] });
        else own[stage] = [...before, event];
      }
    }
    for (const key of event.steps.find((hit) => hit.step === plan.steps.length)?.keys ?? []) {
      slots.delete(JSON.stringify(key));
    }
  }
  const ms = (event: OrderedEvent | undefined): number => Number((event?.time ?? 0n) / 1_000_000n);
  const maxspan = plan.maxspanMs ?? 0;
  const end = ms(events.at(-1));
  const accepted = complete.filter((found) => {
    const first = ms(found.events[0]);
    const last = ms(found.events.at(-1));
    const leads: number[] = [];
    const trails: number[] = [];
    let isBroken = false;
    let stage = 0;
    let hasLeading = false;
    let hasTrailing = false;
    plan.steps.forEach(({ missing }, index) => {
      if (!missing) {
        stage += 1;
        return;
      }
      hasLeading ||= stage === 0;
      hasTrailing ||= stage === positive.length;
      for (const event of events) {
        const hit = event.steps.find((each) => each.step === index);
        if (hit?.keys.some((key) => same(key, found.key)) !== true) continue;
        const time = ms(event);
        if (stage === 0) {
          if (time < first) leads.push(time);
        } else if (stage === positive.length) {
          if (time > last) trails.push(time);
        } else if (time > ms(found.events[stage - 1]) && time < ms(found.events[stage])) {
          isBroken = true;
        }
      }
    });
    if (isBroken) return false;
    const lead = leads.length === 0 ? undefined : Math.max(...leads);
    const trail = trails.length === 0 ? undefined : Math.min(...trails);
    if (hasLeading && !hasTrailing) return lead === undefined || last - lead > maxspan;
    if (!hasTrailing || (hasLeading && lead === undefined)) return true;
    const since = hasLeading ? (lead ?? 0) : first;
    if (trail !== undefined) return trail - since > maxspan;
    return undecidedAtEnd === "match" || end > since + maxspan;
  });
  return accepted.map(({ key, events: found }) => {
    let stage = 0;
    const placed = plan.steps.map(({ missing }) =>
      missing ? null : (found[stage++]?.event ?? null),
    );
    return { key, events: placed };
  });
}

describe("the matcher and the text of the reference", () => {
  const plans = fc
    .record({
      steps: fc.constantFrom(
        "AB",
        "ABC",
        "A",
        "AAAA",
        "A!C",
        "!B",
        "!BC",
        "A!",
        "AB!",
        "!B!",
        "A!!D",
        "!!C!E!G",
      ),
      maxspanMs: fc.constantFrom(undefined, 1, 3, 10),
      hasUntil: fc.boolean(),
    })
    .map(({ steps, maxspanMs, hasUntil }): SequencePlan => {
      const plan = planOf(steps, steps.includes("!") ? (maxspanMs ?? 5) : maxspanMs);
      return hasUntil ? { ...plan, until: step() } : plan;
    });
  const keys = fc.uniqueArray(
    fc.constantFrom("x", "y", "", "\u00ff", "\u0100", `${"k".repeat(70)}1`, `${"k".repeat(70)}2`),
    { minLength: 1, maxLength: 2 },
  );
  const arrivals = fc.array(
    fc.record({
      pause: fc.constantFrom(0, 0, 300_000, 1_000_000, 1_000_000, 2_500_000, 20_000_000),
      hits: fc.array(fc.record({ step: fc.nat(7), keys }), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 5, maxLength: 60 },
  );

  it("agree on every stream", () => {
    fc.assert(
      fc.property(
        plans,
        arrivals,
        fc.constantFrom("match" as const, "drop" as const),
        (plan, list, undecidedAtEnd) => {
          let time = 0n;
          const events = list.map(({ pause, hits }, event): OrderedEvent => {
            time += BigInt(pause);
            const steps = new Map<number, StepHit>();
            for (const hit of hits) {
              const index = hit.step % (plan.steps.length + (plan.until === undefined ? 0 : 1));
              steps.set(index, { step: index, keys: hit.keys.map((key) => [key]) });
            }
            return { event, time, tiebreaker: null, steps: [...steps.values()] };
          });
          const memory = new SequenceMemory();
          const matcher = new SequenceMatcher(plan, { undecidedAtEnd }, memory);
          const hits = events.flatMap((event) => [...matcher.push(event)]);
          expect([...hits, ...matcher.finish()]).toEqual(runNaively(plan, events, undecidedAtEnd));
          expect(matcher.truncated).toBe(false);
          while (matcher.records > 0) matcher.giveUpOldest();
          expect(memory.cells.used).toBe(0);
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

describe("keys", () => {
  const long = "k".repeat(53);
  const cases: readonly [name: string, left: JoinKey, right: JoinKey, isSame: boolean][] = [
    ["numbers by value", [5], [5n], true],
    ["zeros", [-0], [0n], true],
    ["whole numbers past 2^53", [2 ** 60], [2n ** 60n], true],
    ["whole numbers that round to one another", [2n ** 60n], [2n ** 60n + 1n], false],
    ["a number and its text", [5], ["5"], false],
    ["null and no text", [null], [""], false],
    ["null and null", [null, "x"], [null, "x"], true],
    ["no values", [], [], true],
    ["borders between values", ["ab", "c"], ["a", "bc"], false],
    ["borders told by the text itself", ["as1:b"], ["a", "b"], false],
    ["lone surrogates", ["\ud800"], ["\udbff"], false],
    ["one byte and two", ["\u0041\u0042"], ["\u4241"], false],
    ["what fills a cell", [`${long}a`], [`${long}b`], false],
    ["zeros at the end", ["a"], ["a\0"], false],
    ["true and its text", [true], ["true"], false],
  ];
  it.each(cases)("%s", (_, left, right, isSame) => {
    const matcher = new SequenceMatcher(planOf("AB"));
    const at = (ms: number, index: number, key: JoinKey): OrderedEvent => ({
      event: ms,
      time: BigInt(ms) * 1_000_000n,
      tiebreaker: null,
      steps: [{ step: index, keys: [key] }],
    });
    matcher.push(at(1, 0, left));
    expect(matcher.push(at(2, 1, right))).toEqual(isSame ? [{ key: right, events: [1, 2] }] : []);
    // The key of what waits to be certain comes back from memory.
    const trailing = new SequenceMatcher(planOf("A!", 5));
    trailing.push(at(1, 0, left));
    expect(trailing.finish()).toEqual([
      { key: left.map((value) => (value === 0 ? 0 : value)), events: [1, null] },
    ]);
  });

  it("are hashed by HalfSipHash-1-3", () => {
    // The vectors of the Linux kernel: the bytes 0, 1, 2, …, with the key 00 01 … 07.
    const vectors = [0x5814c896, 0xe7e864ca, 0xbc4b0e30, 0x01539939, 0x7e059ea6, 0x88e3d89b];
    const bytes = new Uint8Array(64);
    const hashes = [...vectors, 0].map((_, length) => {
      bytes.fill(0);
      for (let at = 0; at < length; at += 1) bytes[at] = at;
      return hashWords(new Int32Array(bytes.buffer), length, [0x03020100, 0x07060504]) >>> 0;
    });
    expect(hashes).toEqual([...vectors, 0xa0080b65]);
    for (let at = 0; at < 63; at += 1) bytes[at] = at;
    const last = hashWords(new Int32Array(bytes.buffer), 63, [0x03020100, 0x07060504]) >>> 0;
    expect(last).toBe(0x87178304);
  });

  it("are found among any number of others, and leave nothing behind", () => {
    const memory = new SequenceMemory();
    const matcher = new SequenceMatcher(planOf("ABC"), {}, memory);
    const count = 10_000;
    const push = (step: number, from: number) => {
      let hits = 0;
      for (let index = 0; index < count; index += 1) {
        const key = [`k${(index * 7) % count}`, "x".repeat(index % 90)];
        const time = BigInt(from + index);
        const steps = [{ step, keys: [key] }];
        hits += matcher.push({ event: index, time, tiebreaker: null, steps }).length;
      }
      return hits;
    };
    expect([push(0, 0), push(1, count), push(2, 2 * count)]).toEqual([0, 0, count]);
    expect([matcher.records, memory.cells.used]).toEqual([0, 0]);
  });
});

describe("bounds", () => {
  const pushAll = (matcher: SequenceMatcher, text: string) =>
    eventsOf(text, 2).reduce((sum, event) => sum + matcher.push(event).length, 0);

  it("gives up the oldest pending sequences when its memory is full, and says so", () => {
    const matcher = new SequenceMatcher(planOf("AB"), { maxBytes: 64 * 1_000 });
    let pushed = 0;
    while (!matcher.truncated && pushed < 1_000) {
      expect(matcher.records).toBe(pushed);
      pushed += 1;
      pushAll(matcher, `k${pushed}|A${pushed}`);
    }
    // A record, its key, and a place in the table.
    expect(pushed).toBeGreaterThan(1_000 / 3);
    // So many are given up at once.
    expect(matcher.records).toBe(pushed - 32);
    expect(pushAll(matcher, "k32|B3000")).toBe(0);
    expect(pushAll(matcher, `k33|B3000 k34|B3000 k${pushed}|B3000`)).toBe(3);
  });

  it("gives up of the sequence that holds most, where several share a memory", () => {
    const memory = new SequenceMemory({ maxBytes: 64 * 1_000 });
    const [small, large] = [0, 0].map(() => new SequenceMatcher(planOf("AB"), {}, memory));
    if (small === undefined || large === undefined) throw new Error("unreachable");
    for (let index = 0; index < 10; index += 1) pushAll(small, `k${index}|A0`);
    for (let index = 1; index <= 1_000; index += 1) pushAll(large, `k${index}|A${index}`);
    expect([small.truncated, large.truncated]).toEqual([false, true]);
    // Both have the key, each its own.
    expect([pushAll(small, "k5|B2000"), pushAll(large, "k5|B2000")]).toEqual([1, 0]);
  });

  it("does not keep a key that is larger than the memory", () => {
    const matcher = new SequenceMatcher(planOf("AB"), { maxBytes: 64 * 1_000 });
    const key = "x".repeat(64_000);
    expect(pushAll(matcher, `y|A1 ${key}|A2 ${key}|B3 y|B4`)).toBe(1);
    expect(matcher.truncated).toBe(true);
  });

  it("rather misses a match than invents one, where a leading missing event is forgotten", () => {
    const matcher = new SequenceMatcher(planOf("!B", 1_000), { maxBytes: 64 * 100 });
    for (let index = 1; index <= 100; index += 1) pushAll(matcher, `k${index}|A${index}`);
    expect(matcher.truncated).toBe(true);
    const kept = matcher.records;
    expect(pushAll(matcher, "k1|B200 k100|B200")).toBe(0);
    // What was given up stands for all keys, until its time is over.
    const lost = 100 - kept;
    expect(pushAll(matcher, `new|B${lost + 1_000}`)).toBe(0);
    expect(pushAll(matcher, `new|B${lost + 1_001}`)).toBe(1);
  });

  it("gives up a complete sequence that may still be undone", () => {
    const matcher = new SequenceMatcher(planOf("A!", 1_000), { maxBytes: 64 * 100 });
    for (let index = 1; index <= 100; index += 1) pushAll(matcher, `k${index}|A${index}`);
    const kept = matcher.records;
    expect([matcher.truncated, kept < 100]).toEqual([true, true]);
    expect(pushAll(matcher, `k1|B200 k100|B200 X2000`)).toBe(kept - 1);
  });

  it("forgets what maxspan has ended without giving anything up", () => {
    const matcher = new SequenceMatcher(planOf("AB", 10), { maxBytes: 64 * 64 });
    for (let index = 0; index < 5_000; index += 1) {
      pushAll(matcher, `k${index}|A${index}`);
      expect(matcher.records).toBeLessThan(13);
    }
    expect(matcher.truncated).toBe(false);
  });
});

describe("joinKeys", () => {
  const keyStep = (...paths: string[]): Step => ({
    condition: anything,
    missing: false,
    keys: paths.map((path) => ({
      field: { path: path.replace("?", ""), type: path === "pid" ? "long" : "keyword" },
      optional: path.startsWith("?"),
    })),
  });
  const cases: readonly [name: string, step: Step, document: EventDocument, keys: JoinKey[]][] = [
    ["no keys", keyStep(), {}, [[]]],
    ["one value", keyStep("a"), { a: "x" }, [["x"]]],
    [
      "all combinations, each once",
      keyStep("a", "b"),
      { a: ["x", "y", "x", null], b: [1, 2] },
      [
        ["x", "1"],
        ["x", "2"],
        ["y", "1"],
        ["y", "2"],
      ],
    ],
    ["a required key without a value", keyStep("a", "b"), { a: "x", b: [null] }, []],
    ["an optional key without a value", keyStep("a", "?b"), { a: "x" }, [["x", null]]],
    ["numbers as the field has them", keyStep("pid"), { pid: [4, "4", "x"] }, [[4n]]],
  ];
  it.each(cases)("%s", (_, of, document, keys) => {
    expect(joinKeys(of, document)).toEqual(keys);
  });
});

describe("compareOrdered", () => {
  it("goes by time, then by tiebreaker, null last", () => {
    const at = (time: bigint, tiebreaker: bigint | string | null) => ({ time, tiebreaker });
    const sorted = [at(1n, null), at(1n, 10n), at(1n, 9n), at(0n, null), at(1n, null)].sort(
      compareOrdered,
    );
    expect(sorted).toEqual([at(0n, null), at(1n, 9n), at(1n, 10n), at(1n, null), at(1n, null)]);
  });
});

describe("matchSample (eql-semantics 13)", () => {
  const plan: SamplePlan = { kind: "sample", steps: [step(), step()], pipes: [] };
  const sampleEvent = (event: number, steps: number[], ...keys: JoinKey[]) => ({
    event,
    steps: steps.map((index) => ({ step: index, keys })),
  });
  const picks = (events: ReturnType<typeof sampleEvent>[], options = {}) =>
    matchSample(plan, events, options).map(({ key, events: found }) => [...key, ...found]);

  it("picks different events for the filters of each key, in the order of the keys", () => {
    const events = [
      sampleEvent(1, [0, 1], ["b"]),
      sampleEvent(2, [0], ["b"]),
      sampleEvent(3, [1], ["a"]),
      sampleEvent(4, [0], ["a"]),
      sampleEvent(5, [0, 1], [null]),
      sampleEvent(6, [0, 1], [null]),
      sampleEvent(7, [0, 1], ["c"]),
    ];
    expect(picks(events)).toEqual([
      [null, 5, 6],
      ["a", 4, 3],
      ["b", 2, 1],
    ]);
    expect(picks(events, { maxSamplesPerKey: 3, size: 2 })).toEqual([
      [null, 5, 6],
      [null, 6, 5],
    ]);
    expect(picks(events, { size: 0 })).toEqual([]);
  });

  it("orders numbers by value and false before true", () => {
    const keys: JoinKey[] = [[10n], [9n], [true], [false], ["\u{1f600}"], ["\uffff"]];
    const events = keys.flatMap((key, index) => [
      sampleEvent(index, [0], key),
      sampleEvent(index + 100, [1], key),
    ]);
    expect(picks(events).map(([key]) => key)).toEqual([
      false,
      true,
      9n,
      10n,
      "\uffff",
      "\u{1f600}",
    ]);
  });

  it("gives up where too many filters want too few events", () => {
    const filters = 12;
    const steps = Array.from({ length: filters }, (_, index) => index);
    const crowded: SamplePlan = { kind: "sample", steps: steps.map(() => step()), pipes: [] };
    const events = steps.slice(1).map((event) => sampleEvent(event, steps, ["k"]));
    expect(matchSample(crowded, events)).toEqual([]);
  });
});

describe("runPlan", () => {
  const documents = [
    { id: 3, "@timestamp": "2024-01-01T00:00:03Z" },
    { id: 1, "@timestamp": "2024-01-01T00:00:01Z" },
    { id: 5 },
    { id: 4, "@timestamp": "2024-01-01T00:00:03Z", n: 1 },
    { id: 2, "@timestamp": "2024-01-01T00:00:02Z" },
  ];
  const ids = (pipes: Pipe[], options: RunOptions = {}) =>
    runPlan({ kind: "event", condition: anything, pipes }, documents, options).map(
      ({ events }) => events[0]?.id,
    );
  const head = (count: number): Pipe => ({ kind: "head", count });
  const tail = (count: number): Pipe => ({ kind: "tail", count });

  it("orders events by time, those without one first", () => {
    expect(ids([])).toEqual([5, 1, 2, 3, 4]);
    expect(ids([], { tiebreakerField: "n" })).toEqual([5, 1, 2, 4, 3]);
  });

  it("applies pipes to the ascending list, and size from the side of the first", () => {
    expect(ids([head(4), tail(2)])).toEqual([2, 3]);
    expect(ids([head(0)])).toEqual([]);
    expect(ids([tail(0)])).toEqual([]);
    expect(ids([tail(20)], { size: 3 })).toEqual([2, 3, 4]);
    expect(ids([head(20)], { size: 3 })).toEqual([5, 1, 2]);
    expect(ids([], { size: 2 })).toEqual([3, 4]);
    expect(ids([], { size: 2, resultPosition: "head" })).toEqual([5, 1]);
  });

  it("leaves events without a time out of sequences", () => {
    const hits = runPlan(planOf("AB"), documents);
    expect(hits.map(({ events }) => events.map((event) => event?.id))).toEqual([
      [1, 2],
      [2, 3],
      [3, 4],
    ]);
  });
});
