import { formatInstant } from "@harrier/lang/values";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AlertDocument } from "../alerts/index.ts";
import type { Rule } from "../rules/index.ts";
import { conditionOf, type Document, file, instant, rule, run } from "./test-hunt.ts";
import { compileMoment, makeSchedule } from "./windows.ts";

const minutes = (count: number) => count * 60_000;
const clock = (time: string, day = "2026-05-01") => `${day}T${time}Z`;

describe("windows", () => {
  const schedule = (intervalMs: number, from: string, to = "now") =>
    makeSchedule({ intervalMs, from, to });

  test.each([
    // [interval in minutes, from, to, event, tick, window]
    [5, "now-9m", "now", clock("10:01:00"), clock("10:05:00"), "09:56:00", "10:05:00"],
    [5, "now-9m", "now", clock("10:05:00"), clock("10:05:00"), "09:56:00", "10:05:00"],
    [5, "now-9m", "now", clock("10:05:00.000000001"), clock("10:10:00"), "10:01:00", "10:10:00"],
    [5, "now-9m", "now-1m", clock("10:04:30"), clock("10:10:00"), "10:01:00", "10:09:00"],
    [5, "now-9m", "now-1m", clock("10:04:00"), clock("10:05:00"), "09:56:00", "10:04:00"],
    [60, "now/d", "now", clock("22:30:00"), clock("23:00:00"), "00:00:00", "23:00:00"],
    [
      60,
      "now-1d/d",
      "now/d",
      clock("22:30:00", "2026-04-30"),
      clock("00:00:00"),
      undefined,
      "00:00:00",
    ],
    [
      7,
      "now-1M",
      "now",
      clock("00:00:00", "1970-01-01"),
      clock("00:00:00", "1970-01-01"),
      undefined,
      "00:00:00",
    ],
  ])("%i min, %s to %s: %s is found at %s", (interval, from, to, event, tick, start, end) => {
    const found = schedule(minutes(interval), from, to).runFor(instant(event));
    expect(formatInstant(found?.tick ?? 0n)).toBe(formatInstant(instant(tick)));
    if (start !== undefined) expect(formatInstant(found?.from ?? 0n)).toContain(`T${start}`);
    expect(formatInstant(found?.to ?? 0n)).toContain(`T${end}`);
  });

  test.each([
    [2, "now-1m", "now", clock("10:00:30"), false],
    [2, "now-1m", "now", clock("10:01:00"), true],
    [2, "now-1m", "now", clock("10:01:30"), true],
    [2, "now-1m", "now", clock("10:02:00.001"), false],
    // The run at midnight starts its day there: nothing looks at the last hour of the day before.
    [60, "now/d", "now", clock("23:30:00"), false],
    [5, "2026-05-01T10:00:00Z", "now", clock("09:59:59"), false],
    [5, "2026-05-01T10:00:00Z", "now", clock("10:00:00"), true],
    [5, "now-9m", "2026-05-01T10:00:00Z", clock("10:00:01"), false],
    [5, "now", "now-5m", clock("10:00:00"), false],
  ])("%i min, %s to %s: whether %s lies in one is %s", (interval, from, to, event, isSeen) => {
    const runs = schedule(minutes(interval), from, to);
    expect(runs.runFor(instant(event)) !== undefined).toBe(isSeen);
    expect(runs.isGapless).toBe(false);
  });

  test("are found at once at any distance in time", () => {
    const runs = schedule(1_000, "now-1M", "now");
    const end = 8_640_000_000_000_000n * 1_000_000n;
    expect(runs.runFor(0n)?.tick).toBe(0n);
    expect(runs.runFor(end)?.tick).toBe(end);
    expect(runs.runFor(-end)?.tick).toBe(-end);
  });

  test("date math that says nothing is a fault", () => {
    expect(() => compileMoment("now-")).toThrow("`now-` is no date math");
    expect(() => schedule(minutes(5), "yesterday")).toThrow("no date math");
  });

  const math = fc.constantFrom(
    "now-9m",
    "now-4m",
    "now-1h/h",
    "now/d",
    "now-1M",
    "now-1w+3d",
    "now",
  );
  const spans = fc.bigInt({ min: -1_000_000_000_000_000_000n, max: 2_000_000_000_000_000_000n });

  test("the first run is the one that a walk along the ticks finds", () => {
    fc.assert(
      fc.property(math, math, fc.constantFrom(5, 60, 1440), spans, (from, to, interval, time) => {
        const runs = schedule(minutes(interval), from, to);
        const found = runs.firstReaching(time);
        expect(found !== undefined && found.to >= time).toBe(true);
        if (found === undefined) return;
        expect(found.tick % BigInt(minutes(interval) * 1_000_000)).toBe(0n);
        expect(runs.runAt(found.tick - (runs.next(found).tick - found.tick)).to < time).toBe(true);
        expect(runs.runFor(time)).toEqual(found.from <= time ? found : undefined);
        if (runs.isGapless) expect(found.from <= time).toBe(true);
      }),
      { numRuns: 200, seed: 20_260_502 },
    );
  });
});

