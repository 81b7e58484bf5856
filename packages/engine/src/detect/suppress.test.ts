import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AlertDocument } from "../alerts/index.ts";
import type { CompiledRule } from "../rule-types/index.ts";
import type { RuleSuppression } from "../rules/index.ts";
import { type Suppressed, type Suppressible, suppress } from "./suppress.ts";
import { type Document, file, keyword, rule, ruleWith, run } from "./test-hunt.ts";

const at = (time: string, fields: Document = {}): Document => ({
  "@timestamp": `2026-05-01T${time}Z`,
  ...fields,
});

const suppressing = (settings: Partial<RuleSuppression>) => ({
  alertSuppression: { groupBy: [], missingFieldsStrategy: "suppress" as const, ...settings },
  from: "now-10m",
});

const queryRule = (settings: Partial<RuleSuppression>): CompiledRule =>
  ruleWith(
    "any where true",
    (condition) => ({ kind: "event", condition, pipes: [] }),
    suppressing(settings),
  );

/** When it was made, its terms, how many it stands for, from when to when, when one was last found. */
function groupOf(alert: AlertDocument) {
  const time = (field: string) => String(alert[field]).slice(11, 19);
  const terms = alert["kibana.alert.suppression.terms"];
  return [
    time("@timestamp"),
    Array.isArray(terms) ? terms.map(({ value }) => value) : "alone",
    alert["kibana.alert.suppression.docs_count"],
    time("kibana.alert.suppression.start"),
    time("kibana.alert.suppression.end"),
    time("kibana.alert.last_detected"),
  ];
}

async function groupsOf(compiled: CompiledRule, events: readonly Document[]) {
  const { alerts, summary } = await run([compiled], [file("x", events)]);
  return { groups: alerts.map(groupOf), suppressed: summary.leftOut.suppressed };
}

const on = (time: string, ...hosts: readonly unknown[]) =>
  at(time, { host: { name: hosts.length === 1 ? hosts[0] : hosts } });

describe("suppression of queries, as a store groups (5.3)", () => {
  test("each run makes one alert a group, of its oldest event", async () => {
    const events = [
      on("08:01:00", "a"),
      on("08:02:00", "b"),
      on("08:03:00", "a"),
      on("08:04:00", "a"),
      on("08:06:00", "a"),
    ];
    expect(await groupsOf(queryRule({ groupBy: ["host.name"] }), events)).toEqual({
      groups: [
        ["08:05:00", ["a"], 2, "08:01:00", "08:04:00", "08:05:00"],
        ["08:05:00", ["b"], 0, "08:02:00", "08:02:00", "08:05:00"],
        ["08:10:00", ["a"], 0, "08:06:00", "08:06:00", "08:10:00"],
      ],
      suppressed: 2,
    });
  });

  test("a duration is counted from the making of the alert, and does not slide", async () => {
    const events = ["08:01:00", "08:09:00", "08:15:00", "08:16:00", "08:21:00"].map((time) =>
      on(time, "a"),
    );
    const compiled = queryRule({ groupBy: ["host.name"], durationMs: 10 * 60_000 });
    expect(await groupsOf(compiled, events)).toEqual({
      groups: [
        // Made at 08:05: the run at 08:15 still adds to it, that at 08:20 does not.
        ["08:05:00", ["a"], 2, "08:01:00", "08:15:00", "08:15:00"],
        ["08:20:00", ["a"], 1, "08:16:00", "08:21:00", "08:25:00"],
      ],
      suppressed: 3,
    });
  });

  test("an event with several values is in several groups; a repeat counts once", async () => {
    const events = [on("08:01:00", "a", "b", "a"), on("08:02:00", "b"), on("08:02:00", "b")];
    expect(await groupsOf(queryRule({ groupBy: ["host.name"] }), events)).toEqual({
      groups: [
        ["08:05:00", ["a"], 0, "08:01:00", "08:01:00", "08:05:00"],
        ["08:05:00", ["b"], 1, "08:01:00", "08:02:00", "08:05:00"],
      ],
      suppressed: 1,
    });
  });

  test("a missing field is a value, or makes an ordinary alert", async () => {
    const events = [at("08:01:00"), on("08:02:00", "a"), at("08:03:00"), on("08:04:00", null)];
    expect((await groupsOf(queryRule({ groupBy: ["host.name"] }), events)).groups).toEqual([
      ["08:05:00", [null], 2, "08:01:00", "08:04:00", "08:05:00"],
      ["08:05:00", ["a"], 0, "08:02:00", "08:02:00", "08:05:00"],
    ]);
    const kept = queryRule({
      groupBy: ["host.name"],
      missingFieldsStrategy: "doNotSuppress",
    });
    const { alerts } = await run([kept], [file("x", events)]);
    expect(alerts.map((alert) => alert["kibana.alert.suppression.docs_count"])).toEqual([
      undefined,
      0,
      undefined,
      undefined,
    ]);
  });

  test("numbers are told from texts, and groups of several fields by all of them", async () => {
    const events = [1, "1", 1].map((port, place) =>
      at(`08:0${place}:01`, { port, host: { name: "a" } }),
    );
    expect((await groupsOf(queryRule({ groupBy: ["port", "host.name"] }), events)).groups).toEqual([
      ["08:05:00", [1, "a"], 1, "08:00:01", "08:02:01", "08:05:00"],
      ["08:05:00", ["1", "a"], 0, "08:01:01", "08:01:01", "08:05:00"],
    ]);
  });

  test("later runs do not change the id of an alert", async () => {
    const compiled = queryRule({ groupBy: ["host.name"], durationMs: 60 * 60_000 });
    const first = [on("08:01:00", "a"), on("08:02:00", "a")];
    const short = await run([compiled], [file("x", first)]);
    const long = await run([compiled], [file("x", [...first, on("08:30:00", "a")])]);
    expect(long.alerts.map((alert) => alert["kibana.alert.uuid"])).toEqual(
      short.alerts.map((alert) => alert["kibana.alert.uuid"]),
    );
    expect(long.alerts.map(groupOf)).toEqual([
      ["08:05:00", ["a"], 2, "08:01:00", "08:30:00", "08:30:00"],
    ]);
  });
});

