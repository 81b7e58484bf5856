import type { Predicate } from "@harrier/lang/ir";
import type { FieldType } from "@harrier/lang/values";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CompiledRule } from "../rule-types/index.ts";
import type { Rule } from "../rules/index.ts";
import { IndicatorColumn } from "./indicator-column.ts";
import { conditionOf, type Document, file, ruleWith, run } from "./test-hunt.ts";
import { ValueTable } from "./value-table.ts";

/** `source.ip=threat.indicator.ip:ip`, negated with a `!` before; entries of an item as one text with blanks. */
function itemOf(text: string) {
  return text.split(" ").map((entry) => {
    const [pair = "", type = "keyword"] = entry.replace("!", "").split(":");
    const [path = "", indicatorPath = ""] = pair.split("=");
    // The tests name types of fields.
    const field = (name: string) => ({ path: name, type: type as FieldType });
    return {
      field: field(path),
      indicatorField: field(indicatorPath),
      negate: entry.startsWith("!"),
    };
  });
}

const anything: Predicate = { kind: "constant", value: true };

function threat(
  items: readonly string[],
  changes: Partial<Rule> = {},
  indicatorCondition: Predicate = anything,
): CompiledRule {
  return ruleWith(
    "any where true",
    (condition) => ({
      kind: "threat_match",
      condition,
      indicatorCondition,
      items: items.map(itemOf),
      indicatorPath: "threat.indicator",
    }),
    changes,
  );
}

const at = (second: number, fields: Document): Document => ({
  "@timestamp": `2026-05-01T08:00:${String(second).padStart(2, "0")}Z`,
  ...fields,
});

const indicator = (fields: Document): Document => ({ threat: { indicator: fields } });

async function matchesOf(
  compiled: CompiledRule,
  events: readonly Document[],
  indicators: readonly Document[],
) {
  const { alerts, summary } = await run(
    [compiled],
    [
      file(
        "e",
        events.map((event, place) => at(place, { n: place, ...event })),
      ),
    ],
    { indicators: [file("i", indicators)] },
  );
  return { matched: alerts.map(({ n }) => n), alerts, summary };
}

