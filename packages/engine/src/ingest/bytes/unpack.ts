import { describeError } from "../../describe-error.ts";
import type { Finding } from "../finding.ts";
import { type Chunks, peek } from "./chunks.ts";
import { type Container, headBytes, type Stored } from "./container.ts";
import { gzip } from "./gzip.ts";
import { tar } from "./tar.ts";
import { zip } from "./zip.ts";
import { zstd } from "./zstd.ts";

/** What can be opened. Told apart by content; a name proves nothing. */
const containers: readonly Container[] = [gzip, zstd, zip, tar];

/** An archive inside an archive and so on: what is packed deeper than this is not opened. A `tar.gz` counts two. */
const deepest = 4;

/** Packed forms that we know by sight only. */
const unsupported: readonly { readonly name: string; readonly magic: readonly number[] }[] = [
  { name: "xz", magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { name: "bzip2", magic: [0x42, 0x5a, 0x68] },
  { name: "7-Zip", magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c] },
  { name: "RAR", magic: [0x52, 0x61, 0x72, 0x21, 0x1a] },
];

/** What unpacking one input needs from outside. */
export interface Unpacking {
  /** Takes a finding about the file or member of this name. */
  readonly report: (name: string, finding: Finding) => void;
  readonly signal: AbortSignal | undefined;
  /** For encrypted members of archives. */
  readonly password: string | undefined;
  readonly allowance: Allowance;
}

/** Bounds what an input may unpack to. Past the bound every stream out of it fails. */
export interface Allowance {
  readonly guard: (chunks: Chunks) => Chunks;
  readonly isSpent: () => boolean;
}

/** One GiB is free. Beyond that more than 1,000 bytes for each stored one: no log packs like that, layers of nothing do. */
const freeBytes = 1024 ** 3;
const largestRatio = 1000;

export function allowUnpacked(storedBytes: () => number): Allowance {
  let unpacked = 0;
  const isSpent = () => unpacked > Math.max(freeBytes, largestRatio * storedBytes());
  async function* guard(chunks: Chunks): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      unpacked += chunk.length;
      if (isSpent()) throw new Error(`it unpacks to more than ${largestRatio} times its size`);
      yield chunk;
    }
  }
  return { guard, isSpent };
}

/**
 * Gives the files inside `stored`: itself, or the members of what it packs. One at a time: each must
 * be read or left before the next is asked for. A damaged archive gives what it has, and a finding.
 */
export async function* unpack(
  stored: Stored,
  unpacking: Unpacking,
  depth = 0,
): AsyncGenerator<Stored> {
  const { head, chunks } = await peek(stored.chunks, headBytes);
  const report = (finding: Finding, member = stored.name) => unpacking.report(member, finding);
  const opening = { report, password: unpacking.password };
  const packed = unsupported.find(({ magic }) => magic.every((byte, at) => head[at] === byte));
  const container = containers.find((candidate) => candidate.detect(head));
  if (packed === undefined && container === undefined) {
    yield { ...stored, chunks };
    return;
  }
  try {
    if (packed !== undefined) {
      const message = `${packed.name} files are not yet supported`;
      report({ code: "unknown-format", message, hint: "unpack it first" });
    } else if (depth >= deepest) {
      const message = `it is packed more than ${deepest} times inside each other`;
      report({ code: "unreadable", message, hint: "unpack it first" });
    } else if (container !== undefined) {
      for await (const member of container.open({ ...stored, chunks }, opening)) {
        const guarded = unpacking.allowance.guard(member.chunks);
        yield* unpack({ ...member, chunks: guarded }, unpacking, depth + 1);
        if (unpacking.allowance.isSpent()) return;
      }
    }
  } catch (error) {
    if (unpacking.signal?.aborted === true) throw error;
    report({ code: "unreadable", message: describeError(error) });
  } finally {
    await chunks.return?.();
  }
}
