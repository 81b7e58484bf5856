import { compileLucene } from "@harrier/lang/lucene";
import type { RawObject, ValuePath } from "../../rules/index.ts";
import type { CompileClause, FilterContext } from "./context.ts";
import { checkOptions } from "./field-clause.ts";
import { isObject, quote, rejectValue } from "./shape.ts";

/** What is searched and how words are joined can be told, but only the usual ways are known. */
const usual: Readonly<Record<string, ReadonlySet<string>>> = {
  default_field: new Set(["*"]),
  default_operator: new Set(["OR", "or"]),
  time_zone: new Set(["UTC", "Z", "GMT", "Etc/UTC", "+00:00"]),
};
const harmless = ["analyze_wildcard", "allow_leading_wildcard", "auto_generate_phrase_queries"];

/** A query in Lucene's language. */
export const compileQueryString: CompileClause = (body, path, context) => {
  if (!isObject(body)) return rejectValue(path, body, "an object", context);
  const known = ["query", ...Object.keys(usual), ...harmless];
  if (!checkOptions(body, known, path, context) || !isUsual(body, path, context)) return undefined;
  const { query: text } = body;
  const place = [...path, "query"];
  if (typeof text !== "string") return rejectValue(place, text, "a text", context);
  const { schema, nestedPath, report, ...options } = context;
  if (nestedPath !== undefined) {
    report(path, "filter/unsupported", "`query_string` inside of `nested` is not supported");
    return undefined;
  }
  // A rule with an empty query means every event; this clause means none.
  if (text.trim() === "") return { kind: "constant", value: false };
  const { predicate, diagnostics } = compileLucene({ name: "query_string", text }, schema, options);
  for (const { severity, code, message, hint } of diagnostics) {
    report(place, code, message, { severity, ...(hint === undefined ? {} : { hint }) });
  }
  return predicate;
};

function isUsual(body: RawObject, path: ValuePath, { report }: FilterContext): boolean {
  const unusual = Object.keys(usual).filter((key) => {
    const value = body[key];
    return value !== undefined && value !== null && !usual[key]?.has(String(value));
  });
  for (const key of unusual) {
    const message = `\`${key}\` is ${quote(String(body[key]))}, which is not supported`;
    report([...path, key], "filter/unsupported", message);
  }
  return unusual.length === 0;
}
