import { createHash } from "node:crypto";
import { ecsSchema } from "@harrier/lang/ecs";
import type { EventDocument } from "@harrier/lang/match";
import { parseInstant } from "@harrier/lang/values";
import { describe, expect, test } from "vitest";
import { adHocRule } from "../rule-types/index.ts";
import type { Rule } from "../rules/index.ts";
import { cleanSource } from "./clean.ts";
import {
  type AlertContext,
  type AlertSource,
  buildAlert,
  buildRuleFields,
  buildSequenceAlerts,
} from "./index.ts";
import { intersectDocuments } from "./intersect.ts";
import { valueAt } from "./lookup.ts";
import { applyOverrides } from "./overrides.ts";
import { reasonText } from "./reason.ts";

const names = { category: "Event Correlation Rule", ruleTypeId: "siem.eqlRule" };
const created = parseInstant("2026-05-01T10:05:00Z") ?? 0n;

function makeRule(changes: Partial<Rule> = {}): Rule {
  return {
    ...adHocRule("any where true"),
    id: "object-1",
    ruleId: "rule-1",
    name: "Odd Shell",
    severity: "high",
    riskScore: 73,
    ...changes,
  };
}

function contextOf(rule: Rule): AlertContext {
  return { rule, ruleFields: buildRuleFields(rule, names), schema: ecsSchema };
}

function sourceOf(document: EventDocument, id = "e1", index = "logs-a"): AlertSource {
  return { document, id, index, isIndexListed: true };
}

function alertOn(document: EventDocument, rule: Rule = makeRule()) {
  const alert = buildAlert(contextOf(rule), sourceOf(document), created);
  if (alert === undefined) throw new Error("no alert");
  return alert;
}

function sequenceOf(documents: readonly (EventDocument | null)[], rule: Rule = makeRule()) {
  const sources = documents.map((document, place) =>
    document === null ? null : sourceOf(document, `e${place + 1}`),
  );
  const alerts = buildSequenceAlerts(contextOf(rule), sources, created);
  if (alerts === undefined) throw new Error("no alerts");
  return alerts;
}

/** The parts of an id are written out in the tests; only the hash is computed. */
function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function parse(json: string): EventDocument {
  return JSON.parse(json);
}

describe("ids (4.3)", () => {
  test("an event's alert: index, id, the word undefined, space and rule object id", () => {
    expect(alertOn({ a: 1 })["kibana.alert.uuid"]).toBe(
      sha256("logs-ae1undefineddefault:object-1"),
    );
  });

  test("blocks: ancestors and rule of every block, then the place; shell: all ancestors, then the rule", () => {
    const { shell, blocks } = sequenceOf([{ a: 1 }, { a: 2 }]);
    const base = "e1logs-aobject-1e2logs-aobject-1";
    const [first, second] = [sha256(`${base}0`), sha256(`${base}1`)];
    expect(blocks.map((block) => block["kibana.alert.uuid"])).toEqual([first, second]);
    const shellId = sha256(`e1logs-a${first}e2logs-a${second}object-1`);
    expect(shell["kibana.alert.uuid"]).toBe(shellId);
    expect(shell["kibana.alert.group.id"]).toBe(shellId);
    expect(blocks.map((block) => block["kibana.alert.group.id"])).toEqual([shellId, shellId]);
  });

  test("another rule object makes another alert, an edited rule the same", () => {
    const id = alertOn({})["kibana.alert.uuid"];
    expect(alertOn({}, makeRule({ id: "object-2" }))["kibana.alert.uuid"]).not.toBe(id);
    expect(alertOn({}, makeRule({ name: "Renamed", version: 9 }))["kibana.alert.uuid"]).toBe(id);
  });
});

