/**
 * Runs our own rules (`rules/`) the way a user does.
 *
 * - Each case in `spec/rules/eql/` is a folder: `rule.txt` names a rule of the pack, `events.ndjson` holds invented
 *   events, `alerts.json` the alerts that must come of them. Ids say what an event is for: `hit` belongs to an alert,
 *   `near` looks like one and is none. `SPEC_UPDATE=1` writes `alerts.json` anew.
 * - The example in `examples/netcat-scenario/` raises the alerts that its README tells of.
 */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { generateScenario } from "../../../examples/netcat-scenario/generate.ts";
import type { AlertDocument } from "./alerts/index.ts";
import { type HuntReport, loadAndCompile } from "./app.ts";
import { groupAlerts } from "./detect/index.ts";
import { huntFiles, nameEvents, readText as read } from "./test-rule-spec.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const casesFolder = join(root, "spec/rules/eql");
const isUpdate = process.env.SPEC_UPDATE === "1";

/** An alert as `alerts.json` has it: a sequence names its events in their order. */
interface ExpectedAlert {
  readonly rule_id: string;
  readonly severity: string;
  readonly risk_score: number;
  readonly events: readonly string[];
}

interface RuleCase {
  readonly name: string;
  readonly rulePath: string;
}

const cases: readonly RuleCase[] = readdirSync(casesFolder)
  .filter((name) => existsSync(join(casesFolder, name, "rule.txt")))
  .map((name) => ({ name, rulePath: read(join(casesFolder, name, "rule.txt")).trim() }));
const packFiles = readdirSync(join(root, "rules/windows"))
  .filter((name) => !name.endsWith(".test.toml"))
  .map((name) => `rules/windows/${name}`);

