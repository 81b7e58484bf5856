import { createHash } from "node:crypto";
import { ecsSchema } from "@harrier/lang/ecs";
import type { EventDocument } from "@harrier/lang/match";
import { parseInstant } from "@harrier/lang/values";
import { describe, expect, test } from "vitest";
import { adHocRule } from "../rule-types/index.ts";
import type { Rule } from "../rules/index.ts";
import { enrich } from "./enrichments.ts";
import {
  type AlertContext,
  type AlertExtras,
  type AlertSuppression,
  buildAlert,
  buildRuleFields,
  buildSequenceAlerts,
  buildThresholdAlert,
  type ThresholdGroup,
} from "./index.ts";
import { type HashedValue, hashObject } from "./object-hash.ts";

const time = (text: string) => parseInstant(`2026-05-01T${text}Z`) ?? 0n;
const created = time("10:05:00");

function contextOf(changes: Partial<Rule>): AlertContext {
  const rule: Rule = {
    ...adHocRule("any where true"),
    id: "object-1",
    ruleId: "rule-1",
    name: "Odd Shell",
    severity: "high",
    riskScore: 73,
    ...changes,
  };
  const names = { category: "A Rule", ruleTypeId: "siem.aRule" };
  return { rule, ruleFields: buildRuleFields(rule, names), schema: ecsSchema };
}

function alertOn(document: EventDocument, changes: Partial<Rule>, extras: AlertExtras) {
  const source = { document, id: "e1", index: "logs-a", isIndexListed: true };
  const alert = buildAlert(contextOf(changes), source, created, extras);
  if (alert === undefined) throw new Error("no alert");
  return alert;
}

const suppression: AlertSuppression = {
  terms: [
    { field: "host.name", value: "h" },
    { field: "user.name", value: null },
  ],
  start: time("08:00:00"),
  end: time("09:30:00"),
  createdEnd: time("08:04:00"),
  docsCount: 7,
  lastDetected: time("09:35:00"),
};

describe("the hash of structured data", () => {
  // Worked out with the npm package object-hash 1.3.1, which Elastic uses.
  const cases: readonly (readonly [value: HashedValue, hash: string])[] = [
    [["a", "b"], "261a8a5c1c3774f3e2f341cd3a5aee290f30f049"],
    [["a", 1, null, true, ["x"]], "d4dcb6e5eacdd8daefb8bfda6a8816dbd139a61c"],
    [[{ field: "host.name", value: "h" }], "4be95b4a432bee0500a8f81a622a0da9eef9a48b"],
    [
      [
        [
          { field: "host.name", value: ["a", "b"] },
          { value: null, field: "x" },
        ],
        "rule",
        "default",
      ],
      "57def60e798f7ddb7260d7ca3c79659972ee03c2",
    ],
    [
      [
        "i",
        "d",
        "undefined",
        "default:r",
        [{ field: "f", value: 1.5 }],
        new Date(0),
        new Date(60000),
      ],
      "60b0e3997f27d4bfb75f9954d0651cb2524b3938",
    ],
    [[{ a: 1 }, { b: [true, null, "é"] }, {}, []], "df7aa296f8d1320dfc2a9e2804d5478ca7f4526c"],
  ];
  test.each(cases)("%j", (value, hash) => {
    expect(hashObject(value)).toBe(hash);
  });
});

describe("alerts about new terms", () => {
  const newTerms = ["root", "10.0.0.1", 5n];

  test("name the values, and have them in their id (4.3)", () => {
    const alert = alertOn({ user: { name: "root" } }, { type: "new_terms" }, { newTerms });
    expect(alert).toMatchObject({
      "kibana.alert.uuid": "61c7c09ac7c94e4fdd20b43262c2f103f968083a",
      "kibana.alert.new_terms": ["root", "10.0.0.1", 5],
      "kibana.alert.reason": "event by root created high alert Odd Shell.",
    });
  });

  test("keep that id when they stand for others", () => {
    const alert = alertOn({}, { type: "new_terms" }, { newTerms, suppression });
    expect(alert["kibana.alert.uuid"]).toBe("61c7c09ac7c94e4fdd20b43262c2f103f968083a");
  });

  test("whole numbers that JSON would round are written as text", () => {
    const alert = alertOn({}, { type: "new_terms" }, { newTerms: [2n ** 60n, -3n] });
    expect(alert["kibana.alert.new_terms"]).toEqual(["1152921504606846976", -3]);
  });
});