describe("reason (4.5)", () => {
  const reason = (document: EventDocument) => reasonText(document, "high", "Odd Shell");

  test("every part", () => {
    const document = {
      event: { category: ["process", "network"] },
      process: { name: "nc.exe", parent: { name: "cmd.exe" } },
      file: { name: "a.txt" },
      source: { ip: "10.0.0.1", port: 5000 },
      destination: { ip: "10.0.0.2", port: 443 },
      user: { name: "mira" },
      host: { name: "lab-1" },
    };
    expect(reason(document)).toBe(
      "process, network event with process nc.exe, parent process cmd.exe, file a.txt," +
        " source 10.0.0.1:5000, destination 10.0.0.2:443, by mira on lab-1 created high alert Odd Shell.",
    );
  });

  test("nothing but the rule", () => {
    expect(reason({})).toBe("event created high alert Odd Shell.");
  });

  test("without things there is no `with`", () => {
    expect(reason({ "event.category": "authentication", "host.name": "lab-1" })).toBe(
      "authentication event on lab-1 created high alert Odd Shell.",
    );
  });

  test("`-` and empty text count as absent, also in lists; a port needs an address", () => {
    const document = {
      user: { name: "-" },
      host: { name: "" },
      process: { name: ["-", "a.exe", "b.exe"] },
      source: { port: 80 },
      destination: { ip: "10.0.0.2" },
    };
    expect(reason(document)).toBe(
      "event with process a.exe, b.exe, destination 10.0.0.2 created high alert Odd Shell.",
    );
  });

  test("hostile text stays as it is", () => {
    const name = "\u001b[2J<script>\u202e$(x)\n|a|";
    expect(reason({ process: { name } })).toBe(
      `event with process ${name}, created high alert Odd Shell.`,
    );
  });
});

