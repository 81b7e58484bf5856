import { spawn, spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Record } from "./record.ts";

/** Debian's, for whose modules the packages are. */
const python = "/usr/bin/python3";
const script = fileURLToPath(new URL("other_readers.py", import.meta.url));

/** What another reader says of a record: what is in it, or that it failed. */
export type OtherRecord = Record | { readonly error: string };

/** Whether both readers are there: the Debian packages python3-evtx and libevtx-utils. */
export function hasOtherReaders(): boolean {
  return (
    spawnSync("evtxexport", ["-V"]).status === 0 &&
    spawnSync(python, ["-c", "import Evtx"]).status === 0
  );
}

/** The records of the files by file, in order. */
export async function readWith(
  reader: "python-evtx" | "libevtx",
  files: readonly string[],
): Promise<ReadonlyMap<string, readonly OtherRecord[]>> {
  const records = new Map<string, OtherRecord[]>(files.map((file) => [file, []]));
  const processes = Math.min(4, availableParallelism());
  const shares = Array.from({ length: processes }, (_, share) =>
    files.filter((_, index) => index % processes === share),
  );
  await Promise.all(
    shares.map((share) => run(reader, share, (file, record) => records.get(file)?.push(record))),
  );
  return records;
}

async function run(
  reader: string,
  files: readonly string[],
  take: (file: string, record: OtherRecord) => void,
): Promise<void> {
  const child = spawn(python, [script, reader, ...files], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    // The script is ours.
    const { file, ...record } = JSON.parse(line) as OtherRecord & { file: string };
    take(file, record);
  }
}
