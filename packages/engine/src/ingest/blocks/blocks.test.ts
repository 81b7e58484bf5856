import { readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { makeZip } from "../../../test/archives.ts";
import { sysmon } from "../../../test/normalise.ts";
import { readAll } from "../../../test/read-inputs.ts";
import type { IngestedEvent, InputFinding } from "../event.ts";
import { firstLine, type LineStart } from "../formats/line-reading.ts";
import { type Input, inputFromBytes } from "../input.ts";
import { joinTimeDoubts, noTimeDoubts, reportTimeDoubts } from "../normalise/time-doubts.ts";
import { openInputs } from "../open-inputs.ts";
import { type CutFile, cutBlocks } from "./cut-blocks.ts";
import { FileReading } from "./file-reading.ts";

const at = (n: number) => `2026-01-05T08:00:${String(n % 60).padStart(2, "0")}.000Z`;
const ecs = (n: number) => JSON.stringify({ "@timestamp": at(n), event: { id: String(n) }, n });
const many = (count: number, line: (n: number) => string = ecs) =>
  Array.from({ length: count }, (_, n) => line(n));
const onLines = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join("");
const noZone = (n: number) =>
  JSON.stringify({
    EventReceivedTime: "2026-01-05 03:00:00",
    EventTime: "2026-01-05 03:00:00",
    EventID: 4688,
    SourceName: "x",
    Channel: "Security",
    Hostname: "a",
    n,
  });
const clock = JSON.stringify(sysmon(1, { Image: "C:\\a.exe" }));
const flat = (n: number) =>
  JSON.stringify({
    Channel: "Security",
    EventID: 4688,
    TimeCreated: "2026-01-05T03:00:01Z",
    Hostname: "WS1.lab.example",
    n,
  });

const inputs: readonly (readonly [name: string, content: string | Uint8Array])[] = [
  ["NDJSON", onLines(many(40))],
  ["no line break at the end", onLines(many(7)) + ecs(8)],
  ["CR LF, blank lines, a byte order mark", `\ufeff${many(9).join("\r\n\r\n")}\r\n`],
  ["broken lines", onLines(many(30, (n) => (n % 7 === 3 ? ecs(n).slice(0, 20) : ecs(n))))],
  ["a broken first line", `{"a":\n${onLines(many(20))}`],
  ["lines that are no events", onLines(many(20, (n) => (n % 5 === 0 ? "4" : ecs(n))))],
  ["text between", onLines(many(20, (n) => (n % 5 === 0 ? "Record 17" : ecs(n))))],
  ["two on a line", onLines(many(20, (n) => `${ecs(n)} ${ecs(n + 100)}`))],
  ["lists on lines", onLines(many(20, (n) => `[${ecs(n)},${ecs(n + 100)}]`))],
  ["one list, an element a line", `[\n${many(20).join(",\n")}\n]\n`],
  ["one list", JSON.stringify(many(20).map((line) => JSON.parse(line)))],
  ["many lines each", many(20, (n) => JSON.stringify(JSON.parse(ecs(n)), null, 2)).join("\n")],
  [
    "one line, then many lines each",
    `${ecs(1)}\n${JSON.stringify(JSON.parse(ecs(2)), null, 2)}\n${onLines(many(20))}`,
  ],
  [
    "a response",
    `{"took":1,"hits":{"hits":[\n${many(20, (n) => `{"_id":"${n}","_index":"i","_source":${ecs(n)}}`).join(",\n")}\n]}}\n`,
  ],
  ["hits on lines", onLines(many(20, (n) => `{"_id":"${n}","_index":"i","_source":${ecs(n)}}`))],
  [
    "a long line",
    `${ecs(1)}\n{"@timestamp":"${at(2)}","a":"${"x".repeat(5_000)}"}\n${onLines(many(20))}`,
  ],
  ["events without a time", onLines(many(20, (n) => (n % 6 === 4 ? `{"n":${n}}` : ecs(n))))],
  ["local times", onLines(many(20, (n) => `{"timestamp":"2026-01-05 08:00:00","n":${n}}`))],
  ["a clock that is told late", onLines([...many(9, flat), clock, ...many(9, flat), ...many(9)])],
  ["a clock that is told in between", onLines([...many(9), clock, ...many(20, flat)])],
  ["a clock that nobody tells", onLines([...many(9), ...many(9, flat), ...many(9, noZone)])],
  ["CSV", onLines(["@timestamp,n", ...many(20, (n) => `${at(n)},${n}`)])],
  ["UTF-16", Buffer.from(`\ufeff${onLines(many(20))}`, "utf16le")],
  ["gzip", gzipSync(onLines(many(20)))],
  ["gzip, cut", gzipSync(Buffer.from(onLines(many(2_000)))).subarray(0, 700)],
  [
    "zip",
    makeZip([
      { name: "a", content: onLines(many(9)) },
      { name: "b", content: `[${many(9).join(",\n")}]` },
      { name: "c", content: "?" },
    ]),
  ],
  ["nothing known", "?".repeat(500)],
  ["a format that is refused", "ElfFile\0".padEnd(4096, "\0")],
  ["nothing", ""],
];

/** An input of every format and source that we know. */
const spec = join(import.meta.dirname, "../../../../../spec/ingest");
const specInputs = readdirSync(spec, { recursive: true, encoding: "utf8" })
  .filter((path) => /[\\/]input\.[a-z.]+$/.test(path))
  .sort();

/** Reads as blocks: each with a reading of its own wherever that is possible, and where it is, read apart as well. */
async function readBlocks(input: Input, blockBytes: number) {
  const events: IngestedEvent[] = [];
  const findings: InputFinding[] = [];
  const seen = { bytes: 0, readings: 0, apart: 0 };
  let file: CutFile | undefined;
  let reading: FileReading | undefined;
  let start: LineStart | undefined = firstLine;
  let doubts = noTimeDoubts;
  for await (const item of cutBlocks([input], { blockBytes })) {
    seen.bytes += item.readBytes;
    if (item.kind === "finding") findings.push(item.finding);
    if (item.kind !== "block") continue;
    if (item.file !== file) [file, start, doubts] = [item.file, firstLine, noTimeDoubts];
    const { facts } = item.file;
    const found: IngestedEvent[] = [];
    const report: typeof findings = [];
    if (start !== undefined) {
      seen.readings += 1;
      reading = open(facts, start, events, findings);
    }
    const before = [events.length, findings.length];
    await reading?.push(item.bytes, item.ending);
    const own = reading?.takeDoubts() ?? noTimeDoubts;
    doubts = joinTimeDoubts(doubts, own, 0);
    if (start !== undefined && item.ending === "more") {
      const apart = open(facts, "apart", found, report);
      await apart.push(item.bytes, "more");
      if (apart.isByLine && apart.here !== undefined) {
        seen.apart += 1;
        const shift = start.line - 1;
        const shifted = <T extends { readonly position?: number }>(list: readonly T[]) =>
          list.map((each) => ({ ...each, position: (each.position ?? 0) + shift }));
        expect(shifted(found)).toEqual(events.slice(before[0]));
        expect(shifted(report)).toEqual(findings.slice(before[1]));
        expect(joinTimeDoubts(noTimeDoubts, apart.takeDoubts(), shift)).toEqual(own);
        expect(reading?.here?.line).toBe(apart.here.line + shift);
      }
    }
    start = reading?.here;
    if (reading?.isDone) {
      reportTimeDoubts(doubts, (finding) => findings.push({ input: facts.name, ...finding }));
      item.file.leave();
    }
  }
  return { events, findings, ...seen };
}

function open(
  facts: CutFile["facts"],
  start: LineStart | "apart",
  events: IngestedEvent[],
  findings: InputFinding[],
): FileReading {
  return new FileReading(
    facts,
    start,
    {},
    {
      onEvents: (batch) => events.push(...batch),
      onFinding: (finding) => findings.push({ input: facts.name, ...finding }),
    },
  );
}

describe("blocks", () => {
  test.each(inputs)("have the events of the whole: %s", async (name, content) => {
    const input = inputFromBytes(name, content);
    const whole = await readAll([input]);
    const bytes: number[] = [];
    for (const blockBytes of [1, 100, 300, 1_000, 1 << 20]) {
      const { events, findings, ...seen } = await readBlocks(input, blockBytes);
      expect(events, `${blockBytes}`).toEqual(whole.events);
      expect(findings).toEqual(whole.findings);
      bytes.push(seen.bytes);
    }
    if (!name.includes("refused")) expect(new Set(bytes).size).toBe(1);
  });

  test.each(specInputs)("have the events of the whole: %s", async (name) => {
    const [input] = await openInputs([join(spec, name)]);
    if (input === undefined) throw new Error(`${name} cannot be opened`);
    const whole = await readAll([input]);
    expect(whole.events.length + whole.findings.length).toBeGreaterThan(0);
    for (const blockBytes of [700, 5_000]) {
      const { events, findings } = await readBlocks(input, blockBytes);
      expect(events).toEqual(whole.events);
      expect(findings).toEqual(whole.findings);
    }
  });

  test("of lines are read apart", async () => {
    const apart = async (lines: readonly string[]) => {
      const { readings, apart } = await readBlocks(inputFromBytes("x", onLines(lines)), 300);
      return [apart > 5, readings > 5];
    };
    expect(await apart(many(40))).toEqual([true, true]);
    expect(await apart(many(40, (n) => `{"_id":"${n}","_source":${ecs(n)}}`))).toEqual([
      true,
      true,
    ]);
    // Where one line is broken, all are known to stand alone.
    expect(await apart([`{"a":`, ...many(40)])).toEqual([true, true]);
    expect(await apart([clock, ...many(40)])).toEqual([false, false]);
    expect(await apart(["[", ...many(40, (n) => `${ecs(n)},`)])).toEqual([false, false]);
  });

  test("offer lines first, and take no harm from those that are taken", async () => {
    const lines = many(60, (n) => (n % 9 === 4 ? ecs(n).slice(0, 20) : ecs(n)));
    const taken: number[] = [];
    const positions: number[] = [];
    const findings: number[] = [];
    const reading = new FileReading(
      { name: "x", format: "json" },
      firstLine,
      {},
      {
        onEvents: (events) => positions.push(...events.map(({ position }) => position)),
        onFinding: ({ position }) => findings.push(position ?? 0),
        takeLine: (bytes, start, end) => {
          const text = Buffer.from(bytes.subarray(start, end)).toString();
          const n = text.endsWith("}") ? Number(JSON.parse(text).n) : 1;
          if (n % 2 === 0) taken.push(n + 1);
          return n % 2 === 0;
        },
      },
    );
    await reading.push(Buffer.from(onLines(lines)), "end");
    expect(findings).toEqual([5, 14, 23, 32, 41, 50, 59]);
    expect([...taken, ...positions, ...findings].sort((a, b) => a - b)).toEqual(
      many(60, (n) => `${n + 1}`).map(Number),
    );
    expect(taken.length).toBeGreaterThan(20);
  });
});
