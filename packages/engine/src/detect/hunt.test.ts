import { runPlan } from "@harrier/lang/match";
import { parseInstant } from "@harrier/lang/values";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AlertDocument } from "../alerts/index.ts";
import { inputFromBytes } from "../ingest/index.ts";
import { openFileSpool, type Spool } from "./spool.ts";
import { type Document, file, rule, run } from "./test-hunt.ts";

/** An event at a second of one minute. */
function at(second: number, fields: Document): Document {
  const time = `2026-05-01T10:00:${String(second).padStart(2, "0")}Z`;
  return { "@timestamp": time, event: { category: ["process"] }, host: { id: "h1" }, ...fields };
}

function labels(alerts: readonly AlertDocument[]): readonly unknown[] {
  return alerts.map((alert) => alert.label ?? "shell");
}

const sequence = `sequence by host.id with maxspan=1m
  [process where process.name : "a.exe"] [process where process.name : "b.exe"]`;
const a = (second: number, fields: Document = {}) =>
  at(second, { process: { name: "a.exe" }, label: `a${second}`, ...fields });
const b = (second: number, fields: Document = {}) =>
  at(second, { process: { name: "b.exe" }, label: `b${second}`, ...fields });

describe("single events", () => {
  test("alert in the order of the input, then of the rules", async () => {
    const rules = [
      rule(`process where process.name : "b*"`, { name: "one" }),
      rule(`process where process.name : "*.exe"`, { name: "two" }),
      rule(`any where process.name : "b*"`, { name: "three" }),
    ];
    const { alerts, summary } = await run(rules, [b(9), a(1)]);
    expect(alerts.map((alert) => [alert.label, alert["kibana.alert.rule.name"]])).toEqual([
      ["b9", "one"],
      ["b9", "two"],
      ["b9", "three"],
      ["a1", "two"],
    ]);
    expect(summary.rules.map((outcome) => outcome.kind === "fired" && outcome.alerts)).toEqual([
      1, 2, 1,
    ]);
    expect(summary).toMatchObject({
      alerts: 4,
      events: 2,
      firstTime: "2026-05-01T10:00:01.000Z",
      lastTime: "2026-05-01T10:00:09.000Z",
      alertsBySeverity: { low: 0, medium: 0, high: 4, critical: 0 },
      rulesBySeverity: { low: 0, medium: 0, high: 3, critical: 0 },
      inputs: { read: 2, failed: 0 },
    });
  });

  test("twelve rules that are all true for one event make twelve alerts (C59)", async () => {
    const rules = Array.from({ length: 12 }, (_, place) =>
      rule("process where true", { ruleId: `r${place}` }),
    );
    const { alerts } = await run(rules, [a(1)]);
    expect(alerts.map((alert) => alert["kibana.alert.rule.rule_id"])).toEqual(
      rules.map((each) => each.rule.ruleId),
    );
  });

  test("are made at the next tick of the rule's interval", async () => {
    const rules = [
      rule("any where true", { ruleId: "5m" }),
      rule("any where true", { ruleId: "1h", intervalMs: 3_600_000, from: "now-61m" }),
    ];
    const onTick = { "@timestamp": "2026-05-01T10:05:00Z" };
    const { alerts } = await run(rules, [a(1), onTick]);
    expect(alerts.map((alert) => alert["@timestamp"])).toEqual([
      "2026-05-01T10:05:00.000Z",
      "2026-05-01T11:00:00.000Z",
      "2026-05-01T10:05:00.000Z",
      "2026-05-01T11:00:00.000Z",
    ]);
  });

  test("without a time count as happening now", async () => {
    const now = parseInstant("2026-06-01T00:03:00Z") ?? 0n;
    const { alerts, summary } = await run([rule("any where true")], [{ label: "x" }], { now });
    expect(alerts[0]?.["@timestamp"]).toBe("2026-06-01T00:05:00.000Z");
    expect(alerts[0]).not.toHaveProperty(["kibana.alert.original_time"]);
    expect(summary.eventsWithoutTime).toBe(1);
    expect(summary.firstTime).toBeUndefined();
  });

  test("read twice alert once", async () => {
    const { alerts, summary } = await run([rule("process where true")], [a(1), b(2), a(1)]);
    expect(labels(alerts)).toEqual(["a1", "b2"]);
    expect(summary.duplicates).toBe(1);
    expect(summary.alerts).toBe(2);
  });

  test("outside of the range are counted and not matched; both ends belong to it", async () => {
    const { alerts, summary } = await run(
      [rule("any where true")],
      [a(1), a(2), a(3), a(4), { label: "timeless" }],
      {
        from: parseInstant("2026-05-01T10:00:02Z") ?? 0n,
        to: parseInstant("2026-05-01T10:00:03Z") ?? 0n,
      },
    );
    expect(labels(alerts)).toEqual(["a2", "a3"]);
    expect(summary).toMatchObject({ events: 5, eventsOutsideRange: 3, eventsWithoutTime: 1 });
    expect(summary.lastTime).toBe("2026-05-01T10:00:03.000Z");
  });

  test("beyond the limit are counted and not given out", async () => {
    const { alerts, summary } = await run(
      [rule("any where true"), rule(sequence)],
      [a(1), b(2), a(3)],
      { limit: 2 },
    );
    expect(labels(alerts)).toEqual(["a1", "b2"]);
    expect(summary).toMatchObject({ alerts: 4, alertsHeldBack: 2, buildingBlocks: 2 });
  });

  test("of a building block rule are counted apart", async () => {
    const { alerts, summary } = await run(
      [rule("any where true", { isBuildingBlock: true })],
      [a(1)],
    );
    expect(alerts).toHaveLength(1);
    expect(summary).toMatchObject({ alerts: 0, buildingBlocks: 1 });
    expect(summary.rules[0]).toMatchObject({ kind: "fired", alerts: 1 });
  });

  test("hosts with most alerts come first", async () => {
    const on = (name: string) => ({ host: { name } });
    const events = [a(1, on("h2")), a(2, on("h1")), a(3, on("h3")), a(4, on("h3"))];
    const { summary } = await run([rule("any where true")], events);
    expect(summary.topHosts).toEqual([
      { host: "h3", alerts: 2 },
      { host: "h1", alerts: 1 },
      { host: "h2", alerts: 1 },
    ]);
  });

  test("a rule does not feed on its own alerts", async () => {
    const compiled = rule("any where true", { ruleId: "r1" });
    const first = await run([compiled], [a(1)]);
    const { alerts, summary } = await run([compiled, rule("any where true")], [...first.alerts]);
    expect(alerts.map((alert) => alert["kibana.alert.depth"])).toEqual([2]);
    expect(summary.ownAlertsIgnored).toBe(1);
  });

  test("pipes take their part of all matches in the order of time", async () => {
    const rules = [
      rule("process where true | head 3 | tail 2", { ruleId: "r1" }),
      rule("process where true | tail 1", { ruleId: "r2" }),
      rule("process where true | head 0", { ruleId: "r3" }),
    ];
    const { alerts, summary } = await run(rules, [
      a(4),
      a(2),
      { label: "timeless", event: { category: "process" } },
      a(1),
      a(3),
    ]);
    expect(alerts.map((alert) => [alert["kibana.alert.rule.rule_id"], alert.label])).toEqual([
      ["r1", "a1"],
      ["r1", "a2"],
      ["r2", "a4"],
    ]);
    expect(summary.rules[2]?.kind).toBe("silent");
  });
});

