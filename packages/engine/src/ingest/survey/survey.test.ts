import { describe, expect, test } from "vitest";
import { makeZip } from "../../../test/archives.ts";
import { security, sysmon } from "../../../test/normalise.ts";
import { type IngestedEvent, type Input, inputFromBytes, readEvents } from "../index.ts";
import { FieldInventory } from "./field-inventory.ts";
import { hasLeaf, leavesOf, withLeaf } from "./leaves.ts";
import { LostFields } from "./lost-fields.ts";
import { remapper } from "./remap.ts";
import { type InputReport, type SurveyOptions, surveyInputs } from "./survey.ts";

const now = 1_772_614_800_000_000_000n; // 2026-03-04T09:00:00Z
const input = (name: string, ...values: readonly object[]) =>
  inputFromBytes(name, values.map((value) => `${JSON.stringify(value)}\n`).join(""));

async function survey(inputs: readonly Input[], options: Partial<SurveyOptions> = {}) {
  const reports: InputReport[] = [];
  for await (const report of surveyInputs(inputs, { now, ...options })) reports.push(report);
  return reports;
}

describe("what was in the inputs", () => {
  test("format, sources, times, one report a file in their order", async () => {
    const ecs = { "@timestamp": "2026-01-05T08:00:00Z", event: { category: "process" } };
    const zip = makeZip([
      { name: "a.json", content: `${JSON.stringify(ecs)}\n{"x":1}\n` },
      { name: "../b.json", content: "{}" },
      { name: "c.txt", content: "words" },
    ]);
    const reports = await survey([inputFromBytes("x.zip", zip), input("y", sysmon(1, {}))]);
    expect(reports).toMatchObject([
      {
        input: "x.zip!a.json",
        format: "json",
        confidence: "certain",
        sources: [
          { name: "ECS", confidence: "likely", events: 1 },
          { name: "unknown", confidence: "possible", events: 1 },
        ],
        events: 2,
        eventsWithTime: 1,
        firstTime: "2026-01-05T08:00:00.000Z",
        lastTime: "2026-01-05T08:00:00.000Z",
        localTimes: [],
        oddTimes: 0,
        findings: [{ code: "no-timestamp", position: 2 }],
        findingsTotal: 1,
      },
      { input: "x.zip!../b.json", format: undefined, findings: [{ code: "refused" }] },
      { input: "x.zip!c.txt", format: undefined, findings: [{ code: "unknown-format" }] },
      { input: "y", events: 1, findingsTotal: 0 },
    ]);
  });

  test("local times: told by Sysmon, by the option, by nothing", async () => {
    const other = (time: string) => security(4624, { TimeCreated: time });
    const told = input(
      "told",
      other("2026-01-05T03:00:00.000Z"),
      sysmon(1, { TimeCreated: "2026-01-05T03:00:00.123Z" }),
    );
    const untold = input(
      "untold",
      other("2026-01-05T03:00:00.000Z"),
      other("2026-01-05T03:00:01.000Z"),
    );
    const [first, second] = await survey([told, untold]);
    expect(first?.localTimes).toEqual([{ offsetMs: -5 * 3_600_000, events: 2 }]);
    expect(second?.localTimes).toEqual([{ offsetMs: null, events: 2 }]);
    expect(second?.findings).toMatchObject([{ code: "local-time" }]);
    const [named] = await survey([untold], { timezone: "+01:00" });
    expect(named?.localTimes).toEqual([{ offsetMs: 3_600_000, events: 2 }]);
  });

  test("times that cannot be right", async () => {
    const times = [
      "1999-12-31T23:59:59Z",
      "2000-01-01T00:00:00Z",
      "2026-03-05T09:00:00Z",
      "2026-03-05T09:00:01Z",
    ];
    const [report] = await survey([input("x", ...times.map((time) => ({ "@timestamp": time })))]);
    expect(report).toMatchObject({ oddTimes: 2, firstTime: "1999-12-31T23:59:59.000Z" });
  });

  test("a sample of what could not be read, cut", async () => {
    const [report] = await survey([inputFromBytes("x", `{"a":1}\nbroken ${"x".repeat(999)}\n`)]);
    const sample = report?.findings[0]?.sample ?? "";
    expect(sample.startsWith("broken xxx")).toBe(true);
    expect(sample.length).toBe(201);
  });
});

