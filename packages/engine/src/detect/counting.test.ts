import { formatInstant } from "@harrier/lang/values";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AlertDocument } from "../alerts/index.ts";
import type { Rule } from "../rules/index.ts";
import { conditionOf, type Document, file, instant, keyword, ruleWith, run } from "./test-hunt.ts";

const minutes = (count: number) => count * 60_000;
const clock = (time: string) => `2026-05-01T${time}Z`;
const at = (time: string, fields: Document = {}): Document => ({
  "@timestamp": clock(time),
  ...fields,
});

interface Counting {
  readonly by: readonly string[];
  readonly count: number;
  readonly cardinality?: { readonly field: string; readonly count: number };
}

function threshold({ by, count, cardinality }: Counting, changes: Partial<Rule> = {}) {
  return ruleWith(
    "any where true",
    (condition) => ({
      kind: "threshold",
      condition,
      groupBy: by.map(keyword),
      count,
      ...(cardinality === undefined
        ? {}
        : { cardinality: { field: keyword(cardinality.field), count: cardinality.count } }),
    }),
    changes,
  );
}

function newTerms(fields: readonly string[], history: string, changes: Partial<Rule> = {}) {
  return ruleWith(
    "any where true",
    (condition) => ({
      kind: "new_terms",
      condition,
      fields: fields.map(keyword),
      historyWindowStart: history,
    }),
    changes,
  );
}

/** What an alert of a group says: when it was made, of which values, how many, from when to when. */
function groupOf(alert: AlertDocument) {
  const result = alert["kibana.alert.threshold_result"];
  const time = (text: unknown) => String(text).slice(11, 19);
  return [
    time(alert["@timestamp"]),
    ...(result?.terms ?? []).map(({ value }) => value),
    result?.count,
    time(result?.from),
    time(alert["kibana.alert.original_time"]),
  ];
}

