import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import {
  type IngestedEvent,
  type IngestOptions,
  type Input,
  type InputFinding,
  inputFromBytes,
  openInputs,
  readEvents,
} from "../src/ingest/index.ts";

export async function readAll(inputs: readonly Input[], options: IngestOptions = {}) {
  const events: IngestedEvent[] = [];
  const findings: InputFinding[] = [];
  const onFinding = (finding: InputFinding) => findings.push(finding);
  for await (const batch of readEvents(inputs, { onFinding, ...options })) {
    expect(batch.length).toBeLessThanOrEqual(256);
    events.push(...batch);
  }
  return { events, findings };
}

export const time = "2026-01-05T08:00:00.000Z";
export const line = (n: number) => `${JSON.stringify({ "@timestamp": time, n })}\n`;
export const lines = (...numbers: readonly number[]) => numbers.map(line).join("");
export const numbersOf = (events: readonly IngestedEvent[]) =>
  events.map((event) => event.document.n);

/** Reads bytes both as they come and from a file, which zip reads in another way. */
export async function readBoth(bytes: Uint8Array, name = "input", options: IngestOptions = {}) {
  const fromBytes = await readAll([inputFromBytes(name, bytes)], options);
  const folder = mkdtempSync(join(tmpdir(), "harrier-read-"));
  const path = join(folder, "both");
  writeFileSync(path, bytes);
  const fromFile = await readAll(await openInputs([path]), options);
  rmSync(folder, { recursive: true });
  const shown = (finding: InputFinding) => ({
    ...finding,
    input: finding.input.replace(path, name),
    message: finding.message.replace(path, name),
  });
  expect(numbersOf(fromFile.events)).toEqual(numbersOf(fromBytes.events));
  expect(fromFile.findings.map(shown)).toEqual(fromBytes.findings);
  return fromBytes;
}