describe("which events meet indicators (3.4)", () => {
  const cases: readonly (readonly [
    name: string,
    items: readonly string[],
    events: readonly Document[],
    indicators: readonly Document[],
    matched: readonly number[],
  ])[] = [
    [
      "any value of a list; an indicator without the field is nobody's match (C03)",
      ["source.ip=threat.indicator.ip:ip"],
      [{ source: { ip: "203.0.113.9" } }, { source: { ip: "198.51.100.1" } }, {}],
      [
        indicator({ ip: ["203.0.113.5", "203.0.113.9"] }),
        indicator({ type: "ipv4-addr" }),
        indicator({ ip: null }),
      ],
      [0],
    ],
    [
      "any value of the event, too",
      ["destination.ip=threat.indicator.ip:ip"],
      [{ destination: { ip: ["10.0.0.1", "203.0.113.5"] } }],
      [indicator({ ip: "203.0.113.5" })],
      [0],
    ],
    [
      "blocks of addresses, of either family, beside single ones",
      ["source.ip=threat.indicator.ip:ip"],
      [
        { source: { ip: "203.0.113.77" } },
        { source: { ip: "203.0.114.1" } },
        { source: { ip: "2001:db8:7::1" } },
        { source: { ip: "198.51.100.7" } },
        { source: { ip: "::ffff:198.51.100.7" } },
        { source: { ip: "no address" } },
      ],
      [
        indicator({ ip: "203.0.113.0/24" }),
        indicator({ ip: "2001:db8::/32" }),
        indicator({ ip: "198.51.100.7" }),
        indicator({ ip: "no address" }),
      ],
      [0, 2, 3, 4],
    ],
    [
      "text letter by letter",
      ["file.hash.sha256=threat.indicator.file.hash.sha256"],
      [{ file: { hash: { sha256: "ABC" } } }, { file: { hash: { sha256: "abc" } } }],
      [indicator({ file: { hash: { sha256: "abc" } } })],
      [1],
    ],
    [
      "numbers by value, spelled as text or not",
      ["destination.port=threat.indicator.port:long"],
      [{ destination: { port: 443 } }, { destination: { port: "8443" } }],
      [indicator({ port: "443" }), indicator({ port: 8443 }), indicator({ port: "x" })],
      [0, 1],
    ],
    [
      "all entries of an item on the same indicator",
      ["source.ip=threat.indicator.ip:ip destination.port=threat.indicator.port:long"],
      [
        { source: { ip: "203.0.113.5" }, destination: { port: 80 } },
        { source: { ip: "203.0.113.5" }, destination: { port: 443 } },
        { source: { ip: "203.0.113.5" } },
      ],
      [
        indicator({ ip: "203.0.113.5", port: 443 }),
        indicator({ ip: "203.0.113.6", port: 80 }),
        indicator({ ip: "203.0.113.5" }),
      ],
      [1],
    ],
    [
      "any item",
      ["a=threat.indicator.a", "b=threat.indicator.b"],
      [{ a: "1" }, { b: "2" }, { a: "2", b: "1" }],
      [indicator({ a: "1", b: "2" })],
      [0, 1],
    ],
    [
      "a negated entry: no value in common, on the same indicator",
      ["source.ip=threat.indicator.ip:ip !user.name=threat.indicator.user"],
      [
        { source: { ip: "203.0.113.5" }, user: { name: "mira" } },
        { source: { ip: "203.0.113.5" }, user: { name: ["mira", "olaf"] } },
        { source: { ip: "203.0.113.5" }, user: { name: "olaf" } },
      ],
      [indicator({ ip: "203.0.113.5", user: ["mira", "jana"] })],
      [2],
    ],
    [
      "a negated entry with one side missing holds, with both it does not",
      ["source.ip=threat.indicator.ip:ip !user.name=threat.indicator.user"],
      [
        { source: { ip: "203.0.113.1" } },
        { source: { ip: "203.0.113.2" }, user: { name: "mira" } },
        { source: { ip: "203.0.113.2" } },
      ],
      [indicator({ ip: "203.0.113.1", user: "mira" }), indicator({ ip: "203.0.113.2" })],
      [0, 1],
    ],
    [
      "keys of objects are data",
      ["a=threat.indicator.a"],
      [{ a: "__proto__" }, { a: "constructor" }],
      [indicator({ a: "__proto__" })],
      [0],
    ],
  ];
  test.each(cases)("%s", async (_, items, events, indicators, matched) => {
    expect((await matchesOf(threat(items), events, indicators)).matched).toEqual(matched);
  });

  test("only the indicators that the rule asks for, and no excepted ones", async () => {
    const items = ["a=threat.indicator.a"];
    const fresh = conditionOf(`any where threat.indicator.kind == "fresh"`);
    const indicators = ["fresh", "old", "fresh"].map((kind, place) =>
      indicator({ a: String(place), kind }),
    );
    const events = [{ a: "0" }, { a: "1" }, { a: "2" }];
    const plain = await matchesOf(threat(items, {}, fresh), events, indicators);
    expect(plain.matched).toEqual([0, 2]);
    expect(plain.summary.indicators).toEqual({ read: 3, used: 2 });
    const excepted = {
      ...threat(items, {}, fresh),
      exception: conditionOf(`any where threat.indicator.a == "0" or not (user.name != "scanner")`),
    };
    const withUsers = events.map((event) => ({ ...event, user: { name: "mira" } }));
    expect((await matchesOf(excepted, withUsers, indicators)).matched).toEqual([2]);
  });
});