describe("alerts that stand for others (5)", () => {
  const fields = {
    "kibana.alert.instance.id": "1845659c51c7e58655390391c77751e2ce2dc750",
    "kibana.alert.suppression.terms": [
      { field: "host.name", value: "h" },
      { field: "user.name", value: null },
    ],
    "kibana.alert.suppression.start": "2026-05-01T08:00:00.000Z",
    "kibana.alert.suppression.end": "2026-05-01T09:30:00.000Z",
    "kibana.alert.suppression.docs_count": 7,
    "kibana.alert.last_detected": "2026-05-01T09:35:00.000Z",
    "kibana.alert.start": "2026-05-01T10:05:00.000Z",
  };

  test("of a query: the id has the group as it was when the alert was made", () => {
    for (const type of ["query", "saved_query"] as const) {
      expect(alertOn({}, { type }, { suppression })).toMatchObject({
        ...fields,
        "kibana.alert.uuid": "eca1982a64a49e0b938b4f1e041d839b3c75380c",
      });
    }
  });

  test("of other types: the id of the event", () => {
    const id = createHash("sha256").update("logs-ae1undefineddefault:object-1").digest("hex");
    for (const type of ["eql", "threat_match"] as const) {
      expect(alertOn({}, { type }, { suppression })).toMatchObject({
        ...fields,
        "kibana.alert.uuid": id,
      });
    }
  });

  test("of a sequence: the shell says so, its blocks do not; ids stay", () => {
    const context = contextOf({});
    const sources = ["e1", "e2"].map((id) => ({
      document: { host: { name: "h" } },
      id,
      index: "logs-a",
      isIndexListed: true,
    }));
    const plain = buildSequenceAlerts(context, sources, created);
    const standing = buildSequenceAlerts(context, sources, created, suppression);
    expect(standing?.shell).toEqual({ ...plain?.shell, ...fields });
    expect(standing?.blocks).toEqual(plain?.blocks);
  });

  test("whole lists are terms of their own", () => {
    const terms = [{ field: "host.name", value: ["a", "b"] }];
    const alert = alertOn({}, {}, { suppression: { ...suppression, terms } });
    expect(alert).toMatchObject({
      "kibana.alert.instance.id": "d1797beee12ff2f3b1b46125fe3f7bef1ec965d1",
      "kibana.alert.suppression.terms": terms,
    });
  });
});

describe("alerts about groups (3.2.5)", () => {
  const group: ThresholdGroup = {
    terms: [
      { field: "host.name", value: "h" },
      { field: "destination.port", value: 22n },
    ],
    count: 12,
    cardinality: { field: "user.name", value: 3 },
    first: time("10:00:00"),
    last: time("10:04:30.5"),
    events: [
      { id: "e1", index: "logs-a" },
      { id: "e2", index: "logs-b" },
    ],
    isIndexListed: true,
  };
  const rule: Partial<Rule> = { type: "threshold", index: ["logs-*", "winlogbeat-*"] };
  const sourceId = "9f3a99e9-a033-5bb5-8d66-a23f8f52cb15";
  const patterns = "logs-*,winlogbeat-*";

  test("carry the grouped values, what was counted, and nothing else of the events", () => {
    const alert = buildThresholdAlert(contextOf(rule), group, created);
    expect(alert).toMatchObject({
      "@timestamp": "2026-05-01T10:05:00.000Z",
      "host.name": "h",
      "destination.port": 22,
      "kibana.alert.original_time": "2026-05-01T10:04:30.500Z",
      "kibana.alert.ancestors": [{ id: sourceId, index: patterns, type: "event", depth: 0 }],
      "kibana.alert.depth": 1,
      "kibana.alert.threshold_result": {
        terms: [
          { field: "host.name", value: "h" },
          { field: "destination.port", value: 22 },
        ],
        count: 12,
        cardinality: [{ field: "user.name", value: 3 }],
        from: "2026-05-01T10:00:00.000Z",
      },
      "harrier.alert.events": group.events,
      "kibana.alert.reason": "event on h created high alert Odd Shell.",
      "kibana.alert.uuid": createHash("sha256")
        .update(`${patterns}${sourceId}undefineddefault:object-1`)
        .digest("hex"),
    });
    expect(alert["kibana.alert.instance.id"]).toBeUndefined();
    expect(Object.keys(alert)).not.toContain("harrier.alert.index_listed");
  });

  test("all events as one group: no terms, no cardinality", () => {
    const { cardinality: _, ...plain } = group;
    const alert = buildThresholdAlert(contextOf(rule), { ...plain, terms: [] }, created);
    expect(alert["kibana.alert.threshold_result"]).toEqual({
      terms: [],
      count: 12,
      from: "2026-05-01T10:00:00.000Z",
    });
    expect(alert["kibana.alert.reason"]).toBe("event created high alert Odd Shell.");
  });

  test("each run makes its own, with its own id; suppressed ones too", () => {
    const ids = [created, time("10:10:00")].map(
      (tick) => buildThresholdAlert(contextOf(rule), group, tick)["kibana.alert.uuid"],
    );
    expect(new Set(ids).size).toBe(2);
    const terms = group.terms;
    const alert = buildThresholdAlert(contextOf(rule), group, created, { ...suppression, terms });
    expect(alert).toMatchObject({
      "kibana.alert.uuid": "c411c6671ddb79133ea1091d9d1917859e266277",
      "kibana.alert.instance.id": "fb45564b4453a33fe0690b3cf5cb65abdb3358d3",
      "kibana.alert.suppression.terms": [
        { field: "host.name", value: "h" },
        { field: "destination.port", value: 22 },
      ],
    });
  });

  test("overrides find the grouped fields; building blocks and unlisted indices are marked", () => {
    const context = contextOf({
      ...rule,
      isBuildingBlock: true,
      ruleNameOverride: "host.name",
      severityMapping: [{ field: "destination.port", value: "22", severity: "critical" }],
      riskScoreMapping: [{ field: "user.name" }],
    });
    expect(buildThresholdAlert(context, { ...group, isIndexListed: false }, created)).toMatchObject(
      {
        "kibana.alert.rule.name": "h",
        "kibana.alert.severity": "critical",
        "kibana.alert.risk_score": 73,
        "kibana.alert.building_block_type": "default",
        "harrier.alert.index_listed": false,
      },
    );
  });
});

