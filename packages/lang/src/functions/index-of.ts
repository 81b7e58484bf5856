import { foldFor } from "./fold-for.ts";
import type { LanguageFunction } from "./function.ts";

export const indexOf: LanguageFunction = {
  name: "indexOf",
  doc: "Where `part` first stands in `source`, at or after `start`, counted from 0. Null if it does not.",
  parameters: [
    { name: "source", type: "string" },
    { name: "part", type: "string" },
    { name: "start", type: "integer", optional: true },
  ],
  returns: "integer",
  hasInsensitiveForm: true,
  examples: [
    ['indexOf("user=ann", "=")', 4n],
    ['indexOf("a.b.c", ".", 2)', 3n],
    ['indexOf("a.b.c", ".", -5)', 1n],
    ['indexOf("a.b.c", "", 2)', 2n],
    ['indexOf("a.b.c", "", 9)', null],
    ['indexOf~("C:\\\\Users", "users")', 3n],
    ['indexOf("user", "=")', null],
    ['indexOf("user", "s", null)', null],
  ],
  run: ([source, part, start = 0n], context) => {
    if (typeof source !== "string" || typeof part !== "string" || typeof start !== "bigint") {
      return null;
    }
    // JavaScript would look for an empty text past the end at the end.
    if (start > source.length) return null;
    const found = foldFor(context, source).indexOf(foldFor(context, part), Number(start));
    return found < 0 ? null : BigInt(found);
  },
};
