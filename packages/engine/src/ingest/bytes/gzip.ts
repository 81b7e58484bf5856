import { createGunzip } from "node:zlib";
import type { Container } from "./container.ts";
import { inflate } from "./inflate.ts";

/** gzip, any number of members one after the other. Holds one file, under the same name. */
export const gzip: Container = {
  detect: (head) => head[0] === 0x1f && head[1] === 0x8b,
  open: async function* (stored) {
    yield { name: stored.name, chunks: inflate(stored.chunks, createGunzip()) };
  },
};
