import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fieldValues } from "@harrier/lang/match";
import { expect, test } from "vitest";
import { type IngestedEvent, inputFromBytes, openInputs, readEvents } from "../index.ts";
import { streamNamed } from "../normalise/stream.ts";
import { isPlainLine, otherLineKeys } from "./plain-lines.ts";

const root = join(import.meta.dirname, "../../../../..");
const shared = process.env.HARRIER_SHARED ?? join(root, "../shared");

/** Events of the inputs, of each no more than so many. */
async function readSome(folder: string, most: number): Promise<readonly IngestedEvent[]> {
  const events: IngestedEvent[] = [];
  for (const input of await openInputs([folder])) {
    const before = events.length;
    for await (const batch of readEvents([input])) {
      events.push(...batch);
      if (events.length >= before + most) break;
    }
  }
  return events;
}

/** Reads what was read once more, as lines, and holds what a line tells against that. */
async function check(events: readonly IngestedEvent[]): Promise<number> {
  let plain = 0;
  const lines = events.map(({ raw }) => `${JSON.stringify(raw)}\n`).join("");
  for await (const batch of readEvents([inputFromBytes("lines", lines)])) {
    for (const { document, raw, id, index } of batch) {
      const valuesOf = (field: string) => fieldValues(raw, field);
      const hasKey = otherLineKeys.some((key) => Object.hasOwn(raw, key));
      if (hasKey || !isPlainLine((field) => valuesOf(field).length > 0)) continue;
      plain += 1;
      expect(document).toBe(raw);
      expect(id).toBeUndefined();
      expect(index).toBe(streamNamed(valuesOf));
    }
  }
  return plain;
}

test("a line of any source that is taken for ECS is not mapped", async () => {
  const events = await readSome(join(root, "spec/ingest"), 50);
  expect(events.length).toBeGreaterThan(50);
  const plain = await check(events);
  expect(plain).toBeGreaterThan(0);
  expect(plain).toBeLessThan(events.length);
  // What they were mapped to is ECS, and all of it is taken for that.
  const mapped = events.map((event) => ({ ...event, raw: event.document }));
  const timed = mapped.filter(({ document }) => document["@timestamp"] !== undefined);
  expect(await check(mapped)).toBeGreaterThan(0.9 * timed.length);
});

test.each(["windows-json", "cloud", "elastic-defend", "linux"])("nor one of %s", async (folder) => {
  const path = join(shared, "data", folder);
  if (!existsSync(path)) return;
  const files = readdirSync(path).slice(0, 12);
  for (const file of files) {
    const events = await readSome(join(path, file), 20);
    await check(events);
    await check(events.map((event) => ({ ...event, raw: event.document })));
  }
});
