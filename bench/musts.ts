import type { Must } from "./part.ts";
import { printTable } from "./table.ts";

/** The last table: what must hold, and whether it does. */
export function printMusts(musts: readonly Must[]): void {
  if (musts.length === 0) return;
  console.log("\n== what must hold");
  printTable([
    ["must", "bound", "measured", "holds"],
    ...musts.map(({ what, bound, measured, holds }) => [
      what,
      bound,
      measured,
      holds ? "yes" : "NO",
    ]),
  ]);
}
