import type { Spool } from "./spool.ts";

/** A spool for as few events as a test has. */
export async function openMemorySpool(): Promise<Spool> {
  const texts: Uint8Array[] = [];
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
      return Buffer.concat(texts).subarray(from, to);
    },
    async close() {},
  };
}