describe("sequences", () => {
  test("are joined over files that are out of order; the shell comes before its blocks", async () => {
    const { alerts, summary } = await run(
      [rule(sequence)],
      [file("late", [b(9), b(2)]), file("early", [a(5), a(1)])],
    );
    expect(labels(alerts)).toEqual(["shell", "a1", "b2", "shell", "a5", "b9"]);
    expect(alerts[0]).toMatchObject({
      "@timestamp": "2026-05-01T10:05:00.000Z",
      "kibana.alert.original_time": "2026-05-01T10:00:02.000Z",
      host: { id: "h1" },
    });
    expect(summary).toMatchObject({ alerts: 2, buildingBlocks: 4, sequencesTruncated: false });
  });

  test("come after single events, in the order of their last event, then by rule id", async () => {
    const rules = [
      rule(sequence, { ruleId: "z" }),
      rule(`process where process.name : "b.exe"`, { ruleId: "single" }),
      rule(sequence, { ruleId: "k", name: "k" }),
    ];
    const { alerts } = await run(rules, [a(5), b(9), a(1), b(2)]);
    const shells = alerts.filter((alert) => alert["kibana.alert.group.index"] === undefined);
    expect(
      shells.map((alert) => [
        alert["kibana.alert.rule.rule_id"],
        alert["kibana.alert.original_time"],
      ]),
    ).toEqual([
      ["single", "2026-05-01T10:00:09.000Z"],
      ["single", "2026-05-01T10:00:02.000Z"],
      ["k", "2026-05-01T10:00:02.000Z"],
      ["z", "2026-05-01T10:00:02.000Z"],
      ["k", "2026-05-01T10:00:09.000Z"],
      ["z", "2026-05-01T10:00:09.000Z"],
    ]);
  });

  test("the same alerts, byte for byte, however the events are spread over files", async () => {
    const events = [a(1), b(2), a(3), b(4), a(7), b(5)];
    const whole = await run([rule(sequence)], [file("x", events)]);
    const spread = await run([rule(sequence)], [...events].reverse());
    expect(whole.alerts).toHaveLength(6);
    expect(JSON.stringify(spread.alerts)).toBe(JSON.stringify(whole.alerts));
  });

  test("respect the key and the order (C57)", async () => {
    const on = (id: string) => ({ host: { id } });
    const { alerts } = await run(
      [rule(sequence)],
      [a(1, on("h1")), b(11, on("h2")), b(20, on("h3")), a(30, on("h3"))],
    );
    expect(alerts).toEqual([]);
  });

  test("do not join by absent keys, unless they are optional (C07)", async () => {
    const steps = `with maxspan=5m [process where process.name:"a.exe"] [process where process.name:"b.exe"]`;
    const rules = [
      rule(`sequence by user.id ${steps}`, { ruleId: "required" }),
      rule(`sequence by ?user.id ${steps}`, { ruleId: "optional" }),
    ];
    const { alerts, summary } = await run(rules, [a(1), b(2)]);
    expect(alerts.map((alert) => alert["kibana.alert.rule.rule_id"])).toEqual([
      "optional",
      "optional",
      "optional",
    ]);
    expect(summary.rules[0]).toMatchObject({
      kind: "cannot-fire",
      reasons: [{ what: "field", field: "user.id" }],
    });
  });

  test("order equal times by the tiebreaker (C05)", async () => {
    const event = (tx: number, k: string, time: string, order: number) => ({
      "@timestamp": time,
      tx,
      k,
      event: { sequence: order },
      label: `${k}${tx}`,
    });
    const events = [
      event(8, "STAT", "2026-05-02T10:00:01.500Z", 3),
      event(8, "ERR", "2026-05-02T10:00:01.500Z", 2),
      event(8, "REQ", "2026-05-02T10:00:00.400Z", 1),
      event(7, "REQ", "2026-05-01T10:00:00.100Z", 1),
      event(7, "ERR", "2026-05-01T10:00:01.200Z", 2),
      event(7, "STAT", "2026-05-01T10:00:02.300Z", 3),
    ];
    const query = `sequence by tx [any where k=="REQ"] [any where k=="ERR"] [any where k=="STAT"]`;
    const { alerts } = await run([rule(query, { tiebreakerField: "event.sequence" })], events);
    expect(labels(alerts)).toEqual([
      ...["shell", "REQ7", "ERR7", "STAT7"],
      ...["shell", "REQ8", "ERR8", "STAT8"],
    ]);
    expect((await run([rule(query)], events)).alerts).toHaveLength(4);
  });

  test("are ordered by the rule's own timestamp field", async () => {
    const created = (event: Document, second: number) => ({
      ...event,
      event: { category: "process", created: `2026-05-01T10:00:${second}Z` },
    });
    const { alerts } = await run(
      [rule(sequence, { timestampField: "event.created" })],
      [created(a(9), 10), created(b(1), 20)],
    );
    expect(labels(alerts)).toEqual(["shell", "a9", "b1"]);
  });

  test("an event that clears comes between", async () => {
    const end = at(2, { event: { category: "process", type: "end" } });
    const query = `${sequence} until [process where event.type == "end"]`;
    expect((await run([rule(query)], [a(1), end, b(3)])).alerts).toEqual([]);
    expect((await run([rule(query)], [a(1), b(3)])).alerts).toHaveLength(3);
  });

  test("an event that was read twice does not follow itself", async () => {
    const twice = `sequence by host.id [process where process.name : "a.exe"] with runs=2`;
    const thrice = `sequence by host.id [process where process.name : "a.exe"] with runs=3`;
    expect((await run([rule(twice)], [a(1), a(1)])).alerts).toEqual([]);
    const doubled = [a(1), a(2), a(1), a(3), a(2), a(3)];
    expect(labels((await run([rule(thrice)], doubled)).alerts)).toEqual([
      "shell",
      "a1",
      "a2",
      "a3",
    ]);
  });

  test("events with other ids are others, however alike", async () => {
    const query = `sequence by host.id [process where process.name : "a.exe"] with runs=2`;
    const hit = (id: string) => ({ _index: "logs-x", _id: id, _source: a(1) });
    expect((await run([rule(query)], [hit("1"), hit("2")])).alerts).toHaveLength(3);
    expect((await run([rule(query)], [hit("1"), hit("1")])).alerts).toEqual([]);
  });

  test("leave out events without a time", async () => {
    const { "@timestamp": _, ...timeless } = a(1);
    const { alerts, summary } = await run([rule(sequence)], [timeless, b(2)]);
    expect(alerts).toEqual([]);
    expect(summary.eventsWithoutTime).toBe(1);
  });

  test("fields of any name are data", async () => {
    const query = `sequence by host.id [any where process.name : "a.exe"] [any where process.name : "b.exe"]`;
    const hostile = (name: string, second: number) =>
      inputFromBytes(
        name,
        `{"@timestamp":"2026-05-01T10:00:0${second}Z","__proto__":{"x":1},"host":{"id":"__proto__"},"process":{"name":"${name}"}}`,
      );
    const { alerts } = await run([rule(query)], [hostile("a.exe", 1), hostile("b.exe", 2)]);
    expect(alerts).toHaveLength(3);
    expect(JSON.stringify(alerts[0])).toContain('"__proto__":{"x":1}');
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  test("samples have blocks and a shell too", async () => {
    const query = `sample by host.id [process where process.name : "b.exe"] [process where process.name : "a.exe"]`;
    const { alerts } = await run([rule(query)], [a(1), b(2)]);
    expect(labels(alerts)).toEqual(["shell", "b2", "a1"]);
    expect(alerts[0]?.["kibana.alert.original_time"]).toBe("2026-05-01T10:00:02.000Z");
  });

  test("pipes take whole sequences", async () => {
    const { alerts } = await run([rule(`${sequence} | tail 1`)], [a(1), b(2), a(3), b(4)]);
    expect(labels(alerts)).toEqual(["shell", "a3", "b4"]);
  });
});

describe("a hunt finds what a search over the whole list finds", () => {
  const names = fc.constantFrom("a.exe", "b.exe", "c.exe");
  const events = fc.array(
    fc.record({ name: names, second: fc.nat(9), host: fc.subarray(["h1", "h2"]), pid: fc.nat(1) }),
    { maxLength: 14 },
  );
  const step = (name: string) => `[process where process.name : "${name}.exe"]`;
  const queries = [
    `sequence by host.id ${step("a")} ${step("b")}`,
    `sequence by host.id, process.pid with maxspan=4s ${step("a")} ${step("b")} ${step("a")}`,
    `sequence by ?host.id ${step("a")} with runs=2 ${step("*")}`,
    `sequence with maxspan=6s ${step("a")} ${step("b")} until ${step("c")}`,
    `sequence by host.id with maxspan=5s ${step("a")} !${step("c")} ${step("b")}`,
    `sequence by host.id with maxspan=5s !${step("c")} ${step("a")} ${step("b")}`,
    `sequence by host.id ${step("a")} ${step("*")} | head 2`,
    `sample by host.id ${step("a")} ${step("b")}`,
  ];

  test.each(queries)("%s", async (query) => {
    const compiled = rule(query);
    const { plan } = compiled;
    if (plan === undefined || !("pipes" in plan)) throw new Error("no plan of the language");
    await fc.assert(
      fc.asyncProperty(events, async (records) => {
        const documents = records.map(({ name, second, host, pid }, label) =>
          at(second, { process: { name, pid }, host: { id: host }, label }),
        );
        // A sample takes the first events it finds; a hunt has them in the order of time.
        const listed = plan.kind === "sample" ? sortByTime(documents) : documents;
        const expected = runPlan(plan, listed).map((hit) =>
          hit.events.flatMap((event) => (event === null ? [] : [event.label])),
        );
        const { alerts } = await run([compiled], [file("x", documents)]);
        const found: unknown[][] = [];
        for (const alert of alerts) {
          if (alert["kibana.alert.group.index"] === undefined) found.push([]);
          else found.at(-1)?.push(alert.label);
        }
        // Samples have an order of their own: by key.
        const order = plan.kind === "sample" ? sortByText : (lists: unknown[][]) => lists;
        expect(order(found)).toEqual(order(withoutRepeats(expected)));
      }),
      { numRuns: 15, seed: 20_260_501 },
    );
  });
});

/** The same events joined by two keys are one alert. */
function withoutRepeats(lists: unknown[][]): unknown[][] {
  return [...new Map(lists.map((list) => [String(list), list])).values()];
}

function sortByTime(documents: readonly Document[]): readonly Document[] {
  const timeOf = (document: Document) => String(document["@timestamp"]);
  return [...documents].sort((left, right) => timeOf(left).localeCompare(timeOf(right)));
}

function sortByText(lists: unknown[][]): unknown[][] {
  return [...lists].sort((left, right) => (String(left) < String(right) ? -1 : 1));
}

describe("missing events", () => {
  const query = `sequence by host.id with maxspan=30s
    [process where process.name : "a.exe"] ![process where process.name : "b.exe"]`;

  test("are missing when the last window ends after their time", async () => {
    const { alerts, summary } = await run([rule(query)], [a(1)]);
    expect(alerts.map((alert) => alert["kibana.alert.group.index"])).toEqual([undefined, 0]);
    expect(summary.sequencesUndecided).toBe(0);
    expect((await run([rule(query)], [a(1), b(20)])).alerts).toEqual([]);
  });

  test("are not decided before", async () => {
    const late = a(1, { "@timestamp": "2026-05-01T10:04:40Z" });
    const first = await run([rule(query)], [late]);
    expect(first.alerts).toEqual([]);
    expect(first.summary.sequencesUndecided).toBe(1);
    const more = [
      late,
      at(0, { "@timestamp": "2026-05-01T10:05:10Z", event: { category: "file" } }),
    ];
    expect((await run([rule(query)], more)).alerts).toHaveLength(2);
  });

  test("are decided at the end of the range, both sides of it", async () => {
    const to = (time: string) => ({ to: parseInstant(time) ?? 0n });
    const exact = await run([rule(query)], [a(1)], to("2026-05-01T10:00:31Z"));
    expect(exact.alerts).toHaveLength(2);
    const short = await run([rule(query)], [a(1)], to("2026-05-01T10:00:30.999Z"));
    expect(short.summary).toMatchObject({ alerts: 0, sequencesUndecided: 1 });
  });

  test("in the middle leave no block", async () => {
    const middle = `sequence by host.id with maxspan=30s [process where process.name : "a.exe"]
      ![process where process.name : "c.exe"] [process where process.name : "b.exe"]`;
    const { alerts } = await run([rule(middle)], [a(1), b(2)]);
    expect(labels(alerts)).toEqual(["shell", "a1", "b2"]);
    const c = at(2, { process: { name: "c.exe" } });
    expect((await run([rule(middle)], [a(1), c, b(3)])).alerts).toEqual([]);
  });
});

describe("index patterns", () => {
  const listed = rule("any where true", { ruleId: "listed", index: ["logs-a*"] });
  const inIndex = (index: string) => ({ _index: index, _source: a(1), _id: index });

  test("by default every rule sees every event, and an alert says where it should not", async () => {
    const { alerts } = await run(
      [listed, rule("any where true")],
      [inIndex("logs-a1"), inIndex("logs-b1"), a(2)],
    );
    expect(alerts.map((alert) => alert["harrier.alert.index_listed"])).toEqual([
      ...[undefined, undefined],
      ...[false, undefined],
      ...[false, undefined],
    ]);
  });

  test("strict: only what the rule lists", async () => {
    const rules = [listed, rule("any where true"), rule(sequence, { index: ["logs-a*"] })];
    const events = [
      inIndex("logs-a1"),
      inIndex("logs-b1"),
      a(2),
      { ...inIndex("logs-b2"), _source: b(3) },
    ];
    const { alerts, summary } = await run(rules, events, { indices: "strict" });
    expect(summary.rules.map((outcome) => (outcome.kind === "fired" ? outcome.alerts : 0))).toEqual(
      [1, 4, 0],
    );
    expect(alerts).toHaveLength(5);
    expect(summary.eventsWithoutIndex).toBe(1);
  });

  test("strict: a rule that saw no index cannot fire", async () => {
    const { summary } = await run([listed], [inIndex("logs-b1")], { indices: "strict" });
    expect(summary.rules[0]).toMatchObject({
      kind: "cannot-fire",
      reasons: [{ what: "source", field: "_index", values: ["logs-a*"] }],
    });
  });
});

describe("what became of the rules", () => {
  test("silent is not the same as unable, unsupported or broken", async () => {
    const rules = [
      rule(`process where process.name : "z.exe"`),
      rule(`process where registry.path : "*"`),
      rule("network where true"),
      rule("any where true", { type: "machine_learning" }),
      rule("any where true", { type: "esql" }),
      rule("process where process.name = "),
      rule(`sequence [process where process.name : "z.exe"] [file where true]`),
      rule("process where true"),
    ];
    const { summary } = await run(rules, [a(1)]);
    expect(summary.rules.map(({ kind }) => kind)).toEqual([
      "silent",
      "cannot-fire",
      "cannot-fire",
      "unsupported",
      "unsupported",
      "failed",
      "cannot-fire",
      "fired",
    ]);
    expect(summary.rules[1]).toMatchObject({
      reasons: [{ what: "field", field: "registry.path" }],
    });
    expect(summary.rules[2]).toMatchObject({
      reasons: [{ what: "category", field: "event.category", values: ["network"] }],
    });
    expect(summary.rules[3]).toMatchObject({ reason: "needs a machine-learning job" });
    expect(summary.rules[6]).toMatchObject({
      reasons: [{ what: "category", field: "event.category", values: ["file"] }],
    });
  });

  test("a rule that breaks is reported once and the others go on", async () => {
    const compiled = rule("process where true", { ruleId: "broken", name: "Broken" });
    const broken = Object.defineProperty({ ...compiled.rule }, "severityMapping", {
      get: (): never => {
        throw new Error("broken on purpose");
      },
    });
    const { alerts, summary } = await run(
      [{ ...compiled, rule: broken }, rule("process where true")],
      [a(1), a(2)],
    );
    expect(labels(alerts)).toEqual(["a1", "a2"]);
    expect(summary.rules[0]).toMatchObject({
      kind: "failed",
      diagnostics: [
        { code: "detect/rule-crashed", message: "`Broken` broke while it ran: broken on purpose" },
      ],
    });
  });
});

describe("the course of a hunt", () => {
  test("a signal ends it with what there is", async () => {
    const stop = new AbortController();
    const given: unknown[] = [];
    const { summary } = await run(
      [
        rule("process where true"),
        rule(sequence),
        rule(`${sequence} until [process where event.type == "end"]`),
      ],
      [a(1), b(2), a(3), b(4)],
      {
        signal: stop.signal,
        onAlert: (alert) => {
          given.push(alert.label ?? "shell");
          if (alert.label === "b2") stop.abort();
        },
      },
    );
    expect(given).toEqual(["a1", "b2", "shell", "a1", "b2"]);
    expect(summary).toMatchObject({ interrupted: true, alerts: 3, events: 2 });
  });

  test("alerts are handed over one at a time", async () => {
    let isBusy = false;
    let given = 0;
    await run([rule("process where true"), rule(sequence)], [a(1), b(2)], {
      onAlert: async () => {
        expect(isBusy).toBe(false);
        isBusy = true;
        await new Promise((resolve) => setImmediate(resolve));
        isBusy = false;
        given += 1;
      },
    });
    expect(given).toBe(5);
  });

  test("what fails outside is passed on, and the spool is closed all the same", async () => {
    let closed = 0;
    const openSpool = async (): Promise<Spool> => {
      const spool = await openFileSpool();
      return {
        ...spool,
        get end() {
          return spool.end;
        },
        close: () => {
          closed += 1;
          return spool.close();
        },
      };
    };
    const onAlert = () => {
      throw new Error("the disk is full");
    };
    const hunting = run([rule("process where true"), rule(sequence)], [a(1)], {
      openSpool,
      onAlert,
    });
    await expect(hunting).rejects.toThrow("the disk is full");
    expect(closed).toBe(1);
  });

  test("no spool without need", async () => {
    const openSpool = () => Promise.reject(new Error("not needed"));
    const { alerts } = await run([rule("process where true")], [a(1)], { openSpool });
    expect(alerts).toHaveLength(1);
  });

  test("records stop at their bound, and the summary says so", async () => {
    const rules = [rule(sequence), rule("process where true")];
    const { alerts, summary } = await run(rules, [a(1), b(2), a(3), b(4)], { maxRecordBytes: 200 });
    expect(labels(alerts)).toEqual(["a1", "b2", "a3", "b4", "shell", "a1", "b2"]);
    expect(summary.sequencesTruncated).toBe(true);
  });

  test("matches stop at their bound, and the summary says so", async () => {
    const { summary } = await run([rule(sequence)], [a(1), b(2), a(3), b(4)], { maxSequences: 1 });
    expect(summary).toMatchObject({ alerts: 1, sequencesTruncated: true });
  });

  test("findings and bytes of the inputs are in the summary", async () => {
    const progress: number[] = [];
    const text = `${JSON.stringify(a(1))}\n{broken}\n`;
    const { summary } = await run([rule("process where true")], [inputFromBytes("x", text)], {
      onProgress: ({ bytes, events, alerts }) => progress.push(bytes, events, alerts),
    });
    expect(summary).toMatchObject({
      bytes: text.length,
      findingsTotal: 1,
      findings: [{ input: "x", position: 2, code: "bad-json" }],
      inputs: { read: 1, failed: 0 },
      peakMemoryBytes: 1,
    });
    expect(progress.slice(-2)).toEqual([1, 1]);
  });

  test("an input in no known format has failed", async () => {
    const { summary } = await run([], [inputFromBytes("x", "hello"), file("y", [a(1)])]);
    expect(summary.inputs).toEqual({ read: 1, failed: 1 });
  });
});