const at = (time: string, fields: Document = {}): Document => ({
  "@timestamp": clock(time),
  event: { category: "process" },
  label: time,
  ...fields,
});

function found(alerts: readonly AlertDocument[]): readonly unknown[] {
  return alerts.map((alert) => [alert.label, alert["@timestamp"]]);
}

describe("a hunt by schedule", () => {
  test("says of events outside every window that no run sees them", async () => {
    const short: Partial<Rule> = { intervalMs: minutes(2), from: "now-1m" };
    const rules = [
      rule("any where true", { ...short, ruleId: "event" }),
      rule("sequence [any where true] [any where true]", { ...short, ruleId: "joined" }),
      rule("any where true | head 9", { ...short, ruleId: "piped" }),
    ];
    const events = [at("10:00:30"), at("10:01:00"), at("10:01:30"), at("10:02:30")];
    const { alerts, summary } = await run(rules, events);
    expect(found(alerts).slice(0, 2)).toEqual([
      ["10:01:00", clock("10:02:00.000")],
      ["10:01:30", clock("10:02:00.000")],
    ]);
    expect(summary.rules).toMatchObject([
      { kind: "fired", alerts: 2, leftOut: { outsideWindows: 2 } },
      { kind: "fired", alerts: 1, leftOut: { outsideWindows: 2 } },
      { kind: "fired", alerts: 2, leftOut: { outsideWindows: 2 } },
    ]);
    expect(summary.leftOut.outsideWindows).toBe(6);
  });

  test("an event is found by the run that sees its override, else its time (C19)", async () => {
    const override = "event.ingested";
    const late = at("10:00:01", { event: { category: "process", ingested: clock("12:34:00") } });
    const broken = at("10:00:02", { event: { category: "process", ingested: "soon" } });
    const rules = [
      rule("any where true", { ruleId: "override", timestampOverride: override }),
      rule("any where true", {
        ruleId: "only",
        timestampOverride: override,
        timestampOverrideFallbackDisabled: true,
      }),
    ];
    const { alerts, summary } = await run(rules, [late, at("10:00:03"), broken]);
    expect(found(alerts)).toEqual([
      ["10:00:01", clock("12:35:00.000")],
      ["10:00:01", clock("12:35:00.000")],
      ["10:00:03", clock("10:05:00.000")],
      ["10:00:02", clock("10:05:00.000")],
    ]);
    expect(alerts[0]?.["kibana.alert.original_time"]).toBe(clock("10:00:01.000"));
    expect(summary.rules).toMatchObject([
      { alerts: 3, leftOut: { outsideWindows: 0 } },
      { alerts: 1, leftOut: { outsideWindows: 2 } },
    ]);
  });

  test("the override says which run sees a sequence, the time how it is ordered", async () => {
    const steps = `sequence [any where label == "one"] [any where label == "two"]`;
    const ingested = (time: string) => ({ event: { category: "process", ingested: clock(time) } });
    const events = [
      at("10:00:02", { label: "two", ...ingested("11:01:00") }),
      at("10:00:01", { label: "one", ...ingested("11:02:00") }),
    ];
    const { alerts } = await run([rule(steps, { timestampOverride: "event.ingested" })], events);
    expect(alerts.map((alert) => alert.label ?? "shell")).toEqual(["shell", "one", "two"]);
    expect(alerts[0]?.["@timestamp"]).toBe(clock("11:05:00.000"));
  });

  test("a sequence that no window holds is raised, and says so", async () => {
    const steps = `sequence [any where host.id == "a"] [any where host.id == "b"]`;
    const on = (id: string, time: string) => at(time, { host: { id } });
    // Runs at 10:05 and 10:10 look back six minutes: 09:59 and 10:04.
    const near = await run([rule(steps)], [on("a", "10:04:00"), on("b", "10:09:00")]);
    expect(near.alerts[0]).not.toHaveProperty(["harrier.alert.beyond_window"]);
    const far = await run([rule(steps)], [on("a", "10:03:59"), on("b", "10:09:00")]);
    expect(far.alerts.map((alert) => alert["harrier.alert.beyond_window"])).toEqual([
      true,
      undefined,
      undefined,
    ]);
    expect(far.alerts[0]?.["@timestamp"]).toBe(clock("10:10:00.000"));
  });

  test("what must not follow is missing for the run whose window has seen the whole span", async () => {
    const steps = `sequence with maxspan=3m [any where host.id == "a"] ![any where host.id == "b"]`;
    const events = [at("10:03:00", { host: { id: "a" } }), at("10:20:00", { host: { id: "c" } })];
    const { alerts } = await run([rule(steps, { from: "now-10m" })], events);
    expect(alerts[0]?.["@timestamp"]).toBe(clock("10:10:00.000"));
    expect(alerts[0]).not.toHaveProperty(["harrier.alert.beyond_window"]);
  });
});

