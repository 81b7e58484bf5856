/**
 * Runs the cases of `spec/rules/<type>/<case>/` through the hunt as users start it. A case is a folder of data,
 * worked out by hand from what is documented, never recorded:
 *
 * - `about.md`: one line with what is right, and where that is written.
 * - `rule.toml`: a rule; more of them are `rule-<anything>.toml`, an export of Kibana is `rules.ndjson`.
 * - `events.ndjson`: invented events, each with an `event.id` of its own by which the case names it.
 * - `alerts.json`: exactly the alerts that must come, in any order. A sequence is one; building blocks count.
 *   `events` are the event ids: in the order of a sequence's steps, oldest first of a threshold; an alert that a rule
 *   has read is called by its rule and events, `some-rule(event-1)`. `rule` is the rule id, left out where the case has
 *   one rule. `blocks` are fields of a sequence's blocks in their order. Every other key is a field of the alert's
 *   document with its whole value; null says that the alert does not have it.
 * - `report.json`, optional: parts of what the hunt reports. `rules` has by rule id the `kind` of its outcome and what
 *   it left out (`excepted`, `suppressed`, `capped`, `outsideWindows`); `diagnostics` all codes about rules and
 *   exceptions, each once and sorted; `findings` those about the input; all else is the summary's. Without it, and in
 *   any case for `diagnostics` and `findings` that it does not name, there must be none.
 * - `exceptions.toml` or `.ndjson`, `indicators.ndjson`, optional.
 * - `value-lists/<id>.txt`, `<id>.<type>.txt` or the same with `.csv`, optional.
 * - `options.toml`, optional: `from`, `to`, `now`, `indices`, `case_folding`, `timezone`, `max_signals`,
 *   `endpoint_exceptions`, `limit`, `strict_fields` as the command line has them; `ordered` when the hunt must give
 *   the alerts in the order of `alerts.json`.
 *
 * A case is also hunted with its events read last to first, unless `options.toml` has `ordered` or, for a stated
 * reason, `any_arrival = false`.
 *
 * Cases with a `rule.txt` are those of our own pack: `rule-pack.test.ts`.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Diagnostic } from "@harrier/lang/text";
import { type EpochNanos, parseInstant } from "@harrier/lang/values";
import { parse } from "smol-toml";
import { describe, expect, test } from "vitest";
import type { AlertDocument } from "./alerts/index.ts";
import { valueAt } from "./alerts/lookup.ts";
import type { HuntReport, HuntRequest } from "./app.ts";
import { type AlertGroup, groupAlerts } from "./detect/index.ts";
import { parseValueListRequest, type ValueListRequest } from "./exceptions/index.ts";
import { type EventNames, huntFiles, nameEvents, readText } from "./test-rule-spec.ts";

const specFolder = fileURLToPath(new URL("../../../spec/rules/", import.meta.url));
/** What `now` means where a case does not say. */
const usualNow = "2026-06-01T00:00:00Z";

interface Fields {
  readonly [field: string]: unknown;
}

/** An alert as `alerts.json` has it. */
interface ExpectedAlert extends Fields {
  readonly rule?: string;
  readonly events: readonly string[];
  readonly blocks?: readonly Fields[];
}

const folders = foldersIn(specFolder).flatMap((type) =>
  foldersIn(join(specFolder, type)).map((name) => join(type, name)),
);
const ruleFiles = /^(?:rule|rule-.+|rules)\.(?:toml|ndjson)$/;
const isCase = (name: string): boolean => rulePathsOf(join(specFolder, name)).length > 0;

test("a folder in spec/rules is a case", () => {
  const isOfPack = (name: string): boolean => existsSync(join(specFolder, name, "rule.txt"));
  expect(folders.filter((name) => !isCase(name) && !isOfPack(name))).toEqual([]);
});

for (const name of folders.filter(isCase)) {
  const folder = join(specFolder, name);
  const options = readOptions(folder);
  const eventsPath = join(folder, "events.ndjson");

  describe(`spec/rules/${name}`, () => {
    test("raises its alerts and no others", async () => {
      expect(readText(join(folder, "about.md")).trim()).not.toBe("");
      const { documents, report } = await huntFiles(requestOf(folder, options));
      await expectAlerts(documents);
      expect(summariseReport(report)).toMatchObject(readReport(folder));
    });

    test.skipIf(options.ordered === true || options.any_arrival === false)(
      "raises them whatever the order of arrival",
      async () => {
        const lines = readText(eventsPath).trimEnd().split("\n").reverse();
        const stdin = Readable.from([Buffer.from(lines.join("\n"))]);
        const request = { ...requestOf(folder, options), paths: ["-"], stdin };
        await expectAlerts((await huntFiles(request)).documents);
      },
    );

    async function expectAlerts(documents: readonly AlertDocument[]): Promise<void> {
      const expected: readonly ExpectedAlert[] = readJson(join(folder, "alerts.json"));
      const alerts = groupAlerts(documents);
      const nameOf = await nameEvents([eventsPath], alerts);
      const found = options.ordered === true ? alerts : orderLike(expected, alerts, nameOf);
      const shown = found.map((group, place) => summarise(group, expected[place], nameOf));
      expect(shown).toEqual(expected);
    }
  });
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

function rulePathsOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => ruleFiles.test(name))
    .map((name) => join(folder, name));
}

