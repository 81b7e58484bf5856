import { type EventDocument, type FieldValue, fieldValues } from "@harrier/lang/match";
import { type EpochNanos, type FieldPath, parseInstant } from "@harrier/lang/values";

/** A JSON object, as opposed to an array, a scalar or null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The value at a path as it stands in the document, array or not; nested objects, dotted keys and
 * mixtures of both are found. Undefined when there is none. Arrays of objects are not entered.
 */
export function valueAt(document: EventDocument, path: string): unknown {
  if (Object.hasOwn(document, path)) return document[path];
  for (let dot = path.indexOf("."); dot >= 0; dot = path.indexOf(".", dot + 1)) {
    const head = path.slice(0, dot);
    const inner = Object.hasOwn(document, head) ? document[head] : undefined;
    const found = isObject(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

export function firstValue(document: EventDocument, field: FieldPath): FieldValue | undefined {
  return fieldValues(document, field)[0];
}

/** When the event happened: the first value of the field. Undefined when there is none or it is no date. */
export function timeOf(
  document: EventDocument,
  field: FieldPath = "@timestamp",
): EpochNanos | undefined {
  return instantOf(firstValue(document, field));
}

/** The time that a value of a date field means. */
export function instantOf(value: FieldValue | undefined): EpochNanos | undefined {
  return value === undefined || typeof value === "boolean" ? undefined : parseInstant(value);
}
