import type { Spool } from "./spool.ts";

/** A spool for as few events as a test has. */
export async function openMemorySpool(): Promise<Spool> {
  let texts: Uint8Array[] = [];
  let end = 0;
  return {
    append(text) {
      const start = end;
      const bytes = typeof text === "string" ? Buffer.from(text) : text;
      texts.push(bytes);
      end += bytes.length;
      return start;
    },
    get end() {
      return end;
    },
    async drain() {},
    async read(from, to) {
      const all = Buffer.concat(texts);
      // Joined once, not for every read.
      texts = [all];
      return all.subarray(from, to);
    },
    async close() {},
  };
}