function readOptions(folder: string): Fields {
  const path = join(folder, "options.toml");
  return existsSync(path) ? parse(readText(path)) : {};
}

function requestOf(
  folder: string,
  options: Fields,
): Pick<HuntRequest, "rulePaths" | "paths"> & Partial<HuntRequest> {
  const pathsOf = (...names: readonly string[]) =>
    names.map((name) => join(folder, name)).filter(existsSync);
  const { from, to, case_folding: folding, timezone, limit } = options;
  return {
    rulePaths: rulePathsOf(folder),
    paths: [join(folder, "events.ndjson")],
    exceptionPaths: pathsOf("exceptions.toml", "exceptions.ndjson"),
    valueLists: valueListsOf(join(folder, "value-lists")),
    indicatorPaths: pathsOf("indicators.ndjson"),
    now: instantOf(options.now ?? usualNow),
    ...(from === undefined ? {} : { from: instantOf(from) }),
    ...(to === undefined ? {} : { to: instantOf(to) }),
    indices: options.indices === "strict" ? "strict" : "any",
    folding: folding === "ascii" ? "ascii" : "unicode",
    ...(typeof timezone === "string" ? { timezone } : {}),
    ...(typeof limit === "number" ? { limit } : {}),
    strictFields: options.strict_fields === true,
    keepsMaxSignals: options.max_signals === true,
    endpointExceptions: options.endpoint_exceptions !== false,
  };
}

/** `<id>.<type>.txt`: the list as `--value-list <id>:<type>=FILE` names it. */
function valueListsOf(folder: string): readonly ValueListRequest[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => {
    const [id = "", type] = name.split(".").slice(0, -1);
    const head = type === undefined ? id : `${id}:${type}`;
    const request = parseValueListRequest(`${head}=${join(folder, name)}`);
    if (request === undefined) throw new Error(`${name} names no value list`);
    return request;
  });
}

function instantOf(value: unknown): EpochNanos {
  const instant = value instanceof Date ? parseInstant(value.getTime()) : parseInstant(`${value}`);
  if (instant === undefined) throw new Error(`${value} is no time`);
  return instant;
}

/** The alerts, each in the place of an expected one with the same events and, if there is one, the same fields; the rest last. */
function orderLike(
  expected: readonly ExpectedAlert[],
  alerts: readonly AlertGroup[],
  nameOf: EventNames,
): readonly AlertGroup[] {
  const rest = new Set(alerts);
  const take = (isSame: (group: AlertGroup) => boolean): AlertGroup | undefined => {
    const found = [...rest].find(isSame);
    if (found !== undefined) rest.delete(found);
    return found;
  };
  const exact = expected.map((alert) =>
    take((group) => isEqual(summarise(group, alert, nameOf), alert)),
  );
  const ordered = expected.map(({ rule, events }, place) => {
    const key = { ...(rule === undefined ? {} : { rule }), events };
    return exact[place] ?? take((group) => isEqual(summarise(group, key, nameOf), key));
  });
  return [...ordered.filter((group) => group !== undefined), ...rest];
}

/** An alert with the keys that the expected one has. */
function summarise(
  group: AlertGroup,
  expected: Partial<ExpectedAlert> | undefined,
  nameOf: EventNames,
): ExpectedAlert {
  const { alert, blocks } = group;
  const { rule, events: _events, blocks: expectedBlocks, ...fields } = expected ?? {};
  return {
    ...(expected !== undefined && rule === undefined
      ? {}
      : { rule: alert["kibana.alert.rule.rule_id"] }),
    events: nameOf(group),
    ...pick(alert, fields),
    ...(expectedBlocks === undefined
      ? {}
      : { blocks: blocks.map((block, place) => pick(block, expectedBlocks[place] ?? {})) }),
  };
}

function pick(document: Fields, fields: Fields): Fields {
  return Object.fromEntries(
    Object.keys(fields).map((field) => [field, valueAt(document, field) ?? null]),
  );
}

function isEqual(left: unknown, right: unknown): boolean {
  try {
    expect(left).toEqual(right);
    return true;
  } catch {
    return false;
  }
}

function summariseReport({
  summary,
  exceptions,
  ruleDiagnostics,
  ruleFailures,
}: HuntReport): Fields {
  const ofRules = summary.rules.map((outcome): [string, Fields] => {
    const { kind, rule } = outcome;
    return [rule.ruleId, { kind, ...("leftOut" in outcome ? outcome.leftOut : {}) }];
  });
  const failed = summary.rules.flatMap((outcome) =>
    outcome.kind === "failed" ? outcome.diagnostics : [],
  );
  const unread = ruleFailures.flatMap(({ diagnostics }) => diagnostics);
  return {
    ...summary,
    rules: Object.fromEntries(ofRules),
    diagnostics: codesOf([...ruleDiagnostics, ...exceptions.diagnostics, ...failed, ...unread]),
    findings: [...new Set(summary.findings.map(({ code }) => code))].sort(),
  };
}

function codesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...new Set(diagnostics.map(({ code }) => code))].sort();
}

function readReport(folder: string): Fields {
  const path = join(folder, "report.json");
  const given: Fields = existsSync(path) ? readJson(path) : {};
  return { diagnostics: [], findings: [], ...given };
}

function readJson<Shape>(path: string): Shape {
  return JSON.parse(readText(path));
}
