import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Schema, schemaFrom } from "@harrier/lang/ecs";
import type { EventDocument } from "@harrier/lang/match";
import type { FieldPath, FieldType } from "@harrier/lang/values";

/** One or more indices that are searched together. */
export interface Dataset {
  readonly documents: readonly EventDocument[];
  readonly schema: Schema;
}

interface Mapped {
  readonly type: string;
  readonly path?: string;
  readonly format?: string;
  readonly null_value?: unknown;
  readonly fields?: Readonly<Record<string, Mapped>>;
  readonly properties?: Readonly<Record<string, Mapped>>;
}

/**
 * Reads the events and mappings of the named indices, as the suite's loader indexes them. `keywordType` stands
 * for `[runtime_random_keyword_type]`: results must not depend on it.
 */
export function readDataset(
  folder: string,
  names: readonly string[],
  keywordType: "keyword" | "wildcard",
): Dataset {
  const types = new Map<FieldPath, FieldType>();
  const documents: EventDocument[] = [];
  for (const name of names) {
    const mapping = readMapping(folder, name, keywordType);
    const indexed = readEvents(folder, name).map((event) => indexEvent(event, name, mapping));
    for (const [path, mapped] of mapping) types.set(path, typeOf(mapped, mapping));
    for (const document of indexed) addDynamicTypes(document, "", types);
    documents.push(...indexed);
  }
  return { documents, schema: schemaFrom(types) };
}

function readMapping(
  folder: string,
  name: string,
  keywordType: string,
): ReadonlyMap<FieldPath, Mapped> {
  // The mapping of the nanosecond index has a name of its own, its events are the same.
  const text = readFileSync(join(folder, `${name}.mapping`), "utf8")
    .replace(/^#.*$/gm, "")
    .replaceAll("[runtime_random_keyword_type]", keywordType);
  const { properties, runtime = {} } = JSON.parse(text) as {
    properties: Record<string, Mapped>;
    runtime?: Record<string, Mapped>;
  };
  const fields = new Map<FieldPath, Mapped>(Object.entries(runtime));
  const add = (below: Readonly<Record<string, Mapped>>, prefix: string): void => {
    for (const [key, mapped] of Object.entries(below)) {
      if (mapped.properties === undefined) fields.set(prefix + key, mapped);
      else add(mapped.properties, `${prefix}${key}.`);
    }
  };
  add(properties, "");
  return fields;
}

/** Comment lines are dropped; times beyond 2^53 are kept as text. */
function readEvents(folder: string, name: string): readonly EventDocument[] {
  const file = name === "endgame-140-nanos" ? "endgame-140" : name;
  const text = readFileSync(join(folder, `${file}.data`), "utf8")
    .replace(/^\s*\/\/.*$/gm, "")
    .replace(/("timestamp"\s*:\s*)(\d+)/g, '$1"$2"');
  return JSON.parse(text) as EventDocument[];
}

function indexEvent(
  event: EventDocument,
  name: string,
  mapping: ReadonlyMap<FieldPath, Mapped>,
): EventDocument {
  const document: Record<string, unknown> = { ...event };
  if (typeof event.timestamp === "string") {
    document["@timestamp"] =
      name === "endgame-140-nanos" ? fromNanos(event.timestamp) : fromFileTime(event.timestamp);
  }
  for (const [path, mapped] of mapping) {
    const value = document[path];
    if (value === null && mapped.null_value !== undefined) document[path] = mapped.null_value;
    if (typeof value === "string" && mapped.format === "dd-MM-yyyy") {
      document[path] = value.split("-").reverse().join("-");
    }
  }
  for (const [path, mapped] of mapping) {
    if (mapped.type === "alias" && mapped.path !== undefined && mapped.path in document) {
      document[path] = document[mapped.path];
    }
  }
  return document;
}

/** Ticks of 100 ns since 1601 to milliseconds since 1970. */
function fromFileTime(ticks: string): number {
  return Number(BigInt(ticks) / 10_000n - 11_644_473_600_000n);
}

/** The suite takes the same digits for nanoseconds since 1970. */
function fromNanos(digits: string): string {
  const fraction = digits.slice(12);
  return digits.slice(0, 12) + (/^0*$/.test(fraction) ? "" : `.${fraction}`);
}

function typeOf(mapped: Mapped, mapping: ReadonlyMap<FieldPath, Mapped>): FieldType {
  const { type, path, fields = {} } = mapped;
  switch (type) {
    case "alias": {
      const target = mapping.get(path ?? "");
      if (target === undefined) throw new Error(`an alias leads nowhere: ${path}`);
      return typeOf(target, mapping);
    }
    case "wildcard":
      return "keyword";
    case "text":
      return Object.keys(fields).length > 0 ? "keyword" : "text";
    case "keyword":
    case "long":
    case "boolean":
    case "ip":
    case "date":
    case "date_nanos":
    case "version":
      return type;
    default:
      throw new Error(`a mapping has the type ${type}, which the runner does not know`);
  }
}

/** Fields that no mapping names get their type from the first value, as dynamic mapping does. */
function addDynamicTypes(value: unknown, path: FieldPath, types: Map<FieldPath, FieldType>): void {
  if (value === null || types.has(path)) return;
  if (Array.isArray(value)) {
    for (const item of value) addDynamicTypes(item, path, types);
  } else if (typeof value === "object") {
    for (const [key, below] of Object.entries(value)) {
      addDynamicTypes(below, path === "" ? key : `${path}.${key}`, types);
    }
  } else if (typeof value === "boolean") {
    types.set(path, "boolean");
  } else if (typeof value === "number") {
    types.set(path, Number.isInteger(value) ? "long" : "double");
  } else {
    types.set(path, "keyword");
  }
}
