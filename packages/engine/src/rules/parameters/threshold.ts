import type { FieldReader } from "../fields.ts";
import type { Threshold } from "../rule.ts";

const mostFields = 5;

/** `threshold`: what a group of events needs (detection-semantics 1.2). `undefined`, with a finding, where it is wrong. */
export function readThreshold(fields: FieldReader): Threshold | undefined {
  fields.require("threshold");
  const threshold = fields.object("threshold");
  if (threshold === undefined) return undefined;
  // One empty name stands for no grouping.
  const names = threshold.texts("field").filter((name) => name !== "");
  if (names.length > mostFields) {
    threshold.reject("field", `\`threshold.field\` has more than ${mostFields} fields`);
  }
  threshold.require("value");
  const value = threshold.whole("value", { least: 1 });
  const cardinality = readCardinality(threshold);
  if (value === undefined) return undefined;
  return { fields: names, value, ...(cardinality === undefined ? {} : { cardinality }) };
}

/** Only the first of the list has a meaning. */
function readCardinality(threshold: FieldReader): Threshold["cardinality"] {
  const [first] = threshold.objects("cardinality");
  const field = first?.text("field", "present");
  first?.require("value");
  const value = first?.whole("value", { least: 0 });
  return field === undefined || field === "" || value === undefined ? undefined : { field, value };
}
