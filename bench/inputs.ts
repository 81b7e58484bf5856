import { createWriteStream, readdirSync } from "node:fs";
import { join } from "node:path";
import { type EventDocument, fieldValues } from "@harrier/lang/match";
import { openInputs, readEvents } from "../packages/engine/src/ingest/index.ts";
import { findShared } from "../scripts/shared.ts";
import { generateEventLines } from "./generated-events.ts";

/** Events as lines of JSON, in ECS. */
export interface Input {
  readonly name: string;
  readonly lines: readonly string[];
}

/** How many events of each. */
export interface InputSize {
  readonly events: number;
  readonly starts: number;
}

/**
 * What is matched: events of the public Windows logs, their process starts alone, and generated events. Without the
 * logs the generated ones come first, and their process starts.
 */
export async function readInputs(
  { events, starts }: InputSize,
  seed: number,
): Promise<readonly [Input, ...Input[]]> {
  const made: Input = { name: "generated", lines: generateEventLines(events, seed) };
  const logs = findShared("data/windows-json");
  if (logs === undefined) {
    const ofStarts = made.lines.filter((line) => isProcessStart(JSON.parse(line)));
    return [made, { name: "generated process starts", lines: ofStarts.slice(0, starts) }];
  }
  const archives = readdirSync(logs).filter((name) => /\.(?:zip|tar\.gz)$/.test(name));
  // Logs as they are, one event after the other, of many hosts and attacks; process starts from all of them.
  const chosen = archives.filter((_, index) => index % 3 === 0);
  const share = Math.ceil(events / chosen.length);
  const real: string[] = [];
  for (const name of chosen) real.push(...(await readLines(join(logs, name), share, () => true)));
  const realStarts: string[] = [];
  for (const name of archives) {
    const wanted = Math.min(starts - realStarts.length, Math.ceil(starts / 16));
    if (wanted > 0) realStarts.push(...(await readLines(join(logs, name), wanted, isProcessStart)));
  }
  return [{ name: "real", lines: real }, { name: "real process starts", lines: realStarts }, made];
}

/** The first events of a log that are wanted. */
async function readLines(
  path: string,
  count: number,
  isWanted: (document: EventDocument) => boolean,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const batch of readEvents(await openInputs([path]))) {
    for (const { document } of batch) if (isWanted(document)) lines.push(JSON.stringify(document));
    if (lines.length >= count) break;
  }
  return lines.slice(0, count);
}

function isProcessStart(document: EventDocument): boolean {
  return (
    fieldValues(document, "event.category").includes("process") &&
    fieldValues(document, "event.type").includes("start")
  );
}

export function bytesOf({ lines }: Input): number {
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
}

/** One event a line. */
export async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  const file = createWriteStream(path);
  for (let at = 0; at < lines.length; at += 1_000) {
    file.write(`${lines.slice(at, at + 1_000).join("\n")}\n`);
  }
  await new Promise<void>((resolve, reject) => {
    file.on("error", reject);
    file.end(resolve);
  });
}
