import { evaluateArithmetic } from "./arithmetic.ts";
import type { LanguageFunction } from "./function.ts";

export const subtract: LanguageFunction = {
  name: "subtract",
  doc: "`left` less `right`.",
  parameters: [
    { name: "left", type: "number" },
    { name: "right", type: "number" },
  ],
  returns: "number",
  hasInsensitiveForm: false,
  examples: [
    ["subtract(1, 3)", -2n],
    ["subtract(1.5, 1)", 0.5],
    ["subtract(null, 1)", null],
  ],
  run: ([left = null, right = null]) => evaluateArithmetic("-", left, right),
};
