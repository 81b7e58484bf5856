import { literalText } from "../values/index.ts";
import type { LanguageFunction } from "./function.ts";

export const concat: LanguageFunction = {
  name: "concat",
  doc: "All `values` as text, one after another. Null if one of them is.",
  parameters: [{ name: "values", type: "any", rest: true }],
  returns: "string",
  hasInsensitiveForm: false,
  examples: [
    ['concat("process ", 42, " is ", true)', "process 42 is true"],
    ["concat(1.0)", "1.0"],
    ['concat("a", null)', null],
  ],
  run: (values) => (values.includes(null) ? null : values.map(literalText).join("")),
};