describe("suppression of other types (5.4 to 5.6)", () => {
  test("EQL compares all values of a field as one, in any order", async () => {
    const compiled = rule("any where true", suppressing({ groupBy: ["host.name"] }));
    const events = [on("08:01:00", "a", "b"), on("08:02:00", "b", "a"), on("08:03:00", "a")];
    expect(await groupsOf(compiled, events)).toEqual({
      groups: [
        ["08:05:00", [["a", "b"]], 1, "08:01:00", "08:02:00", "08:05:00"],
        ["08:05:00", [["a"]], 0, "08:03:00", "08:03:00", "08:05:00"],
      ],
      suppressed: 1,
    });
  });

  test("sequences are grouped by what their events have in common; blocks only of survivors", async () => {
    const compiled = rule("sequence [any where a == 1] [any where a == 2]", {
      ...suppressing({ groupBy: ["host.name"] }),
      from: "now-9m",
    });
    const step = (time: string, a: number, host: string) => at(time, { a, host: { name: host } });
    const events = [
      step("08:01:00", 1, "h"),
      step("08:01:10", 2, "h"),
      step("08:02:00", 1, "h"),
      step("08:02:10", 2, "h"),
      step("08:03:00", 1, "h"),
      step("08:03:10", 2, "other"),
    ];
    const { alerts, summary } = await run([compiled], [file("x", events)]);
    const shells = alerts.filter((alert) => alert["kibana.alert.group.index"] === undefined);
    expect(shells.map(groupOf)).toEqual([
      ["08:05:00", [["h"]], 1, "08:01:00", "08:02:10", "08:05:00"],
      ["08:05:00", [null], 0, "08:03:00", "08:03:10", "08:05:00"],
    ]);
    expect(summary).toMatchObject({
      alerts: 2,
      buildingBlocks: 4,
      leftOut: { suppressed: 1 },
    });
  });

  test("a threshold alert stands for alerts, not for events", async () => {
    const compiled = ruleWith(
      "any where true",
      (condition) => ({
        kind: "threshold",
        condition,
        groupBy: [keyword("host.name")],
        count: 2,
      }),
      suppressing({ durationMs: 30 * 60_000 }),
    );
    const events = ["08:01:00", "08:02:00", "08:11:00", "08:12:00", "08:13:00"].map((time) =>
      on(time, "a"),
    );
    expect(await groupsOf(compiled, events)).toEqual({
      groups: [["08:05:00", ["a"], 1, "08:01:00", "08:13:00", "08:15:00"]],
      suppressed: 1,
    });
  });

  test("new terms: each value is an alert, grouped by the fields of its event", async () => {
    const compiled = ruleWith(
      "any where true",
      (condition) => ({
        kind: "new_terms",
        condition,
        fields: [keyword("user.name")],
        historyWindowStart: "now-7d",
      }),
      suppressing({ groupBy: ["host.name"] }),
    );
    const by = (time: string, user: string, host: string) =>
      at(time, { user: { name: user }, host: { name: host } });
    const events = [by("08:01:00", "u", "a"), by("08:02:00", "v", "a"), by("08:03:00", "w", "b")];
    const { alerts } = await run([compiled], [file("x", events)]);
    expect(alerts.map((alert) => [alert["kibana.alert.new_terms"], groupOf(alert)])).toEqual([
      [["u"], ["08:05:00", [["a"]], 1, "08:01:00", "08:02:00", "08:05:00"]],
      [["w"], ["08:05:00", [["b"]], 0, "08:03:00", "08:03:00", "08:05:00"]],
    ]);
  });
});

