import type { CaseFolding } from "../values/index.ts";

export interface MatchOptions {
  /** How letters are folded where case does not count. Default: Unicode simple case folding. */
  readonly folding?: CaseFolding;
}

export function foldingOf(options: MatchOptions | undefined): CaseFolding {
  return options?.folding ?? "unicode";
}
