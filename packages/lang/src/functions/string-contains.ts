import { foldFor } from "./fold-for.ts";
import type { LanguageFunction } from "./function.ts";

export const stringContains: LanguageFunction = {
  name: "stringContains",
  doc: "Whether `part` stands somewhere in `source`. False if either is empty.",
  parameters: [
    { name: "source", type: "string" },
    { name: "part", type: "string" },
  ],
  returns: "boolean",
  hasInsensitiveForm: true,
  examples: [
    ['stringContains("cmd /c whoami", "/c")', true],
    ['stringContains("cmd /c whoami", "/C")', false],
    ['stringContains~("cmd /c whoami", "/C")', true],
    ['stringContains("cmd", "")', false],
    ['stringContains("", "")', false],
    ['stringContains(null, "a")', null],
  ],
  run: ([source, part], context) =>
    typeof source === "string" && typeof part === "string"
      ? part !== "" && foldFor(context, source).includes(foldFor(context, part))
      : null,
};