describe("enrichments (3.4.4)", () => {
  const match = (indicator: EventDocument, values: readonly (string | bigint)[] = ["v"]) => ({
    indicator,
    id: "i1",
    index: "feeds",
    field: "a.b",
    values,
  });
  const enriched = (document: EventDocument, indicator: EventDocument) =>
    enrich(document, [match(indicator)], "threat.indicator");
  const entry = (indicator: EventDocument, feed: EventDocument = {}) => ({
    indicator,
    feed,
    matched: { field: "a.b", atomic: "v", id: "i1", index: "feeds", type: "indicator_match_rule" },
  });

  test("stand where the event has its threat fields", () => {
    expect(enriched({ a: 1 }, {})).toEqual({ a: 1, "threat.enrichments": [entry({})] });
    expect(enriched({ threat: { x: 1 } }, {})).toEqual({
      threat: { x: 1, enrichments: [entry({})] },
    });
    expect(enriched({ threat: { enrichments: { old: 1 } } }, {})).toEqual({
      threat: { enrichments: [{ old: 1 }, entry({})] },
    });
    expect(enriched({ "threat.enrichments": [{ old: 1 }] }, {})).toEqual({
      "threat.enrichments": [{ old: 1 }, entry({})],
    });
  });

  test("the indicator's own object: the first of several, nothing where there is none", () => {
    const [first, second] = [{ ip: "203.0.113.5" }, { ip: "203.0.113.6" }];
    const of = (indicator: unknown) =>
      enriched({}, { threat: { indicator, feed: { name: "F" } } })["threat.enrichments"];
    expect(of([first, second])).toEqual([entry(first, { name: "F" })]);
    expect(of("text")).toEqual([entry({}, { name: "F" })]);
    expect(of(null)).toEqual([entry({}, { name: "F" })]);
  });

  test("all values that matched", () => {
    const document = enrich({}, [match({}, ["a", 5n])], "x");
    expect(document).toMatchObject({ "threat.enrichments": [{ matched: { atomic: ["a", 5] } }] });
  });

  test("keep in an alert what the indicator says, a block of addresses too", () => {
    const indicator = { threat: { indicator: { ip: "203.0.113.0/24", type: "ipv4-addr" } } };
    const alert = alertOn(
      { threat: { framework: "x" }, kibana: { alert: { uuid: "other" } } },
      { type: "threat_match" },
      { threat: { matches: [match(indicator)], indicatorPath: "threat.indicator" } },
    );
    const { feed: _, ...shown } = entry(indicator.threat.indicator);
    // The alert has no empty objects.
    expect(alert.threat).toEqual({ framework: "x", enrichments: [shown] });
  });
});