describe("fields that go nowhere", () => {
  async function lostOf(...values: readonly object[]) {
    const lost = new LostFields(remapper({}));
    const fields: string[][] = [];
    for await (const batch of readEvents([input("x", ...values)])) {
      for (const event of batch)
        fields.push(
          lost
            .in(event)
            .map((path) => path.join("."))
            .sort(),
        );
    }
    return fields;
  }

  test("what a source passes over, and nothing that it uses in any way", async () => {
    const values = {
      Image: "C:\\a\\b.exe",
      CommandLine: "b.exe -x",
      Hashes: "MD5=0123456789abcdef0123456789abcdef",
      IntegrityLevel: "High",
      Keywords: "0x8000000000000000",
      tags: ["collector"],
    };
    expect(await lostOf(sysmon(1, values))).toEqual([["Keywords", "tags"]]);
  });

  test("used by one event of a kind is used by all", async () => {
    const audit = { Keywords: "0x8020000000000000" };
    const none = { Keywords: "0x0" };
    const [first = [], second = []] = await lostOf(security(4624, none), security(4624, audit));
    // Its value alone said nothing in the first one; the second is an audit success by it.
    expect(first).toContain("Keywords");
    expect(second).not.toContain("Keywords");
  });

  test("ECS documents lose nothing", async () => {
    expect(await lostOf({ "@timestamp": "2026-01-05T08:00:00Z", anything: { at: "all" } })).toEqual(
      [[]],
    );
  });

  test("paths into an event", () => {
    const event = JSON.parse('{"a":{"b":"1","c":"-"},"d":["x"],"e":[],"__proto__":{"f":1}}');
    expect(leavesOf(event, 10).map(({ path }) => path)).toEqual([
      ["a", "b"],
      ["d"],
      ["__proto__", "f"],
    ]);
    expect(leavesOf(event, 2).length).toBe(2);
    expect(hasLeaf(event, ["__proto__", "f"])).toBe(true);
    expect(hasLeaf(event, ["a", "c"])).toBe(false);
    expect(hasLeaf(event, ["constructor"])).toBe(false);
    expect(JSON.stringify(withLeaf(event, ["a", "b"], undefined))).toBe(
      '{"a":{"c":"-"},"d":["x"],"e":[],"__proto__":{"f":1}}',
    );
    expect(withLeaf(event, ["__proto__", "f"], 2)).not.toHaveProperty("f");
  });
});

describe("fields that arrive", () => {
  const add = (inventory: FieldInventory, document: object, source: string) =>
    inventory.add(document as IngestedEvent["document"], source);

  test("counted once an event, whichever way they are spelled", () => {
    const inventory = new FieldInventory();
    add(inventory, { process: { args: ["a", "b"], pid: 1 }, ok: true, none: null }, "x");
    add(inventory, { "process.pid": "2", process: { args: [] } }, "y");
    add(inventory, { process: [{ pid: 3 }, { pid: 4 }] }, "y");
    expect(inventory.report()).toEqual([
      {
        field: "ok",
        events: 1,
        types: ["boolean"],
        sources: [{ name: "x", events: 1 }],
        example: "true",
      },
      {
        field: "process.args",
        events: 1,
        types: ["text"],
        sources: [{ name: "x", events: 1 }],
        example: "a",
      },
      {
        field: "process.pid",
        events: 3,
        types: ["number", "text"],
        sources: [
          { name: "y", events: 2 },
          { name: "x", events: 1 },
        ],
        example: "1",
      },
    ]);
    expect(inventory.isCut).toBe(false);
  });

  test("names without end are bounded", () => {
    const inventory = new FieldInventory();
    for (let event = 0; event < 60; event += 1) {
      const names = Array.from({ length: 1000 }, (_, name) => [`f${event}-${name}`, 1]);
      add(inventory, Object.fromEntries(names), "x");
    }
    expect(inventory.isCut).toBe(true);
    expect(inventory.report().length).toBe(50_000);
  });
});
