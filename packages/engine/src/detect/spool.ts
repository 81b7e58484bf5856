import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A place for texts that may be wanted again. */
export interface Spool {
  /** Remembers a text; returns where it starts. It ends where the next one starts. */
  append(text: string): number;
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
  let pending: Buffer[] = [];
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

  return {
    append(text) {
      const start = written + pendingBytes;
      const bytes = Buffer.from(text);
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
      const bytes = Buffer.allocUnsafe(end - start);
      for (let done = 0; done < bytes.length; ) {
        const { bytesRead } = await file.read(bytes, done, bytes.length - done, start + done);
        if (bytesRead === 0) throw new Error(`the spool ends before ${end}`);
        done += bytesRead;
      }
      return bytes;
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