describe("threshold", () => {
  const perHost = threshold({ by: ["host.name"], count: 3 }, { from: "now-10m" });
  const on = (host: unknown, time: string, fields: Document = {}) =>
    at(time, { host: { name: host }, ...fields });

  test("twelve groups alert once each, whatever the overlap of runs (C23)", async () => {
    const hosts = Array.from({ length: 12 }, (_, place) => `h${String(place).padStart(2, "0")}`);
    const events = ["08:00:00", "08:01:00", "08:04:00"].flatMap((time) =>
      hosts.map((host) => on(host, time)),
    );
    const { alerts, summary } = await run([perHost], [file("x", events)]);
    expect(alerts.map(groupOf)).toEqual(
      hosts.map((host) => ["08:05:00", host, 3, "08:00:00", "08:04:00"]),
    );
    expect(summary).toMatchObject({ alerts: 12, duplicates: 0 });
  });

  test("a hunt over covered time makes the same alerts again, by their ids (C28)", async () => {
    const events = ["08:00:00", "08:01:00", "08:04:00"].map((time) => on("h1", time));
    const later = ["09:00:00", "09:01:00", "09:04:00"].map((time) => on("h1", time));
    const whole = await run([perHost], [file("x", [...events, ...later])]);
    const part = await run([perHost], [file("y", events), file("z", later)], {
      from: instant(clock("08:00:00")),
      to: instant(clock("08:10:00")),
    });
    expect(whole.alerts).toHaveLength(2);
    expect(part.alerts).toEqual([whole.alerts[0]]);
  });

  test("counts what no exception holds for, and an event on the seam once (C25)", async () => {
    const rule = {
      ...threshold({ by: ["host.name"], count: 5 }, { from: "now-10m" }),
      exception: conditionOf(`any where user.name == "svc-scan"`),
    };
    const event = (id: string, time: string, user = "mira") => ({
      _id: id,
      _index: "logs",
      _source: on("h1", time, { user: { name: user } }),
    });
    const before = ["08:56", "08:57", "08:58", "08:59", "09:00"].map((time, place) =>
      event(`a${place}`, `${time}:00`),
    );
    const after = [
      event("b0", "09:00:01"),
      event("b1", "09:01:00"),
      event("s0", "09:01:30", "svc-scan"),
      event("b2", "09:02:00"),
      event("s1", "09:02:30", "svc-scan"),
      event("b3", "09:03:00"),
      event("b4", "09:04:00"),
    ];
    const { alerts, summary } = await run([rule], [file("x", [...before, ...after])]);
    expect(alerts.map(groupOf)).toEqual([
      ["09:00:00", "h1", 5, "08:56:00", "09:00:00"],
      ["09:05:00", "h1", 5, "09:00:01", "09:04:00"],
    ]);
    expect(alerts[1]?.["harrier.alert.events"]).toEqual(
      ["b0", "b1", "b2", "b3", "b4"].map((id) => ({ id, index: "logs" })),
    );
    expect(summary.rules[0]).toMatchObject({ alerts: 2, leftOut: { excepted: 2 } });
  });

  test("events of two windows are not added up", async () => {
    // 08:05 sees [07:59, 08:05], 08:10 sees [08:04, 08:10].
    const rule = threshold({ by: ["host.name"], count: 3 });
    const spread = [on("h1", "08:03:00"), on("h1", "08:06:00"), on("h1", "08:07:00")];
    expect((await run([rule], spread)).alerts).toEqual([]);
    const near = [on("h1", "08:04:00"), on("h1", "08:06:00"), on("h1", "08:07:00")];
    expect((await run([rule], near)).alerts.map(groupOf)).toEqual([
      ["08:10:00", "h1", 3, "08:04:00", "08:07:00"],
    ]);
  });

  test("an event is in a group for each of its values, and in none without one", async () => {
    const rule = threshold({ by: ["host.name", "user.name"], count: 2 });
    const event = (time: string, host: unknown, user: unknown) =>
      on(host, time, { user: { name: user } });
    const { alerts } = await run(
      [rule],
      [
        event("08:00:00", ["a", "b", "a"], ["x", "y"]),
        event("08:01:00", "b", "y"),
        event("08:02:00", ["a", null], "x"),
        event("08:03:00", "b", []),
        on("b", "08:03:30"),
      ],
    );
    expect(alerts.map(groupOf)).toEqual([
      ["08:05:00", "b", "y", 2, "08:00:00", "08:01:00"],
      ["08:05:00", "a", "x", 2, "08:00:00", "08:02:00"],
    ]);
  });

  test("without fields all events are one group", async () => {
    const { alerts } = await run(
      [threshold({ by: [], count: 2 })],
      [on("a", "08:00:00"), at("08:01:00"), { label: "timeless" }],
    );
    expect(alerts.map(groupOf)).toEqual([["08:05:00", 2, "08:00:00", "08:01:00"]]);
    expect(alerts[0]?.["kibana.alert.threshold_result"]?.terms).toEqual([]);
  });

  test("different values are counted exactly, and both conditions must hold", async () => {
    const rule = threshold({
      by: ["host.name"],
      count: 2,
      cardinality: { field: "user.name", count: 3 },
    });
    const by = (user: unknown, time: string) => on("h", time, { user: { name: user } });
    const { alerts } = await run(
      [rule],
      [
        // [07:59, 08:05]: three events, two users.
        by("a", "08:00:00"),
        by("a", "08:01:00"),
        by("b", "08:04:30"),
        // [08:04, 08:10]: b, and the two of one event; an event without a user counts, too.
        by(["c", "d"], "08:06:00"),
        on("h", "08:07:00"),
      ],
    );
    expect(alerts.map(groupOf)).toEqual([["08:10:00", "h", 3, "08:04:30", "08:07:00"]]);
    expect(alerts[0]?.["kibana.alert.threshold_result"]?.cardinality).toEqual([
      { field: "user.name", value: 3 },
    ]);
  });

  test("an event that was read twice counts once", async () => {
    const twice = [on("h", "08:00:00"), on("h", "08:00:00"), on("h", "08:01:00")];
    expect((await run([perHost], twice)).alerts).toEqual([]);
    const other = { _id: "2", _index: "x", _source: on("h", "08:00:00") };
    expect((await run([perHost], [...twice, other])).alerts).toHaveLength(1);
  });

  test("values of different types are different groups; numbers are groups by value", async () => {
    const rule = threshold({ by: ["process.pid"], count: 2 });
    const typed = {
      ...rule,
      plan: {
        kind: "threshold" as const,
        condition: conditionOf("any where true"),
        groupBy: [{ path: "process.pid", type: "long" as const }],
        count: 2,
      },
    };
    const pid = (value: unknown, time: string) => at(time, { process: { pid: value } });
    const events = [pid(7, "08:00:00"), pid("7", "08:01:00"), pid(8, "08:02:00")];
    const { alerts } = await run([typed], events);
    expect(alerts.map(groupOf)).toEqual([["08:05:00", 7, 2, "08:00:00", "08:01:00"]]);
  });

  test("time is that of the override", async () => {
    const rule = threshold(
      { by: ["host.name"], count: 2 },
      { timestampOverride: "event.ingested" },
    );
    const ingested = (time: string) => ({ event: { ingested: clock(time) } });
    const { alerts } = await run(
      [rule],
      [on("h", "01:00:00", ingested("08:01:00")), on("h", "08:02:00")],
    );
    expect(alerts.map(groupOf)).toEqual([["08:05:00", "h", 2, "08:01:00", "08:02:00"]]);
  });

  test("the same alerts, byte for byte, in whatever order events are read", async () => {
    const events = ["a", "b"].flatMap((host) =>
      ["08:00:00", "08:01:00", "08:01:00"].map((time, label) => on(host, time, { label })),
    );
    const forth = await run([perHost], [file("x", events)]);
    const back = await run([perHost], [...events].reverse());
    expect(forth.alerts).toHaveLength(2);
    expect(JSON.stringify(back.alerts)).toBe(JSON.stringify(forth.alerts));
  });

  test("names no more events than it should, and counts all", async () => {
    const events = Array.from({ length: 700 }, (_, label) => on("h", "08:00:00", { label }));
    const { alerts } = await run([perHost], [file("x", events)]);
    expect(alerts[0]?.["kibana.alert.threshold_result"]?.count).toBe(700);
    expect(alerts[0]?.["harrier.alert.events"]).toHaveLength(500);
  });

  test("with max_signals the groups beyond it have their turn in the next run", async () => {
    const rule = threshold({ by: ["host.name"], count: 2 }, { from: "now-10m", maxSignals: 1 });
    const events = ["c", "a", "b", "d"].flatMap((host) => [
      on(host, "08:00:00"),
      on(host, "08:03:00"),
    ]);
    // 08:05 and 08:10 hold both events of each group, 08:15 holds neither.
    const { alerts, summary } = await run([rule], events, { keepsMaxSignals: true });
    expect(alerts.map(groupOf)).toEqual([
      ["08:05:00", "a", 2, "08:00:00", "08:03:00"],
      ["08:10:00", "b", 2, "08:00:00", "08:03:00"],
    ]);
    expect(summary.leftOut.capped).toBe(2);
  });

  test("cannot fire where no event has what it counts by", async () => {
    const rules = [
      threshold({ by: ["host.name"], count: 1 }),
      threshold({ by: [], count: 1, cardinality: { field: "user.name", count: 1 } }),
      threshold({ by: [], count: 9, cardinality: { field: "user.name", count: 0 } }),
    ];
    const { summary } = await run(rules, [at("08:00:00")]);
    expect(summary.rules).toMatchObject([
      { kind: "cannot-fire", reasons: [{ what: "field", field: "host.name" }] },
      { kind: "cannot-fire", reasons: [{ what: "field", field: "user.name" }] },
      { kind: "silent" },
    ]);
  });

  test("empty years between events take no time", async () => {
    const rule = threshold({ by: [], count: 2 }, { intervalMs: 1_000, from: "now-2s" });
    const events = ["1970-01-01", "1999-01-01", "2026-01-01"].flatMap((day) => [
      { "@timestamp": `${day}T00:00:00.100Z` },
      { "@timestamp": `${day}T00:00:00.200Z` },
    ]);
    expect((await run([rule], [file("x", events)])).alerts).toHaveLength(3);
  });
});

