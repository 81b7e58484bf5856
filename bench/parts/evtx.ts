import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readEvtx, readEvtxAsXml } from "../../packages/engine/src/ingest/formats/evtx/index.ts";
import {
  element,
  slot,
  type TestTemplate,
  text,
  uint16,
  writeChunk,
} from "../../packages/engine/src/ingest/formats/evtx/test-log.ts";
import { inputFromBytes, readEvents } from "../../packages/engine/src/ingest/index.ts";
import { findShared } from "../../scripts/shared.ts";
import { median } from "../measure.ts";
import { atLeast, type Part } from "../part.ts";
import { digits, printTable } from "../table.ts";

const chunkLength = 65_536;
/** The place in a chunk's header where the end of its records stands. */
const endPlace = 48;

/** How fast event logs are read: chunks of real logs that are nearly full, as those of a log in use are, again and again. */
export const evtx: Part = {
  name: "evtx",
  title: "event logs (EVTX), one core",
  isQuick: true,
  run: async ({ rounds, isQuick }) => {
    const { origin, chunks } = readChunks();
    const bytes = repeat(chunks, (isQuick ? 8 : 32) * 1024 * 1024);
    const lines: string[] = [];
    for await (const events of readEvtx(stream(bytes), { report: refuse })) {
      lines.push(...events.map((event) => JSON.stringify(event)));
    }
    const variants: [name: string, run: () => unknown][] = [
      ["events", () => drain(readEvtx(stream(bytes), { report: refuse }))],
      ["XML", () => drain(readEvtxAsXml(stream(bytes), { report: refuse }))],
      ["ECS documents", () => drain(readEvents([inputFromBytes("log", bytes)]))],
      ["the events as JSON, by JSON.parse", () => lines.forEach((line) => void JSON.parse(line))],
    ];
    const times: number[][] = variants.map(() => []);
    // The first round warms up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, [, run]] of variants.entries()) {
        const ms = await timeOfAsync(run);
        if (round > 0) times[index]?.push(ms);
      }
    }
    const taken = times.map(median);
    const perSecond = (ms: number) => bytes.length / 1e6 / (ms / 1_000);
    console.log(`  ${chunks.length} chunks of ${origin}, ${digits(lines.length)} events`);
    printTable([
      ["to", "MB/s", "events/s", "us/event"],
      ...variants.map(([name], index) => {
        const ms = taken[index] ?? Number.NaN;
        const eventsPerSecond = digits((lines.length / ms) * 1_000);
        return [name, digits(perSecond(ms)), eventsPerSecond, digits((ms * 1_000) / lines.length)];
      }),
    ]);
    const [toEvents = Number.NaN, , , parse = Number.NaN] = taken;
    return {
      ratios: { "EVTX to events / JSON.parse of them": toEvents / parse },
      musts: [atLeast("EVTX to events", 30, perSecond(toEvents), " MB/s")],
    };
  },
};

function readChunks(): { readonly origin: string; readonly chunks: readonly Buffer[] } {
  const folder = findShared("data/evtx");
  if (folder === undefined) return { origin: "made logs", chunks: [madeChunk()] };
  const chunks = readdirSync(folder)
    .filter((name) => name.endsWith(".evtx"))
    .flatMap((name) => chunksOf(readFileSync(join(folder, name))))
    .filter((chunk) => chunk.readUInt32LE(endPlace) > 0.9 * chunkLength);
  return { origin: "real logs", chunks };
}

function chunksOf(log: Buffer): Buffer[] {
  const chunks: Buffer[] = [];
  for (let at = 4_096; at + chunkLength <= log.length; at += chunkLength) {
    const chunk = log.subarray(at, at + chunkLength);
    if (chunk.toString("latin1", 0, 7) === "ElfChnk") chunks.push(chunk);
  }
  return chunks;
}

function madeChunk(): Buffer {
  const template: TestTemplate = {
    root: element("Event", {}, [
      element("System", {}, [
        element("Provider", { Name: "Bench" }),
        element("EventID", {}, [slot(0)]),
      ]),
      element("EventData", {}, [
        element("Data", { Name: "Image" }, [slot(1)]),
        element("Data", { Name: "CommandLine" }, [slot(2)]),
      ]),
    ]),
  };
  const values = [
    uint16(1),
    text("C:\\Windows\\System32\\cmd.exe"),
    text("cmd.exe /c echo ".repeat(8)),
  ];
  return writeChunk(Array.from({ length: 150 }, (_, id) => ({ id, event: { template, values } })));
}

function repeat(chunks: readonly Buffer[], length: number): Buffer {
  const once = Buffer.concat(chunks);
  return Buffer.concat(Array.from({ length: Math.ceil(length / once.length) }, () => once));
}

/** Cut as files are read. */
async function* stream(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 256 * 1024) yield bytes.subarray(at, at + 256 * 1024);
}

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

/** As `timeOf`. */
async function timeOfAsync(work: () => unknown): Promise<number> {
  const start = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

function refuse({ message }: { readonly message: string }): never {
  throw new Error(message);
}
