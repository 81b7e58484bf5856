/**
 * `npm run evtx:fuzz [-- --rounds 2000 --seed 1]`: damages the event logs of `data/evtx` of the shared material
 * at random and reads them. Writes to stdout.
 *
 * Reading must not fail, must not take longer than `slowest` a MiB, and must say so when there are fewer events than
 * before. The last line is `N passed, N failed`, in damaged logs; a failure names the seed that repeats it alone.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readEvtx, readEvtxAsXml } from "../packages/engine/src/ingest/formats/evtx/index.ts";
import { seal } from "../packages/engine/src/ingest/formats/evtx/test-log.ts";
import { type Random, seededRandom } from "./random.ts";
import { findShared } from "./shared.ts";

const { values: flags } = parseArgs({
  options: {
    rounds: { type: "string", default: "2000" },
    seed: { type: "string", default: "20260105" },
  },
});

const headLength = 4_096;
const chunkLength = 65_536;
const mostChunks = 4;
/** Milliseconds of processor time for a MiB, a hundred times of what a good log takes. */
const slowest = 3_000;
/** Numbers at which something may turn over. */
const words = [0, 1, 4, 0x7f, 0xff, 0x200, 0xffff, 0x1_0000, 0x7fff_ffff, 0xffff_ffff] as const;

interface Log {
  readonly name: string;
  readonly bytes: Buffer;
  readonly events: number;
}

await run();

async function run(): Promise<void> {
  const folder = findShared("data/evtx");
  if (folder === undefined) {
    console.log("skipped: there is no data/evtx beside the checkout");
    return;
  }
  const logs = await readLogs(folder);
  const first = Number(flags.seed);
  const rounds = Number(flags.rounds);
  let failed = 0;
  let worst = { perMiB: 0, seed: first };
  for (let seed = first; seed < first + rounds; seed += 1) {
    const random = seededRandom(seed);
    const log = logs[random.below(logs.length)];
    if (log === undefined) continue;
    const { fault, perMiB } = await attempt(log, damage(log.bytes, random));
    if (perMiB > worst.perMiB) worst = { perMiB, seed };
    if (fault === undefined) continue;
    failed += 1;
    console.log(`--seed ${seed} --rounds 1, ${log.name}: ${fault}`);
  }
  console.log(`slowest: ${worst.perMiB.toFixed(0)} ms a MiB, --seed ${worst.seed} --rounds 1`);
  console.log(`${rounds - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** The first chunks of each log. */
async function readLogs(folder: string): Promise<readonly Log[]> {
  const logs: Log[] = [];
  for (const name of readdirSync(folder).filter((each) => each.endsWith(".evtx"))) {
    const bytes = readFileSync(join(folder, name)).subarray(
      0,
      headLength + mostChunks * chunkLength,
    );
    const { events } = await read(bytes);
    logs.push({ name, bytes, events });
  }
  return logs;
}

async function attempt(
  { events: before }: Log,
  bytes: Buffer,
): Promise<{ readonly fault: string | undefined; readonly perMiB: number }> {
  const start = process.cpuUsage();
  try {
    const { events, findings } = await read(bytes);
    const { user, system } = process.cpuUsage(start);
    const perMiB = (user + system) / 1_000 / Math.max(1, bytes.length / 1024 / 1024);
    const isSlow = perMiB > slowest;
    const isSilent = events < before && findings === 0;
    return { fault: isSlow ? "slow" : isSilent ? "events are lost in silence" : undefined, perMiB };
  } catch (error) {
    return {
      fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
      perMiB: 0,
    };
  }
}

/** Reads a log as events and as XML, with all that can be recovered. */
async function read(
  bytes: Buffer,
): Promise<{ readonly events: number; readonly findings: number }> {
  let events = 0;
  let findings = 0;
  const report = () => {
    findings += 1;
  };
  for await (const batch of readEvtx(stream(bytes), { report })) events += batch.length;
  const recovering = { recover: true, report: () => undefined };
  for await (const _ of readEvtx(stream(bytes), recovering));
  for await (const _ of readEvtxAsXml(stream(bytes), recovering));
  return { events, findings };
}

/** A copy of the log with up to eight things wrong; half of the chunks get checksums that are right again. */
function damage(log: Buffer, random: Random): Buffer {
  let bytes: Buffer = Buffer.from(log);
  for (let count = 1 + random.below(8); count > 0; count -= 1) {
    const at = placeIn(bytes, random);
    const length = 1 + random.below(64);
    const kind = random.below(7);
    if (kind === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    else if (kind === 1) bytes[at] = random.below(256);
    else if (kind === 2 && at + 4 <= bytes.length) bytes.writeUInt32LE(random.pick(words), at);
    else if (kind === 3 && at + 2 <= bytes.length) bytes.writeUInt16LE(random.below(0x1_0000), at);
    else if (kind === 4) bytes.copy(bytes, at, placeIn(bytes, random), at + length);
    else if (kind === 5) bytes.subarray(at, at + 16 * length).fill(0);
    else if (random.chance(0.1)) bytes = cut(bytes, at, random);
  }
  for (let at = headLength; at + chunkLength <= bytes.length; at += chunkLength) {
    const chunk = bytes.subarray(at, at + chunkLength);
    if (random.chance(0.5) && chunk.readUInt32LE(48) <= chunkLength) seal(chunk);
  }
  return bytes;
}

/** Mostly where something is written: the beginnings of chunks. */
function placeIn(bytes: Buffer, random: Random): number {
  const chunk = headLength + chunkLength * random.below(mostChunks);
  const inChunk = random.chance(0.9) ? 512 + random.below(6_000) : random.below(chunkLength);
  return Math.min(
    bytes.length - 1,
    random.chance(0.02) ? random.below(headLength) : chunk + inChunk,
  );
}

/** The log without its end, or without a piece from its middle. */
function cut(bytes: Buffer, at: number, random: Random): Buffer {
  const end = Math.min(bytes.length, at + random.below(100_000));
  return random.chance(0.5)
    ? bytes.subarray(0, Math.max(1, at))
    : Buffer.concat([bytes.subarray(0, Math.max(1, at)), bytes.subarray(end)]);
}

/** Cut as files are read. */
async function* stream(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkLength) yield bytes.subarray(at, at + chunkLength);
}