/**
 * Section 5.5 word for word: runs one after another over whole windows, with a store of alerts that
 * each looks into. One thing is ours: with a duration, what a run has folded into an alert is not
 * looked at again. Elastic's store forgets that once the alert's time is over, and alerts about it.
 */
interface Stored {
  readonly id: number;
  readonly group: string;
  readonly start: bigint;
  readonly created: bigint;
  end: bigint;
  docsCount: number;
}

interface Simulated {
  readonly time: number;
  readonly group: string;
}

const interval = 5;
const width = 10;

function simulate(events: readonly Simulated[], duration: number | undefined): readonly Stored[] {
  const alerts: Stored[] = [];
  const seen = new Set<number>();
  const last = events.reduce((latest, { time }) => Math.max(latest, time), 0);
  for (let tick = 0; tick < last + width + interval; tick += interval) {
    const windowStart = BigInt(tick - (duration ?? width));
    const found = events
      .map((event, id) => ({ ...event, id, at: BigInt(event.time) }))
      .filter(({ time }) => time >= tick - width && time <= tick)
      .filter(({ id }) => !alerts.some((alert) => alert.id === id))
      .filter(({ id }) => duration === undefined || !seen.has(id))
      .map((candidate) => ({ candidate, existing: newest(alerts, candidate.group, windowStart) }))
      .filter(({ candidate, existing }) => existing === undefined || existing.end < candidate.at)
      .sort((a, b) => a.candidate.time - b.candidate.time || a.candidate.id - b.candidate.id);
    for (const { candidate, existing } of found) {
      seen.add(candidate.id);
      const own = alerts.find(
        (alert) => alert.group === candidate.group && alert.created === BigInt(tick),
      );
      const standing = own ?? (duration === undefined ? undefined : existing);
      if (standing !== undefined) {
        standing.docsCount += 1;
        if (candidate.at > standing.end) standing.end = candidate.at;
      } else {
        const { id, group, at } = candidate;
        alerts.push({ id, group, start: at, created: BigInt(tick), end: at, docsCount: 0 });
      }
    }
  }
  return alerts;
}

function newest(alerts: readonly Stored[], group: string, from: bigint): Stored | undefined {
  return alerts.findLast((alert) => alert.group === group && alert.created >= from);
}

const describeSurvivors = ({ survivors }: Suppressed<number>): readonly Stored[] =>
  survivors.flatMap(({ candidate, suppression }) => {
    if (suppression === undefined) return [];
    const { terms, start, end, docsCount, lastDetected: _ } = suppression;
    const created = firstRun(Number(start));
    return [{ id: candidate, group: String(terms[0]?.value), start, created, end, docsCount }];
  });

const firstRun = (time: number) => BigInt(Math.ceil(time / interval) * interval);

const toSuppressible = ({ time, group }: Simulated, candidate: number): Suppressible<number> => ({
  candidate,
  tick: firstRun(time),
  identity: String(candidate),
  start: BigInt(time),
  end: BigInt(time),
  groups: [[{ field: "g", value: group }]],
});

const events = fc.array(fc.record({ time: fc.nat(60), group: fc.constantFrom("a", "b", "c") }), {
  maxLength: 40,
});

describe("suppression against a simulation of the runs", () => {
  test("agrees per execution and by duration", () => {
    fc.assert(
      fc.property(events, fc.constantFrom(undefined, 3, 10, 12, 30), (list, duration) => {
        const found = list.map(toSuppressible);
        const result = suppress(found, duration === undefined ? undefined : BigInt(duration));
        const byRun = (a: Stored, b: Stored) => Number(a.created - b.created) || a.id - b.id;
        expect([...describeSurvivors(result)].sort(byRun)).toEqual(
          [...simulate(list, duration)].sort(byRun),
        );
      }),
    );
  });

  test("nobody is lost, and what was suppressed once is not suppressed again", () => {
    fc.assert(
      fc.property(events, fc.constantFrom(undefined, 3n, 10n), (list, duration) => {
        const found = list.map(toSuppressible);
        const { survivors, suppressed } = suppress(found, duration);
        expect(survivors.length + suppressed).toBe(list.length);
        const counted = survivors.map(({ suppression }) => suppression?.docsCount ?? 0);
        expect(counted.reduce((a, b) => a + b, 0)).toBe(suppressed);
        const again = suppress(
          survivors.map(({ candidate }) => found[candidate]).filter((each) => each !== undefined),
          duration,
        );
        expect(again.survivors.map(({ candidate }) => candidate)).toEqual(
          survivors.map(({ candidate }) => candidate),
        );
        expect(again.suppressed).toBe(0);
      }),
    );
  });
});