describe("cleaning (4.1)", () => {
  const clean = (document: EventDocument) => cleanSource(document, ecsSchema);

  test.each<[string, EventDocument, EventDocument]>([
    ["fields of alerts", { kibana: { x: 1 }, "kibana.alert.uuid": "u", signal: { a: 1 } }, {}],
    ["threshold results", { threshold_result: { count: 1 }, a: 1 }, { a: 1 }],
    ["a name that only begins alike", { kibanana: 1 }, { kibanana: 1 }],
    ["empty lists and objects", { a: [], b: {}, c: { d: [[], {}] }, e: "" }, { e: "" }],
    ["text in a number", { process: { pid: "x", name: "a" } }, { process: { name: "a" } }],
    ["numbers as text", { process: { pid: "12" } }, { process: { pid: "12" } }],
    ["no address", { source: { ip: "here", port: 1 } }, { source: { port: 1 } }],
    ["items one by one", { host: { ip: ["10.0.0.1", "x"] } }, { host: { ip: ["10.0.0.1"] } }],
    [
      "no date",
      { event: { created: "soon", ingested: "2026-05-01" } },
      { event: { ingested: "2026-05-01" } },
    ],
    ["no boolean", { process: { interactive: "maybe" } }, {}],
    ["boolean as text", { process: { interactive: "true" } }, { process: { interactive: "true" } }],
    ["an object for a scalar", { process: { name: { first: "a" } } }, {}],
    [
      "a scalar for an object",
      { process: "a", host: [{ name: "h" }, 3] },
      { host: [{ name: "h" }] },
    ],
    ["a key below a scalar", { "process.name.first": "a", "process.pid": 1 }, { "process.pid": 1 }],
    [
      "fields unknown to ECS",
      { shop: { pid: "x", list: [1, "a"] } },
      { shop: { pid: "x", list: [1, "a"] } },
    ],
    [
      "an own field in a field set",
      { process: { Ext: { pid: { a: 1 } } } },
      { process: { Ext: { pid: { a: 1 } } } },
    ],
    [
      "places on earth",
      { source: { geo: { location: { lat: 1, lon: 2 } } } },
      { source: { geo: { location: { lat: 1, lon: 2 } } } },
    ],
    ["null", { process: { pid: null } }, { process: { pid: null } }],
  ])("%s", (_, document, expected) => {
    expect(clean(document)).toEqual(expected);
  });

  test("`__proto__` is data", () => {
    const document = parse('{"__proto__": {"polluted": 1}, "a": {"__proto__": {"b": 2}, "c": 3}}');
    expect(JSON.stringify(clean(document))).toBe(
      '{"__proto__":{"polluted":1},"a":{"__proto__":{"b":2},"c":3}}',
    );
    expect(JSON.stringify(alertOn(document))).toContain('"__proto__":{"polluted":1}');
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("nesting without end", () => {
    let deep: EventDocument = { end: 1 };
    for (let level = 0; level < 900; level += 1) deep = { a: deep };
    expect(clean(deep)).toEqual(deep);
  });
});

describe("the document (4.1, 4.2)", () => {
  test("the source under the alert's fields", () => {
    const rule = makeRule({
      tags: ["t"],
      index: ["logs-*"],
      note: "## Triage",
      parameters: {
        rule_id: "rule-1",
        author: ["Harrier"],
        references: ["https://example.com"],
        license: "Apache-2.0",
        interval: "5m",
        meta: { from: "4m" },
      },
    });
    const document = {
      "@timestamp": "2026-05-01T10:02:03.123456789Z",
      event: { kind: "event", action: "start", category: ["process"] },
      data_stream: { dataset: "endpoint.events.process" },
      process: { name: "nc.exe" },
    };
    const alert = alertOn(document, rule);
    expect(alert).toMatchObject({
      "@timestamp": "2026-05-01T10:05:00.000Z",
      "event.kind": "signal",
      event: { action: "start", category: ["process"] },
      process: { name: "nc.exe" },
      "kibana.alert.original_time": "2026-05-01T10:02:03.123456789Z",
      "kibana.alert.original_event.kind": "event",
      "kibana.alert.original_event.action": "start",
      "kibana.alert.original_event.category": ["process"],
      "kibana.alert.original_data_stream.dataset": "endpoint.events.process",
      "kibana.alert.depth": 1,
      "kibana.alert.ancestors": [{ id: "e1", index: "logs-a", type: "event", depth: 0 }],
      "kibana.alert.severity": "high",
      "kibana.alert.risk_score": 73,
      "kibana.alert.status": "active",
      "kibana.alert.workflow_status": "open",
      "kibana.alert.workflow_tags": [],
      "kibana.alert.start": "2026-05-01T10:05:00.000Z",
      "kibana.alert.reason": "process event with process nc.exe, created high alert Odd Shell.",
      "kibana.space_ids": ["default"],
      "kibana.alert.rule.uuid": "object-1",
      "kibana.alert.rule.rule_id": "rule-1",
      "kibana.alert.rule.name": "Odd Shell",
      "kibana.alert.rule.type": "eql",
      "kibana.alert.rule.category": "Event Correlation Rule",
      "kibana.alert.rule.rule_type_id": "siem.eqlRule",
      "kibana.alert.rule.consumer": "siem",
      "kibana.alert.rule.producer": "siem",
      "kibana.alert.rule.indices": ["logs-*"],
      "kibana.alert.rule.parameters": rule.parameters,
      "kibana.alert.rule.tags": ["t"],
      "kibana.alert.rule.author": ["Harrier"],
      "kibana.alert.rule.references": ["https://example.com"],
      "kibana.alert.rule.license": "Apache-2.0",
      "kibana.alert.rule.interval": "5m",
      "kibana.alert.rule.from": "now-6m",
      "kibana.alert.rule.note": "## Triage",
      "kibana.alert.rule.meta.from": "4m",
      "kibana.alert.rule.false_positives": [],
      "kibana.alert.rule.execution.type": "scheduled",
    });
    expect(alert.event).not.toHaveProperty("kind");
    expect(alert).not.toHaveProperty("kibana.alert.building_block_type");
    expect(alert).not.toHaveProperty(["harrier.alert.index_listed"]);
    expect(alert["kibana.alert.rule.execution.uuid"]).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(JSON.stringify(alertOn(document, rule))).toBe(JSON.stringify(alert));
  });

  test("dotted keys are replaced and copied like nested ones", () => {
    const alert = alertOn({
      "event.kind": "alert",
      "event.code": "1",
      "@timestamp": 1777629723000,
    });
    expect(alert["event.kind"]).toBe("signal");
    expect(alert["event.code"]).toBe("1");
    expect(alert["kibana.alert.original_event.kind"]).toBe("alert");
    expect(alert["kibana.alert.original_event.code"]).toBe("1");
    expect(alert["kibana.alert.original_time"]).toBe("2026-05-01T10:02:03.000Z");
  });

  test("an event without a time that can be read has no original time", () => {
    expect(alertOn({ a: 1 })).not.toHaveProperty(["kibana.alert.original_time"]);
    expect(alertOn({ "@timestamp": "soon" })).not.toHaveProperty(["kibana.alert.original_time"]);
  });

  test("an index that the rule does not list is said", () => {
    const source = { ...sourceOf({ a: 1 }), isIndexListed: false };
    const alert = buildAlert(contextOf(makeRule()), source, created);
    expect(alert?.["harrier.alert.index_listed"]).toBe(false);
  });

  test("a building block rule", () => {
    const alert = alertOn({}, makeRule({ isBuildingBlock: true }));
    expect(alert["kibana.alert.building_block_type"]).toBe("default");
    expect(alert["kibana.alert.rule.building_block_type"]).toBe("default");
  });
});

describe("alerts on alerts (4.4)", () => {
  const first = alertOn({ process: { name: "nc.exe" } });

  test("keep the chain, and none of the first alert's fields", () => {
    const second = buildAlert(
      contextOf(makeRule({ id: "object-2" })),
      sourceOf(first, first["kibana.alert.uuid"], "alerts"),
      created,
    );
    expect(second?.["kibana.alert.depth"]).toBe(2);
    expect(second?.["kibana.alert.ancestors"]).toEqual([
      { id: "e1", index: "logs-a", type: "event", depth: 0 },
      {
        id: first["kibana.alert.uuid"],
        index: "alerts",
        type: "signal",
        depth: 1,
        rule: "object-1",
      },
    ]);
    expect(second?.["kibana.alert.rule.uuid"]).toBe("object-2");
    expect(second?.process).toEqual({ name: "nc.exe" });
  });

  test("not on the rule's own", () => {
    const source = sourceOf(first, "u", "alerts");
    expect(buildAlert(contextOf(makeRule()), source, created)).toBeUndefined();
    expect(
      buildSequenceAlerts(contextOf(makeRule()), [sourceOf({}), source], created),
    ).toBeUndefined();
  });

  test("a legacy signal without a depth counts as one", () => {
    expect(alertOn({ signal: { rule: {} } })["kibana.alert.depth"]).toBe(2);
  });

  test("ancestors of any shape", () => {
    const document = {
      "kibana.alert.uuid": "u",
      "kibana.alert.ancestors": [3, { depth: "x" }, null],
    };
    expect(alertOn(document)["kibana.alert.ancestors"]).toEqual([
      { id: "", index: "", type: "event", depth: 0 },
      { id: "e1", index: "logs-a", type: "signal", depth: 1 },
    ]);
  });
});

describe("overrides (4.6)", () => {
  const severityOf = (mapping: Rule["severityMapping"], document: EventDocument) =>
    applyOverrides(makeRule({ severity: "low", severityMapping: mapping }), document).severity;
  const riskOf = (document: EventDocument) =>
    applyOverrides(makeRule({ riskScoreMapping: [{ field: "event.risk_score" }] }), document)
      .riskScore;
  const nameOf = (document: EventDocument) =>
    applyOverrides(makeRule({ ruleNameOverride: "rule.name" }), document).name;

  const byCode: Rule["severityMapping"] = [
    { field: "event.code", value: "4", severity: "critical" },
    { field: "event.action", value: "a", severity: "medium" },
  ];

  test.each<[string, Rule["severityMapping"], EventDocument, string]>([
    ["a text", byCode, { event: { code: "4" } }, "critical"],
    ["a whole number", byCode, { event: { code: 4 } }, "critical"],
    ["no decimal", byCode, { event: { code: 4.5 } }, "low"],
    ["any of a list", byCode, { event: { code: ["1", "4"] } }, "critical"],
    ["the highest that holds", byCode, { event: { code: "4", action: "a" } }, "critical"],
    ["another", byCode, { event: { code: "5", action: "a" } }, "medium"],
    ["exactly", byCode, { event: { action: "A" } }, "low"],
    ["no boolean", [{ field: "x", value: "true", severity: "high" }], { x: true }, "low"],
    [
      "event.severity by number",
      [{ field: "event.severity", value: "5.9", severity: "high" }],
      { event: { severity: 5 } },
      "high",
    ],
    [
      "event.severity not as text",
      [{ field: "event.severity", value: "5", severity: "high" }],
      { event: { severity: "5" } },
      "low",
    ],
  ])("severity: %s", (_, mapping, document, expected) => {
    expect(severityOf(mapping, document)).toBe(expected);
  });

  test.each<[unknown, number]>([
    [5, 5],
    ["88.5", 88.5],
    [[1, "90", 101], 90],
    [101, 73],
    [-1, 73],
    ["high", 73],
    ["", 0],
    [true, 73],
    [undefined, 73],
  ])("risk score from %j is %d", (value, expected) => {
    expect(riskOf({ event: { risk_score: value } })).toBe(expected);
  });

  test("the name, only from one text", () => {
    expect(nameOf({ rule: { name: "From the event" } })).toBe("From the event");
    expect(nameOf({ "rule.name": "From the event" })).toBe("From the event");
    expect(nameOf({ rule: { name: ["a"] } })).toBe("Odd Shell");
    expect(nameOf({ rule: { name: 4 } })).toBe("Odd Shell");
    expect(nameOf({})).toBe("Odd Shell");
  });

  test("show in alert and reason, beside the rule's own; not in sequences", () => {
    const rule = makeRule({
      ruleNameOverride: "message",
      severityMapping: [{ field: "a", value: "1", severity: "critical" }],
      riskScoreMapping: [{ field: "a" }],
    });
    const document = { a: 1, message: "Named" };
    expect(alertOn(document, rule)).toMatchObject({
      "kibana.alert.severity": "critical",
      "kibana.alert.risk_score": 1,
      "kibana.alert.rule.name": "Named",
      "kibana.alert.rule.severity": "high",
      "kibana.alert.rule.risk_score": 73,
      "kibana.alert.reason": "event created critical alert Named.",
    });
    const { shell, blocks } = sequenceOf([document, document], rule);
    for (const alert of [shell, ...blocks]) {
      expect(alert["kibana.alert.severity"]).toBe("high");
      expect(alert["kibana.alert.rule.name"]).toBe("Odd Shell");
    }
  });
});

describe("intersection (3.5)", () => {
  test.each<[string, readonly EventDocument[], EventDocument]>([
    [
      "keys of all",
      [
        { a: 1, b: 2 },
        { a: 1, c: 2 },
      ],
      { a: 1 },
    ],
    ["unequal scalars go", [{ a: 1 }, { a: "1" }], {}],
    ["objects by their keys", [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }], { a: { b: 1 } }],
    ["objects without keys go", [{ a: { b: 1 } }, { a: { b: 2 } }], {}],
    ["lists by their values", [{ a: [1, 2, 2, 3] }, { a: [3, 2] }], { a: [2, 3] }],
    ["a scalar is a list of one", [{ a: [1, 2] }, { a: 2 }], { a: [2] }],
    ["also the other way round", [{ a: 2 }, { a: [1, 2] }], { a: [2] }],
    ["a list may end up empty", [{ a: [1] }, { a: [2] }], { a: [] }],
    [
      "objects in lists by content",
      [{ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 2 }] }],
      { a: [{ b: 2 }] },
    ],
    ["three", [{ a: [1, 2, 3] }, { a: [2, 3] }, { a: 3 }], { a: [3] }],
    ["one", [{ a: 1 }], { a: 1 }],
    ["none", [], {}],
  ])("%s", (_, documents, expected) => {
    expect(intersectDocuments(documents)).toEqual(expected);
  });

  test("`__proto__` is data", () => {
    const document = parse('{"__proto__": {"a": 1}, "constructor": 1}');
    expect(JSON.stringify(intersectDocuments([document, document]))).toBe(
      '{"__proto__":{"a":1},"constructor":1}',
    );
    expect(intersectDocuments([document, {}])).toEqual({});
  });
});