describe("rule pack", () => {
  test("reads without a finding", async () => {
    const { rules, failures, files } = await loadAndCompile({
      rulePaths: [join(root, "rules")],
      strictFields: true,
      now: 0n,
    });
    expect(failures).toEqual([]);
    expect(rules.flatMap((rule) => rule.diagnostics)).toEqual([]);
    expect(files).toBe(packFiles.length);
    for (const { rule, plan } of rules) {
      expect(plan, rule.name).toBeDefined();
      expect(rule.note, rule.name).not.toContain("$investigate_");
      const buttons = rule.note?.split("!{investigate{").length ?? 0;
      expect(buttons - 1, rule.name).toBe(countOf(rule.transform?.investigate));
    }
    const ids = rules.map(({ rule }) => rule.ruleId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has a case for every rule", () => {
    expect(cases.map(({ rulePath }) => rulePath).sort()).toEqual([...packFiles].sort());
  });
});

for (const { name, rulePath } of cases) {
  const goldenPath = join(casesFolder, name, "alerts.json");
  const eventsPath = join(casesFolder, name, "events.ndjson");

  describe(`spec/rules/eql/${name}`, () => {
    test("raises its alerts and no others", async () => {
      const { alerts, report } = await hunt([rulePath], eventsPath, "any");
      if (isUpdate) writeFileSync(goldenPath, printExpected(alerts));
      expect(alerts).toEqual(readExpected(goldenPath));
      expect(report.summary.findings).toEqual([]);
      expect(report.summary.rules.map(({ kind }) => kind)).toEqual(["fired"]);
    });

    test("is right for every source that the rule names", async () => {
      const { alerts } = await hunt([rulePath], eventsPath, "strict");
      // The reference rule names Elastic Defend alone, as the public rule does.
      const isNamed = ({ events }: ExpectedAlert): boolean =>
        name !== "command-shell-via-netcat" || !events[0]?.includes("sysmon");
      expect(alerts).toEqual(readExpected(goldenPath).filter(isNamed));
    });

    test("calls a hit what belongs to an alert, and nothing else", () => {
      const ids = read(eventsPath)
        .trim()
        .split("\n")
        .map((line) => String(JSON.parse(line).event.id));
      const used = readExpected(goldenPath).flatMap(({ events }) => events);
      expect(ids.filter((id) => id.startsWith("hit")).sort()).toEqual([...used].sort());
    });
  });
}

describe("reference rule", () => {
  const shared = process.env.HARRIER_SHARED ?? join(root, "../shared");
  const published = join(shared, "corpora/detection-rules/rules/windows");
  const file = "execution_revshell_cmd_via_netcat.toml";
  const isHere = existsSync(join(published, file));

  test.skipIf(!isHere)(
    `finds what the published ${file} finds (skipped without HARRIER_SHARED)`,
    async () => {
      const ours = "rules/windows/execution_command_shell_via_netcat.toml";
      for (const { name } of cases) {
        const eventsPath = join(casesFolder, name, "events.ndjson");
        const [found, expected] = [
          await hunt([ours], eventsPath, "any"),
          await hunt([relative(root, join(published, file))], eventsPath, "any"),
        ];
        const eventsOf = (alerts: readonly ExpectedAlert[]) => alerts.map(({ events }) => events);
        expect(eventsOf(found.alerts), name).toEqual(eventsOf(expected.alerts));
      }
    },
  );
});

describe("examples/netcat-scenario", () => {
  const eventsPath = join(root, "examples/netcat-scenario/events.ndjson");

  test("is what its generator writes", () => {
    expect(generateScenario() === read(eventsPath)).toBe(true);
  });

  test("raises the alerts that its README tells of", async () => {
    const { documents, report } = await hunt(["rules"], eventsPath, "strict");
    const told = documents
      .filter((alert) => alert["kibana.alert.building_block_type"] === undefined)
      .map((alert) => [
        alert["kibana.alert.original_time"]?.slice(11, 16),
        hostOf(alert),
        alert["kibana.alert.severity"],
        alert["kibana.alert.rule.name"],
      ]);
    expect(told.sort()).toEqual([
      ["09:15", "HL-FIN-07", "critical", "Command Shell via a Renamed NetCat"],
      ["09:15", "HL-FIN-07", "high", "Command Shell via NetCat"],
      ["09:15", "HL-FIN-07", "high", "Renamed NetCat Utility"],
      ["09:23", "HL-FIN-07", "medium", "NetCat Listener Started"],
      ["09:27", "HL-LAB-02", "high", "Command Shell via NetCat"],
      ["09:27", "HL-LAB-02", "high", "NetCat Connection Followed by a Command Shell"],
      ["09:42", "HL-FIN-07", "high", "Command Shell via NetCat in an Unusual Form"],
      ["09:42", "HL-FIN-07", "high", "NetCat Connection Followed by a Command Shell"],
    ]);
    expect(report.summary.buildingBlocks).toBe(4);
    expect(report.summary.findings).toEqual([]);
  });
});

interface Found {
  readonly documents: readonly AlertDocument[];
  readonly alerts: readonly ExpectedAlert[];
  readonly report: HuntReport;
}

async function hunt(
  rulePaths: readonly string[],
  eventsPath: string,
  indices: "any" | "strict",
): Promise<Found> {
  const { documents, report } = await huntFiles({
    rulePaths: rulePaths.map((path) => join(root, path)),
    paths: [eventsPath],
    indices,
  });
  const groups = groupAlerts(documents);
  const nameOf = await nameEvents([eventsPath], groups);
  const alerts = groups.map((group) => ({
    rule_id: group.alert["kibana.alert.rule.rule_id"],
    severity: group.alert["kibana.alert.severity"],
    risk_score: group.alert["kibana.alert.risk_score"],
    events: nameOf(group),
  }));
  return { documents, alerts, report };
}

const countOf = (list: unknown): number => (Array.isArray(list) ? list.length : 0);

function hostOf(alert: AlertDocument): unknown {
  // The host of an event is an object in our documents; the alert keeps it as it was.
  return (alert.host as { readonly name?: unknown } | undefined)?.name;
}

function readExpected(path: string): readonly ExpectedAlert[] {
  return JSON.parse(read(path));
}

/** One property a line and events side by side, as the formatter wants them. */
function printExpected(alerts: readonly ExpectedAlert[]): string {
  const entries = alerts.map(
    (alert) =>
      `  {\n    "rule_id": ${JSON.stringify(alert.rule_id)},\n    "severity": ${JSON.stringify(alert.severity)},\n    "risk_score": ${alert.risk_score},\n    "events": [${alert.events.map((id) => JSON.stringify(id)).join(", ")}]\n  }`,
  );
  return `[\n${entries.join(",\n")}\n]\n`;
}
