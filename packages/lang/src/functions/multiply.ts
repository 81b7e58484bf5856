import { evaluateArithmetic } from "./arithmetic.ts";
import type { LanguageFunction } from "./function.ts";

export const multiply: LanguageFunction = {
  name: "multiply",
  doc: "`left` times `right`.",
  parameters: [
    { name: "left", type: "number" },
    { name: "right", type: "number" },
  ],
  returns: "number",
  hasInsensitiveForm: false,
  examples: [
    ["multiply(6, 7)", 42n],
    ["multiply(2, 0.5)", 1],
    ["multiply(4611686018427387904, 2)", null],
    ["multiply(null, 0)", null],
  ],
  run: ([left = null, right = null]) => evaluateArithmetic("*", left, right),
};
