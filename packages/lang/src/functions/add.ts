import { evaluateArithmetic } from "./arithmetic.ts";
import type { LanguageFunction } from "./function.ts";

export const add: LanguageFunction = {
  name: "add",
  doc: "The sum of `left` and `right`.",
  parameters: [
    { name: "left", type: "number" },
    { name: "right", type: "number" },
  ],
  returns: "number",
  hasInsensitiveForm: false,
  examples: [
    ["add(1, 2)", 3n],
    ["add(1, 2.5)", 3.5],
    ["add(9223372036854775807, 1)", null],
    ["add(1, null)", null],
  ],
  run: ([left = null, right = null]) => evaluateArithmetic("+", left, right),
};