describe("new terms", () => {
  const perUser = newTerms(["user.name"], "now-1h", { from: "now-10m" });
  const by = (user: unknown, time: string, fields: Document = {}) =>
    at(time, { user: { name: user }, ...fields });
  const seen = (alert: AlertDocument) => [
    String(alert["@timestamp"]).slice(11, 19),
    ...(alert["kibana.alert.new_terms"] ?? []),
    String(alert["kibana.alert.original_time"]).slice(11, 19),
  ];

  test("a value alerts once, on its oldest event", async () => {
    const { alerts } = await run(
      [perUser],
      [by("b", "08:03:00"), by("a", "08:02:00"), by("a", "08:01:00"), by("a", "08:11:00")],
    );
    expect(alerts.map(seen)).toEqual([
      ["08:05:00", "a", "08:01:00"],
      ["08:05:00", "b", "08:03:00"],
    ]);
  });

  test("a value is new again after it was away for the whole history", async () => {
    // The run at 09:25 reads [09:15, 09:25] and looks back to 08:25: 08:24 is before, 08:25 is not.
    const away = await run([perUser], [by("a", "08:24:00"), by("a", "09:21:00")]);
    expect(away.alerts.map(seen)).toEqual([
      ["08:25:00", "a", "08:24:00"],
      ["09:25:00", "a", "09:21:00"],
    ]);
    // At 09:30 the history starts at 08:30, and the window still holds 09:21.
    const later = await run([perUser], [by("a", "08:25:00"), by("a", "09:21:00")]);
    expect(later.alerts.map(seen)).toEqual([
      ["08:25:00", "a", "08:25:00"],
      ["09:30:00", "a", "09:21:00"],
    ]);
    const never = await run([perUser], [by("a", "08:30:00"), by("a", "09:21:00")]);
    expect(never.alerts).toHaveLength(1);
  });

  test("an event exactly at the start of the window is not new", async () => {
    // Every fifth minute: [08:00, 08:04], [08:05, 08:09]: each instant lies in one window alone.
    const rule = newTerms(["user.name"], "now-1h", { from: "now-5m", to: "now-1m" });
    const { alerts } = await run([rule], [by("a", "08:00:00"), by("b", "08:00:00.001")]);
    expect(alerts.map(seen)).toEqual([["08:05:00", "b", "08:00:00"]]);
  });

  test("the history ends with the window, not with the run", async () => {
    // The run at 09:05 reads [08:54, 09:04] and looks back to 08:04.
    const rule = newTerms(["user.name"], "now-1h", { from: "now-11m", to: "now-1m" });
    const { alerts } = await run([rule], [by("a", "08:04:00"), by("a", "09:02:00")]);
    expect(alerts.map(seen)).toEqual([
      ["08:05:00", "a", "08:04:00"],
      ["09:10:00", "a", "09:02:00"],
    ]);
  });

  test("several fields are one term, several values are several", async () => {
    const rule = newTerms(["host.name", "user.name"], "now-1h");
    const event = (host: unknown, user: unknown, time: string) =>
      by(user, time, { host: { name: host } });
    const { alerts } = await run(
      [rule],
      [event("h", ["a", "b"], "08:01:00"), event(["h", "g"], "a", "08:02:00"), by("c", "08:03:00")],
    );
    expect(alerts.map(seen)).toEqual([
      ["08:05:00", "h", "a", "08:01:00"],
      ["08:05:00", "h", "b", "08:01:00"],
      ["08:05:00", "g", "a", "08:02:00"],
    ]);
    expect(new Set(alerts.map((alert) => alert["kibana.alert.uuid"])).size).toBe(3);
  });

  test("of events of one moment that with the lowest id is told", async () => {
    const event = (id: string) => ({ _id: id, _index: "x", _source: by("a", "08:01:00") });
    const ids = ["m", "b", "z"];
    for (const order of [ids, [...ids].reverse()]) {
      const { alerts } = await run([perUser], order.map(event));
      expect(alerts.map((alert) => alert["kibana.alert.ancestors"][0]?.id)).toEqual(["b"]);
    }
  });

  test("an excepted event is no history", async () => {
    const rule = { ...perUser, exception: conditionOf(`any where host.name == "lab"`) };
    const lab = by("a", "08:01:00", { host: { name: "lab" } });
    const { alerts, summary } = await run([rule], [lab, by("a", "08:21:00")]);
    expect(alerts.map(seen)).toEqual([["08:25:00", "a", "08:21:00"]]);
    expect(summary.leftOut.excepted).toBe(1);
  });

  test("what no window holds is history all the same", async () => {
    const rule = newTerms(["user.name"], "now-1h", { intervalMs: minutes(2), from: "now-1m" });
    const { alerts, summary } = await run([rule], [by("a", "08:00:30"), by("a", "08:01:30")]);
    expect(alerts).toEqual([]);
    expect(summary.leftOut.outsideWindows).toBe(1);
  });

  test("with max_signals a run takes the first by their values", async () => {
    const rule = newTerms(["user.name"], "now-1h", { from: "now-10m", maxSignals: 2 });
    const events = ["e", "d", "c", "b", "a"].map((user) => by(user, "08:01:00"));
    const { alerts, summary } = await run([rule], events, { keepsMaxSignals: true });
    expect(alerts.map(seen)).toEqual([
      ["08:05:00", "a", "08:01:00"],
      ["08:05:00", "b", "08:01:00"],
      ["08:10:00", "c", "08:01:00"],
      ["08:10:00", "d", "08:01:00"],
    ]);
    expect(summary.leftOut.capped).toBe(1);
  });

  test("cannot fire where no event has the fields", async () => {
    const { summary } = await run([perUser], [at("08:00:00")]);
    expect(summary.rules[0]).toMatchObject({
      kind: "cannot-fire",
      reasons: [{ what: "field", field: "user.name" }],
    });
  });
});

