import type { FieldPath } from "@harrier/lang/values";
import { defaultJsonLimits } from "../formats/json-splitter.ts";
import { hasSourceFields, sourceFields, sourceKeys } from "../normalise/sources.ts";
import { streamFields } from "../normalise/stream.ts";

/**
 * Lines that are ECS documents as they stand, so that nothing needs to be unwrapped or mapped: it takes a few keys and
 * fields to tell them from all others. What else there is, its own table says.
 */

/** A line with one of these keys at its top is none. */
export const otherLineKeys: readonly string[] = ["_index", "_id", "_source", ...sourceKeys];

/** Objects and lists inside each other: a line with more is none. */
export const deepestLine: number = defaultJsonLimits.nesting;

/** The fields that tell of the others, and what their data stream is. */
export const plainLineFields: readonly FieldPath[] = [
  ...new Set([
    "@timestamp",
    ...streamFields,
    ...sourceFields.flatMap(({ has, lacks }) => [...has, ...lacks]),
  ]),
];

/** Whether a line without those keys is one, by the fields of which it has a value. */
export function isPlainLine(hasValue: (field: FieldPath) => boolean): boolean {
  return (
    hasValue("@timestamp") && !sourceFields.some((fields) => hasSourceFields(fields, hasValue))
  );
}
