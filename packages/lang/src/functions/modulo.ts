import { evaluateArithmetic } from "./arithmetic.ts";
import type { LanguageFunction } from "./function.ts";

export const modulo: LanguageFunction = {
  name: "modulo",
  doc: "The rest of `left` by `right`, with the sign of `left`.",
  parameters: [
    { name: "left", type: "number" },
    { name: "right", type: "number" },
  ],
  returns: "number",
  hasInsensitiveForm: false,
  examples: [
    ["modulo(7, 3)", 1n],
    ["modulo(-7, 3)", -1n],
    ["modulo(7.5, 2)", 1.5],
    ["modulo(7, 0)", null],
    ["modulo(7, null)", null],
  ],
  run: ([left = null, right = null]) => evaluateArithmetic("%", left, right),
};
