import { readFileSync } from "node:fs";

/** From the package's own description. The build keeps the folders of the source, so that it lies equally far from both. */
export function readVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}
