import { compilePredicate, type EventDocument } from "@harrier/lang/match";
import { canonicalAddress, parseNumber } from "@harrier/lang/values";
import { type Fields, isFields, putKey, type ReadonlyFields } from "../normalise/fields.ts";
import { formatTime, readZone, type WrittenTime, type ZoneOffset } from "../normalise/time.ts";
import { readDate } from "./date-format.ts";
import type { EventMap, Expansion, MappedField, MappedValue } from "./event-map.ts";
import { readPairs } from "./pairs.ts";

/** What a map makes of a raw event. `time` becomes `@timestamp`, as for every source. */
export interface MappedEvent {
  readonly document: Fields;
  readonly time?: WrittenTime;
}

/** A map, made ready. */
export interface EventMapper {
  /** Takes the raw event's texts apart; the same object where there are none. */
  readonly expand: (raw: ReadonlyFields) => ReadonlyFields;
  /** Whether the map is for the event, which has been expanded. */
  readonly accepts: (raw: ReadonlyFields) => boolean;
  /** `onMisfit` is told of each value that its field cannot take; it is left out. */
  readonly read: (raw: ReadonlyFields, onMisfit: (field: MappedField) => void) => MappedEvent;
}

export function compileMap(map: EventMap): EventMapper {
  const accepts = map.where === undefined ? () => true : compilePredicate(map.where);
  const writers = map.fields.map(compileField);
  const named = new Set(map.fields.flatMap(({ from }) => from));
  return {
    expand: (raw) => map.expand.reduce(expandField, raw),
    accepts: (raw) => accepts(raw as EventDocument),
    read: (raw, onMisfit) => {
      const draft: Draft = { document: {}, time: undefined };
      if (map.stream !== undefined) {
        draft.document.data_stream = { ...map.stream };
        setPath(draft.document, "event.dataset", map.stream.dataset);
      }
      for (const write of writers) write(raw, draft, onMisfit);
      if (map.rest !== undefined) {
        const rest = withoutNamed(raw, named);
        if (Object.keys(rest).length > 0) setPath(draft.document, map.rest, rest);
      }
      const { document, time } = draft;
      return { document, ...(time !== undefined && { time }) };
    },
  };
}

interface Draft {
  readonly document: Fields;
  time: WrittenTime | undefined;
}

type FieldWriter = (
  raw: ReadonlyFields,
  draft: Draft,
  onMisfit: (field: MappedField) => void,
) => void;

function compileField(field: MappedField): FieldWriter {
  const applies = field.where === undefined ? () => true : compilePredicate(field.where);
  const convert = compileConversion(field);
  return (raw, draft, onMisfit) => {
    if (!applies(raw as EventDocument)) return;
    if (field.from.length === 0) {
      setPath(draft.document, field.to, field.value);
      return;
    }
    const found = field.from.map((name) => rawValue(raw, name)).find(isThere);
    const values = scalarsOf(found).flatMap((value) => splitValue(value, field.split));
    if (values.length === 0) {
      if (!isThere(found)) setPath(draft.document, field.to, field.otherwise);
      return;
    }
    const converted = values.map(convert);
    if (converted.some((value) => value === undefined)) onMisfit(field);
    const kept = converted.filter((value) => value !== undefined);
    const [first] = kept;
    if (first === undefined) return;
    if (field.to === "@timestamp" && isTime(first)) draft.time = first;
    else {
      const written = kept.flatMap((value) => (isTime(value) ? textOf(value) : value));
      const isList = field.split !== undefined || Array.isArray(found) || kept.some(Array.isArray);
      setPath(draft.document, field.to, isList ? written : written[0]);
    }
  };
}

type Scalar = string | number | boolean;
type Converted = MappedValue | WrittenTime | undefined;

function compileConversion(field: MappedField): (value: Scalar) => Converted {
  const { table, otherwise, type } = field;
  if (table !== undefined) {
    const entries = new Map(Object.entries(table).map(([key, to]) => [key.toLowerCase(), to]));
    return (value) => entries.get(String(value).toLowerCase()) ?? otherwise;
  }
  switch (type) {
    case "text":
      return (value) => (typeof value === "string" ? value : String(value));
    case "number":
      return (value) => (typeof value === "number" ? value : numberOf(String(value)));
    case "boolean":
      return booleanOf;
    case "ip":
      return (value) => canonicalAddress(String(value).trim());
    case "date": {
      const zone = field.zone === undefined ? undefined : readZone(field.zone);
      return (value) => (typeof value === "boolean" ? undefined : dateOf(value, field, zone));
    }
    default:
      return type satisfies never;
  }
}