describe("sequences (3.5)", () => {
  const start = {
    "@timestamp": "2026-05-01T10:00:00Z",
    event: { category: ["process"], kind: "event" },
    host: { name: "lab-1" },
    process: { name: "nc.exe", pid: 1 },
  };
  const next = {
    "@timestamp": "2026-05-01T10:00:02Z",
    event: { category: ["network"], kind: "event" },
    host: { name: "lab-1" },
    process: { name: "nc.exe", pid: 2 },
  };

  test("the shell has what the blocks have in common", () => {
    const { shell, blocks } = sequenceOf([start, next]);
    expect(shell).toMatchObject({
      "@timestamp": "2026-05-01T10:05:00.000Z",
      "event.kind": "signal",
      host: { name: "lab-1" },
      process: { name: "nc.exe" },
      "kibana.alert.depth": 2,
      "kibana.alert.original_event.kind": "event",
      "kibana.alert.original_time": "2026-05-01T10:00:02.000Z",
      "kibana.alert.reason": "event with process nc.exe, on lab-1 created high alert Odd Shell.",
    });
    expect(shell.process).toEqual({ name: "nc.exe" });
    expect(shell).not.toHaveProperty(["kibana.alert.group.index"]);
    expect(shell).not.toHaveProperty(["kibana.alert.building_block_type"]);
    expect(blocks.map((block) => block["kibana.alert.group.index"])).toEqual([0, 1]);
    expect(blocks.map((block) => block["kibana.alert.building_block_type"])).toEqual([
      "default",
      "default",
    ]);
    expect(blocks.map((block) => block["kibana.alert.depth"])).toEqual([1, 1]);
    expect(blocks.map((block) => block["kibana.alert.original_time"])).toEqual([
      "2026-05-01T10:00:00.000Z",
      "2026-05-01T10:00:02.000Z",
    ]);
    expect(blocks[0]).not.toHaveProperty(["kibana.alert.rule.building_block_type"]);
  });

  test("the shell's ancestors: of each block its event, then the block", () => {
    const { shell, blocks } = sequenceOf([start, next]);
    expect(shell["kibana.alert.ancestors"]).toEqual([
      { id: "e1", index: "logs-a", type: "event", depth: 0 },
      {
        id: blocks[0]?.["kibana.alert.uuid"],
        index: "",
        type: "signal",
        depth: 1,
        rule: "object-1",
      },
      { id: "e2", index: "logs-a", type: "event", depth: 0 },
      {
        id: blocks[1]?.["kibana.alert.uuid"],
        index: "",
        type: "signal",
        depth: 1,
        rule: "object-1",
      },
    ]);
  });

  test("a missing event has no block and takes nothing away", () => {
    const { shell, blocks } = sequenceOf([start, null, next]);
    expect(blocks).toHaveLength(2);
    expect(blocks.map((block) => block["kibana.alert.group.index"])).toEqual([0, 1]);
    expect(shell.host).toEqual({ name: "lab-1" });
  });

  test("one event only: the shell is no block", () => {
    const { shell, blocks } = sequenceOf([start, null]);
    expect(blocks).toHaveLength(1);
    expect(shell.process).toEqual({ name: "nc.exe", pid: 1 });
    expect(shell["kibana.alert.uuid"]).not.toBe(blocks[0]?.["kibana.alert.uuid"]);
    expect(shell).not.toHaveProperty(["kibana.alert.group.index"]);
    expect(shell).not.toHaveProperty(["kibana.alert.building_block_type"]);
    expect(shell["kibana.alert.depth"]).toBe(2);
  });

  test("a building block rule's shell is one too", () => {
    const { shell } = sequenceOf([start, next], makeRule({ isBuildingBlock: true }));
    expect(shell["kibana.alert.building_block_type"]).toBe("default");
  });

  test("one index that is not listed is enough to say so", () => {
    const sources = [sourceOf(start), { ...sourceOf(next, "e2"), isIndexListed: false }];
    const alerts = buildSequenceAlerts(contextOf(makeRule()), sources, created);
    expect(alerts?.shell["harrier.alert.index_listed"]).toBe(false);
    expect(alerts?.blocks.map((block) => block["harrier.alert.index_listed"])).toEqual([
      undefined,
      false,
    ]);
  });
});

test("values are found in nested, dotted and mixed keys", () => {
  const document = { a: { "b.c": 1 }, "a.b": { d: 2 }, "x.y": [3] };
  expect(valueAt(document, "a.b.c")).toBe(1);
  expect(valueAt(document, "a.b.d")).toBe(2);
  expect(valueAt(document, "x.y")).toEqual([3]);
  expect(valueAt(document, "a.b")).toEqual({ d: 2 });
  expect(valueAt(document, "toString")).toBeUndefined();
});
