import { describe, expect, test } from "vitest";
import type { AlertDocument } from "../alerts/index.ts";
import { type Document, file, keyword, rule, ruleWith, run } from "./test-hunt.ts";

const alertIndex = ".alerts-security.*";
const at = (time: string, fields: Document): Document => ({
  "@timestamp": `2026-05-01T${time}Z`,
  ...fields,
});
const nameOf = (alert: AlertDocument) => alert["kibana.alert.rule.name"];

const base = (name: string, query: string) =>
  rule(query, { ruleId: name, name, from: "now-10m", index: ["logs-*"] });
const reader = (name: string, query: string, index: readonly string[] = [alertIndex]) =>
  rule(query, { ruleId: name, name, from: "now-10m", index });

describe("rules that read alerts", () => {
  const events = [at("08:01:00", { a: 1, host: { name: "h" } }), at("08:02:00", { a: 2 })];

  test("alert about the alerts of the hunt, and not about their own", async () => {
    const { alerts, summary } = await run(
      [
        reader("on alerts", `any where kibana.alert.rule.name == "base"`),
        reader("on everything", `any where kibana.alert.depth > 0`),
        base("base", "any where a == 1"),
      ],
      [file("x", events)],
    );
    expect(alerts.map((alert) => [nameOf(alert), alert["kibana.alert.depth"]])).toEqual([
      ["base", 1],
      ["on alerts", 2],
      ["on everything", 3],
      ["on everything", 2],
    ]);
    const [first, second] = alerts;
    expect(second).toMatchObject({
      host: { name: "h" },
      "kibana.alert.original_time": "2026-05-01T08:05:00.000Z",
      "kibana.alert.ancestors": [
        { type: "event", depth: 0 },
        { id: first?.["kibana.alert.uuid"], type: "signal", depth: 1, rule: "base" },
      ],
    });
    expect(Object.keys(second ?? {}).filter((key) => key.startsWith("signal"))).toEqual([]);
    expect(summary).toMatchObject({ events: 2, alerts: 4, ownAlertsIgnored: 2 });
    expect(summary.lastTime).toBe("2026-05-01T08:02:00.000Z");
  });

  test("find alerts by the names before 8.0, and inside of lists", async () => {
    const threat = [
      { framework: "MITRE ATT&CK", tactic: { id: "TA0006", name: "Credential Access" } },
    ];
    const { alerts } = await run(
      [
        rule("any where a == 1", {
          ...base("base", "any where a == 1").rule,
          threat: threat.map((each) => ({
            ...each,
            tactic: { ...each.tactic, reference: "" },
            technique: [],
          })),
        }),
        reader("tactic", `any where signal.rule.threat.tactic.name == "Credential Access"`),
        reader(
          "severity",
          `any where signal.rule.severity == "high" and signal.status == "open"
          and signal.rule.id == "base"`,
        ),
      ],
      [file("x", events)],
    );
    expect(alerts.map(nameOf)).toEqual(["base", "tactic", "severity"]);
  });

  test("know alerts from files by both names, too", async () => {
    const alert = at("08:01:00", { "kibana.alert.uuid": "u", "kibana.alert.rule.name": "old" });
    const { alerts } = await run(
      [reader("both", `any where signal.rule.name == "old" and kibana.alert.rule.name == "old"`)],
      [file("x", [{ _index: ".alerts-security.alerts-default", _source: alert }])],
    );
    expect(alerts.map((each) => [nameOf(each), each["kibana.alert.depth"]])).toEqual([["both", 2]]);
  });

  test("that wait are decided after those that read events: a sequence of an event and an alert", async () => {
    const sequence = reader(
      "sequence",
      `sequence by host.name with maxspan=1h
         [any where a == 1 and kibana.alert.uuid == null]
         [any where kibana.alert.rule.name == "joined" and kibana.alert.group.index == null]`,
      ["logs-*", alertIndex],
    );
    const joined = base("joined", "sequence by host.name [any where a == 3] [any where a == 4]");
    const { alerts } = await run(
      [sequence, joined],
      [
        file("x", [
          at("08:01:00", { a: 1, host: { name: "h" } }),
          at("08:02:00", { a: 3, host: { name: "h" } }),
          at("08:03:00", { a: 4, host: { name: "h" } }),
        ]),
      ],
    );
    const shells = alerts.filter((alert) => alert["kibana.alert.group.index"] === undefined);
    expect(shells.map((alert) => [nameOf(alert), alert["kibana.alert.depth"]])).toEqual([
      ["joined", 2],
      ["sequence", 4],
    ]);
  });

  test("count alerts, in the run that first sees them", async () => {
    const counting = ruleWith(
      "any where kibana.alert.rule.rule_id != null",
      (condition) => ({
        kind: "threshold",
        condition,
        groupBy: [keyword("host.name")],
        count: 1,
        cardinality: { field: keyword("signal.rule.name"), count: 2 },
      }),
      { name: "two rules", from: "now-1h", index: [alertIndex] },
    );
    const { alerts } = await run(
      [base("one", "any where a > 0"), base("two", "any where a == 1"), counting],
      [file("x", events)],
    );
    const [alert] = alerts.filter((each) => nameOf(each) === "two rules");
    expect(alert).toMatchObject({
      "@timestamp": "2026-05-01T08:05:00.000Z",
      "kibana.alert.threshold_result": {
        terms: [{ field: "host.name", value: "h" }],
        count: 2,
        cardinality: [{ field: "signal.rule.name", value: 2 }],
      },
    });
  });

  test("share no records with rules that read events", async () => {
    const query = "sequence [any where host.name != null] [any where host.name != null]";
    const { alerts } = await run(
      [base("base", "any where a == 1"), base("events only", query), reader("both", query)],
      [file("x", events)],
    );
    expect(alerts.map(nameOf)).not.toContain("events only");
    expect(alerts.map(nameOf)).toContain("both");
  });

  test("hold to their patterns in strict hunts, where alerts are in the index of alerts", async () => {
    const { summary } = await run(
      [base("base", "any where a == 1"), reader("on alerts", "any where a == 1")],
      [file("x", [{ _index: "logs-x", _source: events[0] }])],
      { indices: "strict" },
    );
    expect(summary.rules).toMatchObject([
      { kind: "fired", alerts: 1 },
      { kind: "fired", alerts: 1 },
    ]);
  });

  test("read what --limit holds back, and only so deep", async () => {
    const readers = Array.from({ length: 8 }, (_, place) =>
      reader(
        `r${place}`,
        `any where kibana.alert.rule.name == "${place ? `r${place - 1}` : "base"}"`,
      ),
    );
    const { summary } = await run(
      [base("base", "any where a == 1"), ...readers],
      [file("x", events)],
      { limit: 1 },
    );
    expect(summary.alerts).toBe(6);
    expect(summary.alertsHeldBack).toBe(5);
  });
});