describe("what an alert says of indicators (3.4.4)", () => {
  const compiled = threat(["source.ip=threat.indicator.ip:ip", "a=threat.indicator.a"]);

  test("one enrichment for each indicator and field, behind those that the event has", async () => {
    const known = { indicator: { type: "file" }, matched: { atomic: "x" } };
    const { alerts } = await matchesOf(
      compiled,
      [{ source: { ip: ["203.0.113.5", "10.0.0.1"] }, a: "1", threat: { enrichments: [known] } }],
      [
        {
          _id: "i1",
          _index: "logs-ti_feed.threat-default",
          _source: {
            threat: { indicator: { ip: "203.0.113.0/24", type: "ipv4-addr" }, feed: { name: "F" } },
          },
        },
        { _id: "i2", _index: "feeds", _source: indicator({ a: "1", type: "other" }) },
      ],
    );
    expect(alerts[0]).toMatchObject({
      threat: {
        enrichments: [
          known,
          {
            indicator: { ip: "203.0.113.0/24", type: "ipv4-addr" },
            feed: { name: "F" },
            matched: {
              field: "source.ip",
              atomic: "203.0.113.5",
              id: "i1",
              index: "logs-ti_feed.threat-default",
              type: "indicator_match_rule",
            },
          },
          {
            indicator: { a: "1", type: "other" },
            matched: { field: "a", atomic: "1", id: "i2", index: "feeds" },
          },
        ],
      },
    });
    expect(alerts).toHaveLength(1);
  });

  test("200 of them at most, the first ones read", async () => {
    const { alerts } = await matchesOf(
      compiled,
      [{ a: "1" }],
      Array.from({ length: 300 }, (_, place) => ({ ...indicator({ a: "1" }), _id: `i${place}` })),
    );
    const enrichments = alerts[0]?.["threat.enrichments"];
    expect(enrichments).toHaveLength(200);
  });

  test("the id of the alert is that of its event: other indicators make no second alert", async () => {
    const event = { source: { ip: "203.0.113.5" } };
    const ids = await Promise.all(
      [["203.0.113.5"], ["203.0.113.5", "203.0.113.0/24"]].map(async (ips) => {
        const { alerts } = await matchesOf(
          compiled,
          [event],
          ips.map((ip) => indicator({ ip })),
        );
        return alerts.map((alert) => alert["kibana.alert.uuid"]);
      }),
    );
    expect(ids[0]).toEqual(ids[1]);
  });

  test("suppressed alerts have them, too, and events without a match are not counted", async () => {
    const { alerts, summary } = await matchesOf(
      threat(["a=threat.indicator.a"], {
        alertSuppression: { groupBy: ["host"], missingFieldsStrategy: "suppress" },
      }),
      [
        { a: "0", host: "h" },
        { a: "1", host: "h" },
        { a: "1", host: "h" },
      ],
      [indicator({ a: "1" })],
    );
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      n: 1,
      "threat.enrichments": [{ matched: { atomic: "1" } }],
      "kibana.alert.suppression.docs_count": 1,
    });
    expect(summary.leftOut.suppressed).toBe(1);
  });
});

describe("rules that have no indicator to compare with", () => {
  const compiled = threat(
    ["a=threat.indicator.a"],
    {
      threatMatch: {
        query: { name: "x", text: "" },
        language: "kuery",
        filters: [],
        index: ["logs-ti_*"],
        mapping: [],
        indicatorPath: "threat.indicator",
      },
    },
    conditionOf("any where threat.indicator.confidence > 50"),
  );
  const outcome = async (indicators: readonly Document[]) =>
    (await matchesOf(compiled, [{ a: "1" }], indicators)).summary.rules[0];

  test("say so", async () => {
    expect(await outcome([])).toMatchObject({
      kind: "cannot-fire",
      reasons: [{ what: "indicators", field: "threat_index", values: ["logs-ti_*"] }],
    });
    expect(await outcome([indicator({ confidence: 90 })])).toMatchObject({
      kind: "cannot-fire",
      reasons: [{ what: "indicators", field: "threat.indicator.a" }],
    });
    expect(await outcome([indicator({ a: "1", confidence: 10 })])).toMatchObject({
      kind: "cannot-fire",
      reasons: [{ what: "indicators", field: "threat_query" }],
    });
    expect(await outcome([indicator({ a: "2", confidence: 90 })])).toMatchObject({
      kind: "silent",
    });
  });

  test("other events than those with the fields are no match either", async () => {
    const { summary } = await matchesOf(
      compiled,
      [{ b: "1" }],
      [indicator({ a: "1", confidence: 90 })],
    );
    expect(summary.rules[0]).toMatchObject({
      kind: "cannot-fire",
      reasons: [{ what: "field", field: "a" }],
    });
  });
});

