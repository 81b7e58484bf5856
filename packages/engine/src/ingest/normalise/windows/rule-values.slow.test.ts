import { existsSync } from "node:fs";
import { join } from "node:path";
import { ecsSchema } from "@harrier/lang/ecs";
import { conditionsOf, type Plan, walkPredicate } from "@harrier/lang/ir";
import { expect, test } from "vitest";
import { compileRule, type RulePlan } from "../../../rule-types/index.ts";
import { loadRules } from "../../../rules/index.ts";
import { securityEvents } from "./security-events.ts";
import { sysmonEvents } from "./sysmon-events.ts";
import { nameOfTask } from "./tasks.ts";

/**
 * Every event id and action that a public rule for Windows asks for is one that a table here gives, or is
 * explained below. The rules are read in place: $HARRIER_SHARED, or beside the checkout.
 */
const shared =
  process.env.HARRIER_SHARED ?? join(import.meta.dirname, "../../../../../../../shared");
const corpus = join(shared, "corpora/detection-rules");
const isThere = existsSync(corpus);

/** Ids of events that Elastic leaves as they are, too: no category, all values in `winlog.event_data`. */
const rawIds: Readonly<Record<string, string>> = {
  "0": "Quick Assist, channel Application",
  "21": "Sysmon, and Terminal Services",
  "4104": "a script block: powershell.ts",
  "4656": "a handle was requested",
  "5137": "a directory object was created",
  "7045": "a service was installed: service-control.ts",
};

/** Actions that other producers give to the same rules. */
const otherActions: Readonly<Record<string, string>> = {
  connection_attempted: "Elastic Defend",
  deletion: "Elastic Defend",
  exec: "Elastic Defend",
  exec_event: "Endgame",
  executed: "Auditbeat",
  fork: "Elastic Defend",
  open: "Elastic Defend",
  process_started: "Auditbeat",
  ProcessRollup2: "CrowdStrike",
  rename: "Elastic Defend",
  ssh_login: "auth logs of Linux",
  start: "Elastic Defend",
  user_login: "auth logs of Linux",
};

const isWindowsIndex = (pattern: string) => /^(winlogbeat-|logs-(windows|system)\.)/.test(pattern);

/** The conditions on single events. */
function conditionsOfPlan(plan: RulePlan) {
  if ("condition" in plan) return [plan.condition];
  return conditionsOf(plan satisfies Plan);
}

const knownActions = new Set<string>([
  ...[...securityEvents.values(), ...sysmonEvents.values()].flatMap(({ action }) => action ?? []),
  ...[13317, 14080].map((task) => nameOfTask("Microsoft-Windows-Security-Auditing", task) ?? ""),
  nameOfTask("Microsoft-Windows-Eventlog", 104) ?? "",
]);

async function readValues(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const values = new Map<string, Set<string>>();
  const { rules } = await loadRules([corpus], {});
  for (const rule of rules) {
    if (!rule.index?.some(isWindowsIndex)) continue;
    const { plan } = compileRule(rule, { schema: ecsSchema, strictFields: false, now: 0n });
    for (const condition of plan === undefined ? [] : conditionsOfPlan(plan)) {
      walkPredicate(condition, (leaf) => {
        if (leaf.kind !== "equals") return;
        const known = values.get(leaf.field.path) ?? new Set();
        for (const value of leaf.values) known.add(String(value));
        values.set(leaf.field.path, known);
      });
    }
  }
  return values;
}

test.skipIf(!isThere)("ids and actions that rules ask for are given or explained", async () => {
  const values = await readValues();
  const codes = [...(values.get("event.code") ?? []), ...(values.get("winlog.event_id") ?? [])];
  const unknownCodes = codes.filter(
    (code) => !securityEvents.has(code) && !sysmonEvents.has(code) && !Object.hasOwn(rawIds, code),
  );
  expect(unknownCodes).toEqual([]);
  const actions = [...(values.get("event.action") ?? [])];
  const unknownActions = actions.filter(
    (action) => !knownActions.has(action) && !Object.hasOwn(otherActions, action),
  );
  expect(unknownActions).toEqual([]);
  expect(codes.length).toBeGreaterThan(20);
  expect(actions.length).toBeGreaterThan(20);
  // What no rule asks for any more needs no explanation.
  expect(Object.keys(rawIds).filter((code) => !codes.includes(code))).toEqual([]);
  expect(Object.keys(otherActions).filter((action) => !actions.includes(action))).toEqual([]);
});

if (!isThere) test.skip(`${corpus} is not there: nothing compared`, () => {});
