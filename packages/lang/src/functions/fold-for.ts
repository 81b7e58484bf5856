import { foldCase } from "../values/index.ts";
import type { CallContext } from "./function.ts";

/** The text as a call compares it: folded in the form with `~`, as it stands otherwise. */
export function foldFor({ fold, folding }: CallContext, text: string): string {
  return fold ? foldCase(text, folding) : text;
}
