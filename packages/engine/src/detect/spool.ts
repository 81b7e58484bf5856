import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A place for texts that may be wanted again. */
export interface Spool {
  /** Remembers a text, or its bytes, which must not change; returns where it starts. It ends where the next one starts. */
  append(text: string | Uint8Array): number;
  /** Where the next text will start; the size in bytes. */
  readonly end: number;
  /** Waits until little is held in memory. Call it between appends. */
  drain(): Promise<void>;
  /** The bytes from `start` to `end`, both as `append` and `end` gave them. */
  read(start: number, end: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** What is held before it is written. */
const chunkBytes = 1 << 20;
/** What is read at once: events of a sequence, and of one after the other, often lie side by side. */
const blockBytes = 1 << 16;
const blocksKept = 64;

/** A spool in a temporary file that only this user can read and that is gone when the process is, however it ends. */
export async function openFileSpool(): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), "harrier-spool-"));
  let file: FileHandle;
  let isRemoved: boolean;
  try {
    file = await open(join(folder, "events"), "wx+", 0o600);
    isRemoved = await removeFolder(folder);
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let written = 0;

  const flush = async () => {
    const chunk = Buffer.concat(pending);
    pending = [];
    pendingBytes = 0;
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await file.write(chunk, done, chunk.length - done, written);
      done += bytesWritten;
      written += bytesWritten;
    }
  };

  /** The last blocks that were read, the latest last. The one that may still grow is not kept. */
  const blocks = new Map<number, Buffer>();
  const readBlock = async (number: number): Promise<Buffer> => {
    const start = number * blockBytes;
    const block =
      blocks.get(number) ?? (await readRange(start, Math.min(blockBytes, written - start)));
    blocks.delete(number);
    if (block.length === blockBytes) blocks.set(number, block);
    const [oldest] = blocks.keys();
    if (blocks.size > blocksKept && oldest !== undefined) blocks.delete(oldest);
    return block;
  };
  const readRange = async (start: number, length: number): Promise<Buffer> => {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await file.read(bytes, done, length - done, start + done);
      if (bytesRead === 0) throw new Error("the spool was cut short");
      done += bytesRead;
    }
    return bytes;
  };

  return {
    append(text) {
      const start = written + pendingBytes;
      const bytes = typeof text === "string" ? Buffer.from(text) : text;
      pending.push(bytes);
      pendingBytes += bytes.length;
      return start;
    },
    get end() {
      return written + pendingBytes;
    },
    async drain() {
      if (pendingBytes >= chunkBytes) await flush();
    },
    async read(start, end) {
      if (end > written) await flush();
      if (end > written) throw new RangeError(`the spool ends at ${written}, before ${end}`);
      const parts: Buffer[] = [];
      for (let at = start; at < end; at += parts.at(-1)?.length ?? 0) {
        const number = Math.floor(at / blockBytes);
        const offset = number * blockBytes;
        parts.push((await readBlock(number)).subarray(at - offset, end - offset));
      }
      return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    },
    async close() {
      await file.close();
      if (!isRemoved) await removeFolder(folder);
    },
  };
}

/** An open file outlives its name, where the system allows that; so nothing stays behind after a crash. */
async function removeFolder(folder: string): Promise<boolean> {
  try {
    await rm(folder, { recursive: true, force: true });
    return true;
  } catch {
    return false;
  }
}
