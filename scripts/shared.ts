/** Where public material lies that is not stored here: `HARRIER_SHARED`, else a folder `shared` beside the checkout. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = process.env.HARRIER_SHARED ?? fileURLToPath(new URL("../../shared", import.meta.url));

/** The path of a part of the material, or `undefined` where it is not there. */
export function findShared(part: string): string | undefined {
  const path = resolve(root, part);
  return existsSync(path) ? path : undefined;
}
