import type { Rule } from "../../../rules/index.ts";

/** A text or a list of texts of the API's object, each on one line; anything else counts as none. */
export function textParameters({ parameters }: Pick<Rule, "parameters">, name: string): string[] {
  return textsOf(Object.hasOwn(parameters, name) ? parameters[name] : undefined);
}

/** The same of the `[metadata]` table of a TOML rule. */
export function metadataTexts({ metadata = {} }: Pick<Rule, "metadata">, name: string): string[] {
  return textsOf(Object.hasOwn(metadata, name) ? metadata[name] : undefined);
}

function textsOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((each) => {
    const text = typeof each === "string" ? each.replaceAll(/\s*\n\s*/g, " ").trim() : "";
    return text === "" ? [] : [text];
  });
}

/** The objects of a list of the API's object; anything else counts as none. */
export function objectParameters(
  { parameters }: Pick<Rule, "parameters">,
  name: string,
): readonly Readonly<Record<string, unknown>>[] {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (!Array.isArray(value)) return [];
  return value.filter((each) => typeof each === "object" && each !== null && !Array.isArray(each));
}
