import { setImmediate } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { ConditionSet } from "@harrier/lang/match";
import { describe, expect, test } from "vitest";
import { makeZip } from "../../../test/archives.ts";
import { sysmon } from "../../../test/normalise.ts";
import type { AlertDocument } from "../../alerts/index.ts";
import { type Input, inputFromBytes } from "../../ingest/index.ts";
import type { CompiledRule } from "../../rule-types/index.ts";
import type { HuntOptions } from "../hunt.ts";
import { conditionOf, keyword, rule, ruleWith, run } from "../test-hunt.ts";
import { openLocalLane, type WorkerLane } from "./lane.ts";
import { buffersOf } from "./notes.ts";
import type { ScanTask } from "./scan-task.ts";

/** A lane like that of a worker, on this thread: all that goes over goes as it goes to one, and answers come when they like. */
function openRemote(task: ScanTask, seed: number): WorkerLane {
  const own = structuredClone(task);
  const conditions = new ConditionSet(own.conditions, { folding: own.folding });
  const lane = openLocalLane(own, conditions);
  let load = 0;
  let turns = seed;
  let last: Promise<unknown> = Promise.resolve();
  return {
    get load() {
      return load;
    },
    scan: (order) => {
      const { length } = order.bytes;
      load += length;
      const sent = structuredClone(order, { transfer: [order.bytes.buffer] });
      const scanned = last.then(async () => {
        turns = (turns * 48_271) % 2_147_483_647;
        for (let turn = turns % 4; turn > 0; turn -= 1) await setImmediate();
        const { bytes, ...result } = await lane.scan(sent);
        load -= length;
        const block = {
          ...result,
          sightings: conditions.takeSightings(),
          ...(sent.from === "apart" && bytes !== undefined && { bytes }),
        };
        const transfer = [...buffersOf(block.notes), ...(block.bytes ? [block.bytes.buffer] : [])];
        return structuredClone(block, { transfer });
      });
      last = scanned.catch(() => undefined);
      return scanned;
    },
    leave: (file) => {
      last = last.then(() => lane.leave(file));
    },
    statistics: async () => conditions.statistics(),
    close: async () => {},
  };
}

const start = Date.parse("2026-01-05T08:00:00Z");
const at = (n: number) => new Date(start + n * 1_000).toISOString();
/** Some event of a host; every few of them mean something to a rule. */
const event = (n: number, more: Record<string, unknown> = {}) => ({
  "@timestamp": at(n),
  event: { category: n % 3 === 0 ? "process" : "network", type: "start", id: `e${n}` },
  host: { id: `h${n % 4}`, name: `host-${n % 4}` },
  user: { name: `u${n % 7}` },
  process: { name: n % 11 === 0 ? "evil.exe" : "calm.exe", pid: n },
  ...(n % 13 === 0 ? { data_stream: { type: "logs", dataset: "a.b", namespace: "default" } } : {}),
  ...(n % 17 === 0 ? { destination: { ip: "10.0.0.1" } } : {}),
  ...more,
});
const lines = (from: number, to: number, text = (n: number) => JSON.stringify(event(n))) =>
  Array.from({ length: to - from }, (_, n) => `${text(from + n)}\n`).join("");
const flat = (n: number) =>
  JSON.stringify({
    Channel: "Security",
    EventID: 4688,
    TimeCreated: "2026-01-05T03:00:01Z",
    Hostname: "WS1.lab.example",
    NewProcessName: `C:\\evil-${n}.exe`,
  });

const inputs: readonly Input[] = [
  inputFromBytes("plain", lines(0, 120)),
  inputFromBytes(
    "broken",
    lines(100, 180, (n) => JSON.stringify(event(n)).slice(0, n % 29 === 5 ? 60 : undefined)),
  ),
  inputFromBytes("broken at once", `{"a":\n${lines(170, 190)}`),
  inputFromBytes(
    "no events",
    lines(190, 220, (n) => (n % 7 === 2 ? `${n}` : JSON.stringify(event(n)))),
  ),
  inputFromBytes(
    "pretty",
    Array.from({ length: 20 }, (_, n) => JSON.stringify(event(220 + n), null, 1)).join("\n"),
  ),
  inputFromBytes("list", `[\n${lines(240, 280, (n) => `${JSON.stringify(event(n))},`)}]\n`),
  inputFromBytes(
    "hits",
    lines(280, 310, (n) =>
      JSON.stringify({ _id: `d${n % 20}`, _index: "logs-x-y", _source: event(n) }),
    ),
  ),
  inputFromBytes(
    "clock",
    [
      ...Array.from({ length: 30 }, (_, n) => flat(n)),
      JSON.stringify(sysmon(1, { Image: "C:\\evil.exe" })),
    ]
      .map((line) => `${line}\n`)
      .join("") + lines(310, 330),
  ),
  inputFromBytes(
    "no time",
    lines(330, 360, (n) =>
      JSON.stringify(event(n, n % 9 === 1 ? { "@timestamp": undefined } : {})),
    ),
  ),
  inputFromBytes("packed.gz", gzipSync(lines(360, 420))),
  inputFromBytes("cut.gz", gzipSync(lines(400, 480)).subarray(0, 1_200)),
  inputFromBytes(
    "archive.zip",
    makeZip([
      { name: "one", content: lines(480, 510) },
      { name: "two", content: "nothing that is known" },
      { name: "three", content: `[${JSON.stringify(event(511))}` },
    ]),
  ),
  inputFromBytes("again", lines(0, 30)),
  inputFromBytes("local", Array.from({ length: 20 }, (_, n) => `${flat(n)}\n`).join("")),
  inputFromBytes("empty", ""),
];