describe("exceptions", () => {
  const exception = conditionOf(`any where user.name == "svc-scan"`);
  const by = (name: string, time: string, fields: Document = {}) =>
    at(time, { user: { name }, host: { id: "h" }, ...fields });

  test("keep events from single-event rules, and are counted", async () => {
    const excepting = { ...rule("any where true", { ruleId: "excepting" }), exception };
    const events = [by("svc-scan", "10:00:01"), by("mira", "10:00:02")];
    const { alerts, summary } = await run([excepting, rule("any where true")], events);
    expect(alerts.map((alert) => alert.label)).toEqual(["10:00:01", "10:00:02", "10:00:02"]);
    expect(summary.rules).toMatchObject([
      { kind: "fired", alerts: 1, leftOut: { excepted: 1 } },
      { kind: "fired", alerts: 2, leftOut: { excepted: 0 } },
    ]);
    const [all] = (await run([excepting], [by("svc-scan", "10:00:01")])).summary.rules;
    expect(all).toMatchObject({ kind: "silent", leftOut: { excepted: 1 } });
  });

  test("keep events from sequences before they are joined, from no other rule's", async () => {
    const pair = `sequence by host.id [any where true] [any where true]`;
    const excepting = { ...rule(pair, { ruleId: "excepting" }), exception };
    const events = [by("mira", "10:00:01"), by("svc-scan", "10:00:02")];
    const { summary } = await run([excepting, rule(pair)], events);
    expect(summary.rules).toMatchObject([
      { kind: "silent", leftOut: { excepted: 1 } },
      { kind: "fired", alerts: 1 },
    ]);
  });

  test("may take away what would have undone a sequence", async () => {
    const steps = `sequence with maxspan=1m [any where user.name == "mira"]
      ![any where user.name == "svc-scan"]`;
    const events = [by("mira", "10:00:01"), by("svc-scan", "10:00:02")];
    expect((await run([rule(steps)], events)).alerts).toEqual([]);
    const { alerts } = await run([{ ...rule(steps), exception }], events);
    expect(alerts).toHaveLength(2);
  });

  test("are not counted where the rule would not have seen the event", async () => {
    const strict = { ...rule("any where true", { index: ["logs-a"] }), exception };
    const { summary } = await run([strict], [by("svc-scan", "10:00:01")], { indices: "strict" });
    expect(summary.leftOut.excepted).toBe(0);
  });
});