describe("the join against comparing all with all", () => {
  const value = fc.constantFrom("a", "b", "c");
  const field = fc.oneof(fc.constant(undefined), value, fc.uniqueArray(value, { maxLength: 3 }));
  const documents = fc.array(fc.record({ x: field, y: field }), { maxLength: 12 });
  const mapping = fc.constantFrom(
    ["x=x"],
    ["x=x y=y"],
    ["x=x !y=y"],
    ["x=y", "y=x !x=x"],
    ["x=x y=x !y=y"],
  );
  const listOf = (given: unknown): readonly unknown[] =>
    given === undefined ? [] : [given].flat();

  test("agrees", async () => {
    await fc.assert(
      fc.asyncProperty(documents, documents, mapping, async (events, indicators, items) => {
        const holds = (event: Document, other: Document) =>
          items.map(itemOf).some((entries) =>
            entries.every(({ field: { path }, indicatorField, negate }) => {
              const left = listOf(event[path]);
              const right = listOf(other[indicatorField.path]);
              const isShared = left.some((each) => right.includes(each));
              return negate ? !isShared && left.length + right.length > 0 : isShared;
            }),
          );
        const expected = events.flatMap((event, place) =>
          indicators.some((other) => holds(event, other)) ? [place] : [],
        );
        // An event or indicator without fields is no event at all.
        const filled = indicators.map((other) => ({ ...other, z: 1 }));
        expect((await matchesOf(threat(items), events, filled)).matched).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe("tables by the million", () => {
  test("a value table numbers texts of any length and alphabet", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 20 })), (texts) => {
        const table = new ValueTable();
        const ids = texts.map((text) => table.add(text));
        const different = [...new Set(texts.map((text) => Buffer.from(text).toString()))];
        expect(table.size).toBe(different.length);
        expect(texts.map((text) => table.find(text))).toEqual(ids);
        expect(table.find("not there")).toBe(texts.includes("not there") ? 0 : undefined);
      }),
    );
  });

  test("grows over pages and keeps apart what is alike", () => {
    const table = new ValueTable();
    const text = (place: number) => `${"x".repeat(900)}${place}`;
    for (let place = 0; place < 5_000; place += 1) table.add(text(place));
    expect(table.size).toBe(5_000);
    expect([0, 1, 2_500, 4_999].map((place) => table.find(text(place)))).toEqual([
      0, 1, 2_500, 4_999,
    ]);
    const long = "y".repeat(100_000);
    expect([table.add(`${long}1`), table.add(`${long}2`), table.find(`${long}1`)]).toEqual([
      5_000, 5_001, 5_000,
    ]);
  });

  test("an indicator takes up its value and some numbers", () => {
    const column = new IndicatorColumn();
    const count = 60_000;
    for (let place = 0; place < count; place += 1) {
      column.add(place, [String(place).padStart(64, "0")]);
    }
    // The slots of the table double, so that there are two to four for each value.
    expect(column.bytes / count).toBeLessThan(64 + 60);
  });

  test("a column gives the indicators of a value in order, and the values of an indicator", () => {
    const column = new IndicatorColumn();
    column.add(0, ["a", "b", "a"]);
    column.add(2, ["b"]);
    column.add(3, ["a"]);
    const ids = (...texts: string[]) => new Set(texts.map((text) => column.find(text) ?? -1));
    expect([...column.indicatorsWith(ids("a"))]).toEqual([0, 3]);
    expect([...column.indicatorsWith(ids("a", "b"))]).toEqual([0, 3, 0, 2]);
    expect(column.countOf(ids("a", "b"))).toBe(4);
    expect([0, 1, 2, 3, 4].map((indicator) => column.hasAny(indicator))).toEqual([
      true,
      false,
      true,
      true,
      false,
    ]);
    expect(column.commonValues(0, ids("b"))).toEqual([1]);
    expect(column.commonValues(3, ids("b"))).toEqual([]);
  });
});
