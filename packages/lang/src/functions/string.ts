import { literalText } from "../values/index.ts";
import type { LanguageFunction } from "./function.ts";

export const string: LanguageFunction = {
  name: "string",
  doc: "`value` as text.",
  parameters: [{ name: "value", type: "any" }],
  returns: "string",
  hasInsensitiveForm: false,
  examples: [
    ["string(42)", "42"],
    ["string(42.50)", "42.5"],
    ["string(1.0)", "1.0"],
    ["string(true)", "true"],
    ['string("a")', "a"],
    ["string(null)", null],
  ],
  run: ([value = null]) => (value === null ? null : literalText(value)),
};
