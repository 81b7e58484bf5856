import { foldFor } from "./fold-for.ts";
import type { LanguageFunction } from "./function.ts";

export const startsWith: LanguageFunction = {
  name: "startsWith",
  doc: "Whether `source` starts with `prefix`.",
  parameters: [
    { name: "source", type: "string" },
    { name: "prefix", type: "string" },
  ],
  returns: "boolean",
  hasInsensitiveForm: true,
  examples: [
    ['startsWith("explorer.exe", "explorer")', true],
    ['startsWith("explorer.exe", "Explorer")', false],
    ['startsWith~("explorer.exe", "Explorer")', true],
    ['startsWith("explorer.exe", "")', true],
    ['startsWith("explorer.exe", null)', null],
  ],
  run: ([source, prefix], context) =>
    typeof source === "string" && typeof prefix === "string"
      ? foldFor(context, source).startsWith(foldFor(context, prefix))
      : null,
};
