import { foldFor } from "./fold-for.ts";
import type { LanguageFunction } from "./function.ts";

export const endsWith: LanguageFunction = {
  name: "endsWith",
  doc: "Whether `source` ends with `suffix`.",
  parameters: [
    { name: "source", type: "string" },
    { name: "suffix", type: "string" },
  ],
  returns: "boolean",
  hasInsensitiveForm: true,
  examples: [
    ['endsWith("a.exe", ".exe")', true],
    ['endsWith("a.exe", ".EXE")', false],
    ['endsWith~("a.exe", ".EXE")', true],
    ['endsWith("", "")', true],
    ['endsWith(null, ".exe")', null],
  ],
  run: ([source, suffix], context) =>
    typeof source === "string" && typeof suffix === "string"
      ? foldFor(context, source).endsWith(foldFor(context, suffix))
      : null,
};