/** Whole numbers beyond 2^53 stay text: their digits would be lost. */
function numberOf(text: string): number | string | undefined {
  const number = parseNumber(text.trim());
  if (typeof number !== "bigint") return number;
  const plain = Number(number);
  return Number.isSafeInteger(plain) ? plain : String(number);
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["0", false],
]);

function booleanOf(value: Scalar): boolean | undefined {
  return truths.get(String(value).trim().toLowerCase());
}

function dateOf(
  value: string | number,
  { formats }: MappedField,
  zone: ZoneOffset | undefined,
): WrittenTime | undefined {
  for (const format of formats) {
    const time = readDate(value, format);
    if (time === undefined) continue;
    if (time.zone !== "none" || zone === undefined) return time;
    return { ...time, epochMs: time.epochMs - zone(time.epochMs), zone: "offset" };
  }
  return undefined;
}

function isTime(value: Converted): value is WrittenTime {
  return typeof value === "object" && value !== null && "epochMs" in value;
}

/** Other dates than `@timestamp` count as UTC where nothing names their zone. */
function textOf({ epochMs, finer }: WrittenTime): string {
  return formatTime(epochMs, finer);
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** Lists give their scalars; objects have none. */
function scalarsOf(value: unknown): readonly Scalar[] {
  if (Array.isArray(value)) return value.flatMap((item) => (isScalar(item) ? [item] : []));
  return isScalar(value) && value !== "" ? [value] : [];
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function splitValue(value: Scalar, separator: string | undefined): readonly Scalar[] {
  if (separator === undefined || typeof value !== "string") return [value];
  return value
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** A raw field by its whole name, else by the path that the name is. */
function rawValue(raw: ReadonlyFields, name: string): unknown {
  if (Object.hasOwn(raw, name)) return raw[name];
  let at: unknown = raw;
  for (const part of name.split(".")) {
    if (!isFields(at) || !Object.hasOwn(at, part)) return undefined;
    at = at[part];
  }
  return at;
}

/** Sets a nested field under names that a mapping file wrote. Something else in the way is replaced. */
function setPath(target: Fields, path: string, value: unknown): void {
  if (value === undefined || value === "") return;
  const names = path.split(".");
  let at = target;
  for (const name of names.slice(0, -1)) {
    const child = Object.hasOwn(at, name) ? at[name] : undefined;
    if (isFields(child)) at = child;
    else {
      const made: Fields = {};
      putKey(at, name, made);
      at = made;
    }
  }
  putKey(at, names.at(-1) ?? "", value);
}

function expandField(raw: ReadonlyFields, expansion: Expansion): ReadonlyFields {
  const text = rawValue(raw, expansion.field);
  if (typeof text !== "string" || text === "") return raw;
  const value = expansion.as === "json" ? parseObject(text) : readPairs(text, expansion.layout);
  if (value === undefined) return raw;
  const copy: Fields = {};
  for (const key of Object.keys(raw)) putKey(copy, key, raw[key]);
  putKey(copy, expansion.field, value);
  return copy;
}

/** Nesting beyond this is not for people. */
const deepestJson = 64;

function parseObject(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null;
    return isObject && depthOf(value, 0) <= deepestJson ? value : undefined;
  } catch {
    return undefined;
  }
}

function depthOf(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null || depth > deepestJson) return depth;
  return Object.values(value).reduce(
    (most: number, each) => Math.max(most, depthOf(each, depth + 1)),
    depth,
  );
}

/** The raw fields that no entry takes. A path takes the one leaf; what holds it stays without it. */
function withoutNamed(raw: ReadonlyFields, named: ReadonlySet<string>, prefix = ""): Fields {
  const rest: Fields = {};
  for (const key of Object.keys(raw)) {
    const path = prefix + key;
    if (named.has(path)) continue;
    const value = raw[key];
    if (!isFields(value)) putKey(rest, key, value);
    else {
      const below = withoutNamed(value, named, `${path}.`);
      if (Object.keys(below).length > 0) putKey(rest, key, below);
    }
  }
  return rest;
}