const step = (query: string) => conditionOf(query);
const rules: readonly CompiledRule[] = [
  rule(`process where process.name == "evil.exe"`),
  rule(`any where process.name == "evil.exe" and user.name == "u3"`, {
    ruleId: "suppressed",
    alertSuppression: { groupBy: ["user.name"], missingFieldsStrategy: "suppress" },
  }),
  rule(
    `sequence by host.id [process where process.pid < 90] [network where process.name == "evil.exe"]`,
  ),
  rule(
    `sequence by user.name with maxspan=30s [any where process.name == "evil.exe"] ![any where process.pid == 5]`,
  ),
  rule(`sample by host.id [any where user.name == "u1"] [any where user.name == "u2"]`),
  rule(`any where kibana.alert.rule.name != null and user.name == "u3"`, {
    ruleId: "reads alerts",
    index: [".alerts-security.*"],
  }),
  rule(
    `sequence by host.id [any where kibana.alert.severity == "high" and user.name == "u3"] [any where kibana.alert.severity == "high"]`,
    {
      ruleId: "joins alerts",
      index: [".alerts-security.*"],
    },
  ),
  rule(`any where process.pid > 10 and cloud.region == "nowhere"`),
  rule(`dns where process.pid > 10`),
  {
    ...rule(`any where destination.ip == "10.0.0.1"`),
    exception: step(`any where user.name == "u4"`),
  },
  {
    ...rule(
      `sequence by host.id [process where true] [any where destination.ip != null and process.pid > 90]`,
    ),
    exception: step(`any where user.name == "u5"`),
  },
  ruleWith(`any where user.name != null`, (condition) => ({
    kind: "threshold",
    condition,
    groupBy: [keyword("host.id")],
    count: 40,
    cardinality: { field: keyword("user.name"), count: 3 },
  })),
  ruleWith(`any where true`, (condition) => ({
    kind: "new_terms",
    condition,
    fields: [keyword("user.name"), keyword("host.id")],
    historyWindowStart: "now-1d",
  })),
];

async function huntWith(count: number, blockBytes: number, changes: Partial<HuntOptions> = {}) {
  let seed = 1;
  const open = (task: ScanTask) => {
    seed += 1;
    return openRemote(task, seed);
  };
  const threads = { count, fromBytes: changes.limit === 7 ? 20_000 : 0, blockBytes, open };
  return run(rules, inputs, { threads, indices: "any", ...changes });
}

const nameOf = (alert: AlertDocument) =>
  `${alert["kibana.alert.rule.name"]} ${alert["kibana.alert.uuid"]}`;

describe("scanning", () => {
  test.each([
    ["as usual", {}],
    ["by index", { indices: "strict" }],
    [
      "within a range",
      { from: BigInt(start + 50_000) * 1_000_000n, to: BigInt(start + 400_000) * 1_000_000n },
    ],
    ["with caps", { keepsMaxSignals: true }],
    ["with threads that come later", { limit: 7 }],
    ["with little room", { maxRecordBytes: 20_000 }],
  ] as const)("gives the same on any number of lanes: %s", async (_name, changes) => {
    const whole = await huntWith(1, 1 << 20, changes);
    expect(whole.alerts.length).toBeGreaterThan(5);
    expect(whole.summary.findingsTotal).toBeGreaterThan(8);
    for (const [count, blockBytes] of [
      [1, 1_500],
      [2, 1_500],
      [3, 4_000],
    ] as const) {
      const { alerts, summary } = await huntWith(count, blockBytes, changes);
      expect(alerts.map(nameOf)).toEqual(whole.alerts.map(nameOf));
      expect(JSON.stringify(alerts)).toBe(JSON.stringify(whole.alerts));
      expect(summary).toEqual(whole.summary);
    }
  });

  test("meets what rules and inputs are made for", async () => {
    const { summary } = await huntWith(3, 4_000);
    expect(summary.rules.map(({ kind }) => kind)).toEqual([
      ...["fired", "fired", "fired", "fired", "fired", "fired", "fired"],
      ...["cannot-fire", "cannot-fire", "fired", "fired", "fired", "fired"],
    ]);
    expect(summary.leftOut.excepted).toBeGreaterThan(0);
    expect(summary.leftOut.suppressed).toBeGreaterThan(0);
    expect(summary.duplicates).toBeGreaterThan(0);
    expect(summary.eventsWithoutTime).toBeGreaterThan(0);
    expect([...new Set(summary.findings.map(({ code }) => code))].sort()).toEqual([
      "bad-json",
      "local-time",
      "no-timestamp",
      "not-an-event",
      "truncated",
      "unknown-format",
    ]);
  });

  test("ends at once when it is told to", async () => {
    const controller = new AbortController();
    const threads = {
      count: 2,
      fromBytes: 0,
      blockBytes: 500,
      open: (task: ScanTask): WorkerLane => ({
        ...openRemote(task, 1),
        scan: () => new Promise(() => setImmediate().then(() => controller.abort("enough"))),
      }),
    };
    const { summary } = await run(rules, inputs, { threads, signal: controller.signal });
    expect(summary).toMatchObject({ interrupted: true, events: 0 });
  });

  test("fails where a lane does, and closes all", async () => {
    let closed = 0;
    const threads = {
      count: 2,
      fromBytes: 0,
      blockBytes: 500,
      open: (task: ScanTask): WorkerLane => ({
        ...openRemote(task, 1),
        scan: () => Promise.reject(new Error("the thread is gone")),
        close: async () => {
          closed += 1;
        },
      }),
    };
    await expect(run(rules, inputs, { threads })).rejects.toThrow("the thread is gone");
    expect(closed).toBe(2);
  });
});