/**
 * The reference, run by run, as section 3 of detection-semantics tells it. Times are seconds after
 * ten o'clock, and a minute is a minute of that hour.
 */
describe("counting finds what one search after another finds", () => {
  interface Happening {
    readonly id: string;
    readonly second: number;
    readonly ingested: number | undefined;
    readonly hosts: readonly string[];
    readonly users: readonly string[];
  }
  interface Windows {
    readonly interval: number;
    readonly from: number;
    readonly to: number;
  }

  const happenings = fc
    .array(
      fc.record({
        second: fc.nat(40 * 60),
        ingested: fc.option(fc.nat(40 * 60), { nil: undefined, freq: 2 }),
        hosts: fc.subarray(["h1", "h2"]),
        users: fc.subarray(["u1", "u2", "u3"]),
      }),
      { maxLength: 30 },
    )
    .map((list) => list.map((each, place): Happening => ({ ...each, id: `e${place}` })));
  const windows = fc.record({
    interval: fc.constantFrom(2, 5),
    from: fc.constantFrom(1, 4, 6, 13),
    to: fc.constantFrom(0, 1),
  });
  const hasOverride = fc.boolean();

  const start = instant(clock("10:00:00"));
  const timeText = (second: number) => formatInstant(start + BigInt(second) * 1_000_000_000n);
  const documentOf = ({ id, second, ingested, hosts, users }: Happening): Document => ({
    _id: id,
    _index: "logs",
    _source: {
      "@timestamp": timeText(second),
      host: { name: hosts },
      user: { name: users },
      ...(ingested === undefined ? {} : { event: { ingested: timeText(ingested) } }),
    },
  });
  const changesFor = ({ interval, from, to }: Windows, isOverridden: boolean): Partial<Rule> => ({
    intervalMs: minutes(interval),
    from: `now-${from}m`,
    to: `now-${to}m`,
    ...(isOverridden ? { timestampOverride: "event.ingested" } : {}),
  });
  const runsOf = ({ interval, from, to }: Windows) =>
    Array.from({ length: Math.ceil(60 / interval) }, (_, place) => {
      const tick = place * interval * 60;
      return { tick, from: tick - from * 60, to: tick - to * 60 };
    });
  const pairsOf = ({ hosts, users }: Happening) =>
    hosts.flatMap((host) => users.map((user) => `${host} ${user}`));
  const sortTexts = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).sort();

  test("threshold", async () => {
    const counting = fc.record({
      isPerHost: fc.boolean(),
      count: fc.integer({ min: 1, max: 4 }),
      distinct: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        happenings,
        windows,
        hasOverride,
        counting,
        async (list, given, isOverridden, { isPerHost, count, distinct }) => {
          const timeOf = ({ second, ingested }: Happening) =>
            isOverridden ? (ingested ?? second) : second;
          const expected: unknown[] = [];
          let history = new Map<string, number>();
          for (const { tick, from, to } of runsOf(given)) {
            history = new Map([...history].filter(([, last]) => last >= from));
            const groups = new Map<string, Happening[]>();
            for (const event of list) {
              const time = timeOf(event);
              if (time < from || time > to) continue;
              for (const key of isPerHost ? event.hosts : [""]) {
                if (time <= (history.get(key) ?? Number.NEGATIVE_INFINITY)) continue;
                groups.set(key, [...(groups.get(key) ?? []), event]);
              }
            }
            for (const [key, events] of groups) {
              const users = new Set(events.flatMap((event) => event.users)).size;
              if (events.length < count || (distinct !== undefined && users < distinct)) continue;
              const times = events.map(timeOf).sort((left, right) => left - right);
              const [first = 0] = times;
              const last = times.at(-1) ?? 0;
              history.set(key, last);
              expected.push({
                at: timeText(tick),
                key,
                count: events.length,
                users: distinct === undefined ? undefined : users,
                from: timeText(first),
                last: timeText(last),
                ids: events.map(({ id }) => id).sort(),
              });
            }
          }
          const rule = threshold(
            {
              by: isPerHost ? ["host.name"] : [],
              count,
              ...(distinct === undefined
                ? {}
                : { cardinality: { field: "user.name", count: distinct } }),
            },
            changesFor(given, isOverridden),
          );
          const { alerts } = await run([rule], [file("x", list.map(documentOf))]);
          const found = alerts.map((alert) => {
            const result = alert["kibana.alert.threshold_result"];
            return {
              at: alert["@timestamp"],
              key: String(result?.terms[0]?.value ?? ""),
              count: result?.count,
              users: result?.cardinality?.[0]?.value,
              from: result?.from,
              last: alert["kibana.alert.original_time"],
              ids: (alert["harrier.alert.events"] ?? []).map(({ id }) => id).sort(),
            };
          });
          expect(sortTexts(found)).toEqual(sortTexts(expected));
        },
      ),
      { numRuns: 100, seed: 20_260_504 },
    );
  });

  test("new terms", async () => {
    const histories = fc.constantFrom(14, 20, 30);
    await fc.assert(
      fc.asyncProperty(
        happenings,
        windows,
        hasOverride,
        histories,
        async (list, given, isOverridden, history) => {
          const timeOf = ({ second, ingested }: Happening) =>
            isOverridden ? (ingested ?? second) : second;
          const expected = new Map<string, unknown>();
          for (const { tick, from, to } of runsOf(given)) {
            const between = (low: number) =>
              list.filter((event) => timeOf(event) >= low && timeOf(event) <= to);
            for (const pair of new Set(between(from).flatMap(pairsOf))) {
              const has = (event: Happening) => pairsOf(event).includes(pair);
              const firstSeen = Math.min(
                ...between(to - history * 60)
                  .filter(has)
                  .map(timeOf),
              );
              if (firstSeen <= from) continue;
              const [oldest] = between(from)
                .filter((event) => has(event) && timeOf(event) === firstSeen)
                .map(({ id }) => id)
                .sort();
              const key = `${oldest} ${pair}`;
              if (!expected.has(key)) expected.set(key, [timeText(tick), oldest, pair]);
            }
          }
          const rule = newTerms(
            ["host.name", "user.name"],
            `now-${history}m`,
            changesFor(given, isOverridden),
          );
          const { alerts } = await run([rule], [file("x", list.map(documentOf))]);
          const found = alerts.map((alert) => [
            alert["@timestamp"],
            alert["kibana.alert.ancestors"][0]?.id,
            alert["kibana.alert.new_terms"]?.join(" "),
          ]);
          expect(sortTexts(found)).toEqual(sortTexts([...expected.values()]));
        },
      ),
      { numRuns: 100, seed: 20_260_505 },
    );
  });
});
