import type { Schema } from "@harrier/lang/ecs";
import type { EventDocument } from "@harrier/lang/match";
import { type FieldType, parseAddress, parseInstant, toNumeric } from "@harrier/lang/values";
import { isObject } from "./lookup.ts";

/** An alert on an alert does not inherit the first one's own fields. */
const ownedByAlerts: ReadonlySet<string> = new Set(["kibana", "signal", "threshold_result"]);

/**
 * The field sets of ECS whose types must hold. The catalogue knows integrations' fields too, but an
 * alert keeps those whatever they hold. Without `labels`, where any name may stand.
 */
const ecsFieldSets: ReadonlySet<string> = new Set(
  `@timestamp agent client cloud container data_stream destination device dll dns ecs email error
  event faas file group host http log message network observer orchestrator organization package
  process registry related rule server service source span tags threat tls trace transaction url
  user user_agent volume vulnerability`.split(/\s+/),
);

/** Below this an object is kept as it is. */
const maxDepth = 200;

const dropped = Symbol("dropped");

/**
 * The part of an event that an alert may carry (detection-semantics 4.1.3): without fields of other
 * alerts, without values that contradict the type of their ECS field, without empty lists and
 * objects. Other fields are kept as they are. Any key is data, `__proto__` too.
 */
export function cleanSource(document: EventDocument, schema: Schema): EventDocument {
  const own = Object.entries(document).filter(([key]) => !ownedByAlerts.has(firstName(key)));
  return Object.fromEntries(cleanEntries(own, "", schema, 0));
}

type Entry = readonly [key: string, value: unknown];

function cleanEntries(
  entries: readonly Entry[],
  prefix: string,
  schema: Schema,
  depth: number,
): readonly Entry[] {
  return entries.flatMap(([key, value]): readonly Entry[] => {
    const path = prefix + key;
    if (liesBelowScalar(path, prefix.length, schema)) return [];
    const cleaned = cleanValue(value, path, schema, depth + 1);
    return cleaned === dropped ? [] : [[key, cleaned]];
  });
}

function cleanValue(value: unknown, path: string, schema: Schema, depth: number): unknown {
  if (depth > maxDepth) return value;
  if (Array.isArray(value)) {
    const items = value
      .map((item: unknown) => cleanValue(item, path, schema, depth + 1))
      .filter((item) => item !== dropped);
    return items.length === 0 ? dropped : items;
  }
  const type = ecsTypeOf(path, schema);
  if (isObject(value)) {
    if (isScalarType(type)) return dropped;
    const entries = cleanEntries(Object.entries(value), `${path}.`, schema, depth);
    return entries.length === 0 ? dropped : Object.fromEntries(entries);
  }
  return value === null || canHold(type, value) ? value : dropped;
}

/** Undefined where ECS says nothing: other field sets, custom fields (capitalised by ECS's convention), leaves of nested objects. */
function ecsTypeOf(path: string, schema: Schema): FieldType | undefined {
  if (!ecsFieldSets.has(firstName(path)) || /\.[A-Z]/.test(path)) return undefined;
  const parent = path.slice(0, Math.max(0, path.lastIndexOf(".")));
  return schema.nestedRootOf(parent) === undefined ? schema.typeOf(path) : undefined;
}

/** A dotted key may pass through a field that has a value of its own: `process.name.extra`. */
function liesBelowScalar(path: string, from: number, schema: Schema): boolean {
  for (let dot = path.indexOf(".", from); dot >= 0; dot = path.indexOf(".", dot + 1)) {
    if (isScalarType(ecsTypeOf(path.slice(0, dot), schema))) return true;
  }
  return false;
}

function isScalarType(type: FieldType | undefined): boolean {
  switch (type) {
    case undefined:
    case "unknown":
    case "unsupported":
    case "object":
    case "nested":
      return false;
    case "keyword":
    case "text":
    case "version":
    case "long":
    case "double":
    case "boolean":
    case "ip":
    case "date":
    case "date_nanos":
      return true;
    default:
      return type satisfies never;
  }
}

/** Whether Elasticsearch would take the scalar for a field of this type. */
function canHold(type: FieldType | undefined, value: unknown): boolean {
  switch (type) {
    case undefined:
    case "unknown":
    case "unsupported":
    case "keyword":
    case "text":
    case "version":
      return true;
    case "object":
    case "nested":
      return false;
    case "long":
    case "double":
      return toNumeric(value) !== undefined;
    case "boolean":
      return typeof value === "boolean" || value === "true" || value === "false" || value === "";
    case "ip":
      return typeof value === "string" && parseAddress(value) !== undefined;
    case "date":
    case "date_nanos":
      return (
        (typeof value === "string" || typeof value === "number") &&
        parseInstant(value) !== undefined
      );
    default:
      return type satisfies never;
  }
}

function firstName(key: string): string {
  const dot = key.indexOf(".");
  return dot < 0 ? key : key.slice(0, dot);
}
