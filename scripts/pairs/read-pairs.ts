/** Reads the pairs of raw events and documents in `data/ecs-pairs` of the shared material; writes nothing. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parse as parseYaml } from "yaml";
import { isJson, type Json, leavesOf } from "./document.ts";
import { documentOfGolden } from "./golden.ts";

/** Raw events, and what Elastic's own collector makes of them. */
export interface Pair {
  /** `aws/cloudtrail`: the folder. */
  readonly stream: string;
  readonly name: string;
  /** Bytes as somebody would have them. */
  readonly raw: { readonly name: string; readonly bytes: Buffer };
  /** The zone of times that name none, where the pair sets one. */
  readonly timezone: string | undefined;
  readonly expected: readonly Json[];
  /** Whether the pair itself says that a field is not to be compared. */
  readonly isDynamic: (path: string, value: unknown) => boolean;
}

interface PairEntry {
  readonly stream: string;
  readonly name: string;
  readonly files: readonly string[];
}

/** All pairs of the folder, in the order of its index. */
export function readPairs(folder: string): readonly Pair[] {
  const index: unknown = JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));
  const { pairs } = index as { readonly pairs: readonly PairEntry[] };
  return pairs.map((entry) => readPair(join(folder, entry.stream), entry));
}

function readPair(folder: string, { stream, name, files }: PairEntry): Pair {
  const config = readConfig(folder, name);
  const find = (ending: RegExp) => files.find((file) => ending.test(file.replace(/\.gz$/, "")));
  const load = (file: string | undefined) => readWhole(join(folder, file ?? name));
  const expectedFile = find(/-expected\.json$|\.ecs\.json$|\.json\.golden$/);
  const rawFile =
    find(/\.collected\.json$|\.xml$/) ?? files.find((file) => file !== expectedFile) ?? name;
  const { timezone } = config;
  const shared = { stream, name, timezone, isDynamic: config.isDynamic };
  if (expectedFile === undefined) {
    return { ...shared, raw: { name: rawFile, bytes: load(rawFile) }, expected: [] };
  }
  const wrapped: unknown = JSON.parse(load(expectedFile).toString());
  const entries = listIn(wrapped, "expected");
  if (stream.startsWith("go-libaudit/")) {
    const lines = auditLinesOf(load(rawFile).toString(), entries);
    return {
      ...shared,
      raw: { name: rawFile, bytes: Buffer.from(lines) },
      expected: entries.map(documentOfGolden),
    };
  }
  const raw = { name: rawFile.replace(/\.gz$/, ""), bytes: rawBytes(rawFile, load(rawFile)) };
  return { ...shared, raw, expected: entries };
}

/** The bytes of a file, unpacked. */
function readWhole(path: string): Buffer {
  const file = existsSync(path) ? path : `${path}.gz`;
  const bytes = readFileSync(file);
  return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

function listIn(value: unknown, key: string): readonly Json[] {
  const list = isJson(value) ? value[key] : value;
  // Entries of `null` are events that a pipeline drops.
  return Array.isArray(list) ? list.filter(isJson) : [];
}

/**
 * What stands in the tests is often what a collector has made of the raw event already. Then the raw event is
 * what they keep of it: `event.original`, a text or a list of lines, or `message`.
 */
function rawBytes(file: string, bytes: Buffer): Buffer {
  const name = file.replace(/\.gz$/, "");
  if (!name.endsWith(".json")) return bytes;
  const events = listIn(JSON.parse(bytes.toString()), "events");
  return Buffer.from(events.map((event) => `${rawTextOf(event)}\n`).join(""));
}

function rawTextOf(event: Json): string {
  if (isJson(event.o365audit)) return JSON.stringify(event.o365audit);
  const original = leavesOf(event).get("event.original");
  if (Array.isArray(original)) return original.join("\n");
  const isWhole = isJson(event.winlog) || original === undefined;
  return isWhole ? JSON.stringify(event) : String(original);
}

/** The lines of those tests of a go-libaudit file that there are goldens for, in their order. */
function auditLinesOf(text: string, goldens: readonly Json[]): string {
  const { tests } = parseYaml(text) as { readonly tests: Readonly<Record<string, string>> };
  return goldens.map(({ test_name: name }) => tests[String(name)]).join("\n");
}

interface PairConfig {
  readonly timezone: string | undefined;
  readonly isDynamic: Pair["isDynamic"];
}

/** What the pair's own configuration puts into every event, or does not want compared. */
function readConfig(folder: string, name: string): PairConfig {
  const own = [`${name}-config.yml`, "test-common-config.yml"].map((file) => join(folder, file));
  const configs = own.filter((file) => existsSync(file)).map(readYaml);
  const dynamic = new Set(
    configs.flatMap((config) => Object.keys(childOf(config, "dynamic_fields"))),
  );
  const put = new Map<string, unknown>();
  for (const config of configs) {
    for (const [path, value] of leavesOf(childOf(config, "fields"))) put.set(path, value);
  }
  // Settings of the collector, where one of their values comes out.
  const settings = new Set(
    [...put].flatMap(([path, value]) => (path.startsWith("_conf.") ? [value] : [])),
  );
  const zone = put.get("event.timezone") ?? put.get("_conf.tz_offset");
  return {
    timezone: typeof zone === "string" && zone !== "local" ? zone.replace(/^GMT/, "") : undefined,
    isDynamic: (path, value) =>
      dynamic.has(path) ||
      settings.has(value) ||
      (put.has(path) && JSON.stringify(put.get(path)) === JSON.stringify(value)),
  };
}

function readYaml(file: string): Json {
  const value: unknown = parseYaml(readFileSync(file, "utf8"));
  return isJson(value) ? value : {};
}

function childOf(value: Json, key: string): Json {
  const child = value[key];
  return isJson(child) ? child : {};
}