describe("max_signals, where it is asked for", () => {
  const capped = { keepsMaxSignals: true };
  const query = (changes: Partial<Rule>) => {
    const compiled = rule("any where true", { maxSignals: 2, ...changes });
    return { ...compiled, rule: { ...compiled.rule, type: "query" as const } };
  };
  const events = ["10:01:00", "10:02:00", "10:03:00", "10:04:00", "10:04:30"].map((time) =>
    at(time),
  );

  test("a run keeps the oldest; the next sees what its window still holds", async () => {
    // 10:05 has [09:59, 10:05]: five, keeps two. 10:10 has [10:04, 10:10]: two that are no alerts yet.
    const { alerts, summary } = await run([query({})], [file("x", events)], capped);
    expect(found(alerts)).toEqual([
      ["10:01:00", clock("10:05:00.000")],
      ["10:02:00", clock("10:05:00.000")],
      ["10:04:00", clock("10:10:00.000")],
      ["10:04:30", clock("10:10:00.000")],
    ]);
    expect(summary.leftOut.capped).toBe(1);
    expect((await run([query({})], [file("x", events)])).alerts).toHaveLength(5);
  });

  test("EQL keeps the latest, and has room for no others beside them", async () => {
    const compiled = rule("any where true", { maxSignals: 2 });
    const { alerts, summary } = await run([compiled], [file("x", events)], capped);
    expect(found(alerts)).toEqual([
      ["10:04:00", clock("10:05:00.000")],
      ["10:04:30", clock("10:05:00.000")],
    ]);
    expect(summary.rules[0]).toMatchObject({ leftOut: { capped: 3 } });
  });

  test("a sequence is one", async () => {
    const pairs = rule(`sequence by host.id [any where true] [any where true]`, { maxSignals: 1 });
    const on = (id: string, time: string) => at(time, { host: { id } });
    const both = [
      on("a", "10:00:01"),
      on("a", "10:00:02"),
      on("b", "10:00:03"),
      on("b", "10:00:04"),
    ];
    const { summary } = await run([pairs], both, capped);
    expect(summary).toMatchObject({ alerts: 1, buildingBlocks: 2, leftOut: { capped: 1 } });
  });

  const times = fc.uniqueArray(fc.nat(40 * 60), { maxLength: 25 });
  const schedules = fc.record({
    interval: fc.constantFrom(2, 5),
    back: fc.constantFrom(5, 7, 12),
    maxSignals: fc.integer({ min: 1, max: 4 }),
    isLatest: fc.boolean(),
  });

  test("raises what one search after another would have raised", async () => {
    await fc.assert(
      fc.asyncProperty(
        times,
        schedules,
        async (seconds, { interval, back, maxSignals, isLatest }) => {
          const changes = { intervalMs: minutes(interval), from: `now-${back}m`, maxSignals };
          const compiled = isLatest ? rule("any where true", changes) : query(changes);
          const start = instant(clock("10:00:00"));
          const timeOf = (second: number) => start + BigInt(second) * 1_000_000_000n;
          const documents = seconds.map((second) => ({
            "@timestamp": formatInstant(timeOf(second)),
            second,
          }));

          const expected: unknown[] = [];
          const raised = new Set<number>();
          for (let minute = 0; minute <= 60; minute += interval) {
            const inWindow = [...seconds]
              .sort((left, right) => left - right)
              .filter((second) => second >= (minute - back) * 60 && second <= minute * 60);
            const fresh = inWindow.filter((second) => !raised.has(second));
            const kept = isLatest ? inWindow.slice(-maxSignals) : fresh.slice(0, maxSignals);
            for (const second of kept.filter((each) => !raised.has(each))) {
              raised.add(second);
              expected.push([second, formatInstant(timeOf(minute * 60))]);
            }
          }
          const { alerts, summary } = await run([compiled], [file("x", documents)], capped);
          const bySecond = (list: readonly unknown[]) =>
            [...list].sort((a, b) => (String(a) < String(b) ? -1 : 1));
          expect(bySecond(alerts.map((alert) => [alert.second, alert["@timestamp"]]))).toEqual(
            bySecond(expected),
          );
          expect(summary.leftOut.capped).toBe(seconds.length - raised.size);
        },
      ),
      { numRuns: 60, seed: 20_260_503 },
    );
  });
});
