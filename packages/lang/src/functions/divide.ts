import { evaluateArithmetic } from "./arithmetic.ts";
import type { LanguageFunction } from "./function.ts";

export const divide: LanguageFunction = {
  name: "divide",
  doc: "`left` by `right`; two whole numbers give a whole number, cut toward zero.",
  parameters: [
    { name: "left", type: "number" },
    { name: "right", type: "number" },
  ],
  returns: "number",
  hasInsensitiveForm: false,
  examples: [
    ["divide(7, 2)", 3n],
    ["divide(-7, 2)", -3n],
    ["divide(7, 2.0)", 3.5],
    ["divide(1, 0)", null],
    ["divide(null, 2)", null],
  ],
  run: ([left = null, right = null]) => evaluateArithmetic("/", left, right),
};
