import type { LanguageFunction } from "./function.ts";

export const length: LanguageFunction = {
  name: "length",
  doc: "How long the text `source` is, in UTF-16 units.",
  parameters: [{ name: "source", type: "string" }],
  returns: "integer",
  hasInsensitiveForm: false,
  examples: [
    ['length("cmd.exe")', 7n],
    ['length("")', 0n],
    ['length("\\u{1f600}")', 2n],
    ["length(null)", null],
  ],
  run: ([source]) => (typeof source === "string" ? BigInt(source.length) : null),
};
