/**
 * Reads Windows event logs and holds every record against what others read there: two other readers of the format
 * (the Debian packages python3-evtx and libevtx-utils) on `data/evtx` of the shared material, and Windows itself
 * and Winlogbeat on `data/ecs-pairs/winlogbeat`. Writes to stdout.
 *
 * Every difference in System, EventData and UserData must have a reason (`evtx/accepted.ts`); those are counted and
 * printed. The last line is `N passed, N failed`, in records; parts whose material or readers are not there are
 * skipped, which is said.
 */
import { createReadStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { readEvtx, readEvtxAsXml } from "../packages/engine/src/ingest/formats/evtx/index.ts";
import type { WindowsEvent } from "../packages/engine/src/ingest/formats/windows-event.ts";
import { type Other, reasonFor, reasonForFailure } from "./evtx/accepted.ts";
import { compareRecords, type Difference } from "./evtx/compare.ts";
import { compareWithDocument, type PairedLog, readPairedLogs } from "./evtx/elastic-pairs.ts";
import { hasOtherReaders, readWith } from "./evtx/other-readers.ts";
import { recordOf } from "./evtx/record.ts";
import { findShared } from "./shared.ts";

/** More of them would hide the first ones. */
const mostShown = 20;

const results = new Map<Other, { passed: number; failed: number }>();
const reasons = new Map<
  string,
  { readonly other: Other; readonly reason: string; count: number }
>();

await compareReaders();
await compareElastic();
printResults();

async function compareReaders(): Promise<void> {
  const folder = findShared("data/evtx");
  if (folder === undefined)
    return console.log("skipped: there is no data/evtx beside the checkout");
  if (!hasOtherReaders()) {
    return console.log(
      "skipped: the Debian packages python3-evtx and libevtx-utils are not installed",
    );
  }
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".evtx"))
    .map((name) => join(folder, name));
  const [libevtx, pythonEvtx] = await Promise.all([
    readWith("libevtx", files),
    readWith("python-evtx", files),
  ]);
  let bytes = 0;
  for (const file of files) {
    const events: WindowsEvent[] = [];
    const report = ({ message }: { message: string }) => console.log(`${file}: ${message}`);
    for await (const batch of readEvtx(
      measured(file, (length) => (bytes += length)),
      { report },
    )) {
      events.push(...batch);
    }
    for (const [other, read] of [
      ["libevtx", libevtx],
      ["python-evtx", pythonEvtx],
    ] as const) {
      const theirs = read.get(file) ?? [];
      const length = Math.max(events.length, theirs.length);
      for (let index = 0; index < length; index += 1) {
        const event = events[index];
        const record = theirs[index];
        const name = `${file}, record ${event?.System.EventRecordID ?? index}`;
        if (event === undefined || record === undefined) {
          const lacking = event === undefined ? "we lack" : `${other} lacks`;
          judge(other, name, [{ place: lacking, ours: undefined, theirs: undefined }]);
        } else if ("error" in record) judgeFailure(other, name, record.error);
        else judge(other, name, compareRecords(recordOf(event), record));
      }
    }
  }
  console.log(`${files.length} logs, ${bytes} bytes`);
}

async function compareElastic(): Promise<void> {
  const folder = findShared("data/ecs-pairs/winlogbeat");
  if (folder === undefined) {
    return console.log("skipped: there is no data/ecs-pairs beside the checkout");
  }
  for (const log of readPairedLogs(folder)) {
    await compareXml(log);
    await compareDocuments(log);
  }
}

/** Character by character. */
async function compareXml({ name, bytes, xml }: PairedLog): Promise<void> {
  if (xml === undefined) return;
  const ours = new Map<string, string>();
  for await (const batch of readEvtxAsXml(chunksOf(bytes), { report: ignore })) {
    for (const text of batch) ours.set(recordIdOf(text), text);
  }
  for (const theirs of xml.filter((text) => text !== "")) {
    const id = recordIdOf(theirs);
    const text = ours.get(id);
    judge(
      "Windows",
      `${name}, record ${id}`,
      text === theirs ? [] : [{ place: "XML", ours: text, theirs }],
    );
  }
}

async function compareDocuments({ name, bytes, documents = [] }: PairedLog): Promise<void> {
  const events = new Map<string | undefined, WindowsEvent>();
  for await (const batch of readEvtx(chunksOf(bytes), { report: ignore })) {
    for (const event of batch) events.set(event.System.EventRecordID, event);
  }
  for (const document of documents) {
    const id = String(document.winlog.record_id);
    const event = events.get(id);
    const differences =
      event === undefined
        ? [{ place: "we lack", ours: undefined, theirs: undefined }]
        : compareWithDocument(event, document);
    judge("Winlogbeat", `${name}, record ${id}`, differences);
  }
}

/** Passes where every difference has a reason. */
function judge(other: Other, name: string, differences: readonly Difference[]): void {
  let isRight = true;
  for (const difference of differences) {
    const reason = reasonFor(other, difference);
    if (reason !== undefined) {
      note(other, reason);
      continue;
    }
    if (isRight) {
      const { place, ours, theirs } = difference;
      show(other, `${name}: ${place}: ${JSON.stringify(ours)}, theirs ${JSON.stringify(theirs)}`);
    }
    isRight = false;
  }
  add(other, isRight);
}

/** A record that the other one cannot read is no result, where we know why. */
function judgeFailure(other: Other, name: string, error: string): void {
  const reason = reasonForFailure(other, error);
  if (reason !== undefined) note(other, reason);
  else {
    show(other, `${name}: ${error}`);
    add(other, false);
  }
}

function note(other: Other, reason: string): void {
  const key = `${other} ${reason}`;
  const known = reasons.get(key) ?? { other, reason, count: 0 };
  known.count += 1;
  reasons.set(key, known);
}

function show(other: Other, line: string): void {
  if (resultOf(other).failed < mostShown) console.log(`${other}: ${line.slice(0, 400)}`);
}

function add(other: Other, isRight: boolean): void {
  resultOf(other)[isRight ? "passed" : "failed"] += 1;
}

function resultOf(other: Other): { passed: number; failed: number } {
  const known = results.get(other) ?? { passed: 0, failed: 0 };
  results.set(other, known);
  return known;
}

function printResults(): void {
  let passed = 0;
  let failed = 0;
  for (const [other, result] of results) {
    console.log(`\n${other}: ${result.passed} records the same, ${result.failed} not`);
    for (const { reason, count } of [...reasons.values()].filter((each) => each.other === other)) {
      console.log(`  ${String(count).padStart(6)} times: ${reason}`);
    }
    passed += result.passed;
    failed += result.failed;
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

async function* chunksOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* measured(file: string, add: (length: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(file)) {
    add(chunk.length);
    yield chunk;
  }
}

function recordIdOf(xml: string): string {
  return /<EventRecordID>(\d+)</.exec(xml)?.[1] ?? "";
}

/** What is wrong with the logs themselves is not what this is about. */
function ignore(): void {}
