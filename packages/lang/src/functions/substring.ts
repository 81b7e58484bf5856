import type { LanguageFunction } from "./function.ts";

export const substring: LanguageFunction = {
  name: "substring",
  doc: "The text of `source` from `start` up to before `end`, or to its end. Negative places count from the end.",
  parameters: [
    { name: "source", type: "string" },
    { name: "start", type: "integer" },
    { name: "end", type: "integer", optional: true },
  ],
  returns: "string",
  hasInsensitiveForm: false,
  examples: [
    ['substring("start cmd.exe", 6, 9)', "cmd"],
    ['substring("start cmd.exe", 6)', "cmd.exe"],
    ['substring("start cmd.exe", -4)', ".exe"],
    ['substring("start cmd.exe", -7, -4)', "cmd"],
    ['substring("start cmd.exe", 6, 99)', "cmd.exe"],
    ['substring("start cmd.exe", 9, 6)', ""],
    ["substring(null, 0)", null],
  ],
  // `slice` takes places as Python does: negative from the end, clipped, "" if they cross.
  run: ([source, start, end = null]) =>
    typeof source === "string" && typeof start === "bigint"
      ? source.slice(Number(start), typeof end === "bigint" ? Number(end) : undefined)
      : null,
};
