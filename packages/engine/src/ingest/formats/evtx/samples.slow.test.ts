import { createReadStream, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { WindowsEvent } from "../windows-event.ts";
import { parseWindowsEvent } from "../windows-event-xml.ts";
import { readEvtx, readEvtxAsXml } from "./index.ts";

/** Real logs, read in place: $HARRIER_SHARED, or beside the checkout. */
const shared =
  process.env.HARRIER_SHARED ?? join(import.meta.dirname, "../../../../../../../shared");
const folder = join(shared, "data/evtx");
const index = join(folder, "index.json");

interface Sample {
  readonly file: string;
  /** Absent where whoever listed the logs could not read it. */
  readonly events?: number;
}

const samples: readonly Sample[] = existsSync(index)
  ? JSON.parse(readFileSync(index, "utf8")).files
  : [];

describe.skipIf(samples.length === 0)("real logs", () => {
  test.each(samples)("$file", async ({ file, events: expected }) => {
    const findings: string[] = [];
    const report = ({ message }: { message: string }) => findings.push(message);
    const events: WindowsEvent[] = [];
    const xml: string[] = [];
    const open = () => createReadStream(join(folder, file));
    for await (const batch of readEvtx(open(), { report })) events.push(...batch);
    for await (const batch of readEvtxAsXml(open(), { report })) xml.push(...batch);
    expect(findings).toEqual([]);
    if (expected !== undefined) expect(events.length).toBe(expected);
    // XML cannot hold every character that an event can.
    const plain = JSON.stringify(events).replace(/\\u00[01][0-9a-f]/g, "\ufffd");
    expect(xml.map(parseWindowsEvent)).toEqual(JSON.parse(plain));
  });
});
