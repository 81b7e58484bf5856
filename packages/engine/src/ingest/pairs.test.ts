import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { Normaliser } from "./normalise/index.ts";

/**
 * Compares our mapping with what Elastic's own pipelines make of the same events. The pairs are under
 * Elastic's licence, and therefore read in place where they are: $HARRIER_SHARED, or beside the checkout.
 */
const shared = process.env.HARRIER_SHARED ?? join(import.meta.dirname, "../../../../../shared");
const pairs = join(shared, "data/ecs-pairs");
const isThere = existsSync(pairs);

const streams = [
  "windows/sysmon_operational",
  "windows/forwarded",
  "windows/powershell",
  "windows/powershell_operational",
  "system/security",
  "winlogbeat/sysmon",
  "winlogbeat/security",
  "winlogbeat/powershell",
  "sysmon_linux/log",
];

/** What comes out otherwise on purpose, or is left out; by field, or by the field that it begins with. */
const leftOut: Readonly<Record<string, string>> = {
  "ecs.version": "no use without a cluster",
  "event.ingested": "there is no ingest time offline",
  "event.module": "the samples do not say that Winlogbeat sent them",
  "source.geo": "needs a database",
  "source.as": "needs a database",
  tags: "how the collector was set up",
  "user.id": "of Sysmon is the service's account there: see sysmon.ts",
  "@timestamp": "keeps digits finer than milliseconds",
  "event.created": "keeps digits finer than milliseconds",
  "winlog.event_data.NewSd": "security descriptors in words",
  "winlog.event_data.OldSd": "security descriptors in words",
  "winlog.event_data.NewUACList": "newer names, which rules use: USER_…",
  "winlog.event_data.SidList": "names of groups that no rule asks for",
};

/** Fields of single events, by id of the event. */
const leftOutOf: Readonly<Record<string, string>> = {
  "7 event.category": "the newest shape, with library",
  "7 event.type": "the newest shape, with library",
  "13 registry.data.strings":
    "older copies have one number as it is written, the others in decimal",
  "4674 winlog.event_data.AccessMask": "Winlogbeat makes a list of codes, Agent does not",
  "4674 winlog.event_data.AccessMaskDescription": "they take the numbers of codes for bits",
  "5145 file.path": "their template doubles backslashes",
  "5145 file.target_path": "their template doubles backslashes",
};

/** Streams whose quirks ecs-mapping 11.2 leaves out. */
const leftOutIn: Readonly<Record<string, readonly string[]>> = {
  "sysmon_linux/log": ["event.action", "process.name"],
};

/** Registries of providers are not known to `domains.ts`. */
const isProviderDomain = (value: unknown) => String(value).includes("fastly");

type Json = Readonly<Record<string, unknown>>;

function load(path: string): unknown {
  const file = existsSync(path) ? path : `${path}.gz`;
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString());
}

/** Inputs and expected documents of every pair of a stream. */
function* pairsOf(
  stream: string,
): Generator<{ input: readonly Json[]; expected: readonly Json[] }> {
  const folder = join(pairs, stream);
  const names = new Set(readdirSync(folder).map((name) => name.replace(/\.gz$/, "")));
  for (const name of [...names].sort()) {
    if (name.endsWith("-expected.json")) {
      const raw = load(join(folder, name.replace("-expected.json", "")));
      const expected = load(join(folder, name));
      yield { input: Object(raw).events, expected: Object(expected).expected };
    } else if (name.endsWith(".collected.json")) {
      const ecs = name.replace(".collected.json", ".ecs.json");
      yield {
        input: load(join(folder, name)) as Json[],
        expected: load(join(folder, ecs)) as Json[],
      };
    }
  }
}

function* leavesOf(fields: Json, prefix = ""): Generator<[path: string, value: unknown]> {
  for (const [key, value] of Object.entries(fields)) {
    const path = prefix + key;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (isObject) yield* leavesOf(value as Json, `${path}.`);
    else yield [path, value];
  }
}

/** One value or a list, in any order: rules ask whether any of them fits. */
function comparable(value: unknown): string {
  const values = Array.isArray(value) ? value : [value];
  return JSON.stringify(values.map((one) => JSON.stringify(sorted(one))).sort());
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isLeftOut(stream: string, document: ReadonlyMap<string, unknown>, path: string): boolean {
  const code = String(document.get("event.code"));
  const value = document.get(path);
  // What Windows writes for "nothing" is no value of an ECS field.
  if (value === "-" && !path.startsWith("winlog.event_data.")) return true;
  if (leftOutOf[`${code} ${path}`] !== undefined) return true;
  if (leftOutIn[stream]?.includes(path)) return true;
  if (path.startsWith("dns.question.") && isProviderDomain(document.get("dns.question.name"))) {
    return path !== "dns.question.name";
  }
  return Object.keys(leftOut).some((prefix) => path.startsWith(prefix));
}

test.skipIf(!isThere).each(streams)("what Elastic makes of %s, we make too", (stream) => {
  let compared = 0;
  const different: string[] = [];
  for (const { input, expected } of pairsOf(stream)) {
    const normaliser = new Normaliser(stream, () => {}, {});
    const raws = input.map((value, index) => ({ value, position: index + 1 }));
    const events = [...normaliser.push(raws), ...normaliser.finish()];
    expect(events.length).toBe(expected.length);
    for (const [index, document] of expected.entries()) {
      const ours = new Map(leavesOf(events[index]?.document ?? {}));
      const theirs = new Map(leavesOf(document));
      for (const [path, value] of theirs) {
        if (isLeftOut(stream, theirs, path)) continue;
        compared += 1;
        if (comparable(ours.get(path)) !== comparable(value)) {
          different.push(
            `${theirs.get("event.code")} ${path}: ${JSON.stringify(value)}, ours ${JSON.stringify(ours.get(path))}`,
          );
        }
      }
    }
  }
  expect(different).toEqual([]);
  expect(compared).toBeGreaterThan(20);
});

if (!isThere) test.skip(`${pairs} is not there: nothing compared`, () => {});
