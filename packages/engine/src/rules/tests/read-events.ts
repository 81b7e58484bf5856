import { dirname, resolve } from "node:path";
import { withField, withoutField } from "@harrier/lang/match";
import { formatInstant, parseInstant } from "@harrier/lang/values";
import { isObject, type RawObject } from "../classify.ts";
import type { ValuePath } from "../parsed-file.ts";
import type { TableReader } from "./table-reader.ts";
import type { EventSource } from "./test-file.ts";

/** Events that a test file names, to be changed in places. */
export type BaseEvents = ReadonlyMap<string, RawObject>;

const unitNanos: Readonly<Record<string, bigint>> = {
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
};

/** One list of events: tables, and texts that are paths of files beside the test file. */
export function readEventList(
  list: readonly unknown[],
  reader: TableReader,
  path: ValuePath,
  bases: BaseEvents,
): readonly EventSource[] {
  return list.flatMap((each, index): EventSource[] => {
    const [key = "", ...below] = [...path, index];
    const span = reader.spanOf(String(key), ...below);
    if (typeof each === "string") {
      return [{ kind: "file", path: resolve(dirname(span.source.name), each), span }];
    }
    if (!isObject(each)) {
      reader.report("test/bad-value", "an event is a table, or the path of a file", span);
      return [];
    }
    const document = buildEvent(reader.below(each, key, ...below), bases);
    return document === undefined ? [] : [{ kind: "event", document, span }];
  });
}

/** An event as it stands, or changes to a base: `base`, `set`, `unset`, `after`. */
function buildEvent(reader: TableReader, bases: BaseEvents): RawObject | undefined {
  const { members } = reader;
  if (typeof members.base !== "string") return plain(members);
  const name = reader.text("base") ?? "";
  const base = bases.get(name);
  if (base === undefined) {
    return reader.report("test/bad-value", `there is no \`[base.${name}]\``, reader.spanOf("base"));
  }
  const set = reader.table("set");
  const unset = reader.texts("unset");
  const after = reader.text("after");
  reader.finish();
  let event: RawObject = base;
  for (const field of unset) event = withoutField(event, field);
  for (const [field, value] of fieldsOf(set?.members ?? {})) event = withField(event, field, value);
  return after === undefined ? event : moveTime(event, after, reader);
}

/** `after = "5s"`: the base's time and five seconds. */
function moveTime(event: RawObject, after: string, reader: TableReader): RawObject | undefined {
  const parts = /^([+-]?\d{1,12})(ms|[smhd])$/.exec(after);
  const unit = unitNanos[parts?.[2] ?? ""];
  if (parts === null || unit === undefined) {
    return reader.reject("after", "a number and ms, s, m, h or d");
  }
  const time = event["@timestamp"];
  const start =
    typeof time === "string" || typeof time === "number" ? parseInstant(time) : undefined;
  if (start === undefined) {
    return reader.report("test/bad-value", "the base has no `@timestamp`", reader.spanOf("after"));
  }
  return { ...event, "@timestamp": formatInstant(start + BigInt(parts[1] ?? 0) * unit) };
}

/** The fields of nested tables by their whole names. */
function fieldsOf(table: RawObject, prefix = ""): readonly (readonly [string, unknown])[] {
  return Object.entries(plain(table)).flatMap(([key, value]) =>
    isObject(value) ? fieldsOf(value, `${prefix}${key}.`) : [[prefix + key, value] as const],
  );
}

/** TOML's own times as texts; whole numbers as JSON has them. */
export function plain(table: RawObject): RawObject {
  return Object.fromEntries(Object.entries(table).map(([key, value]) => [key, plainValue(value)]));
}

function plainValue(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "bigint") return Number(value);
  if (Array.isArray(value)) return value.map(plainValue);
  return isObject(value) ? plain(value) : value;
}
