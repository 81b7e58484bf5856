import type { Schema } from "@harrier/lang/ecs";
import type { CaseFolding, EpochNanos } from "@harrier/lang/values";
import type { AlertDocument } from "../../alerts/index.ts";
import {
  type IngestedEvent,
  type Input,
  type InputFinding,
  readEvents,
} from "../../ingest/index.ts";
import type { CompiledRule } from "../../rule-types/index.ts";
import { hunt } from "../hunt.ts";
import { InputLog } from "../input-log.ts";
import { openMemorySpool } from "../memory-spool.ts";
import { type AlertGroup, groupAlerts } from "./alert-group.ts";

export interface CaseRequest {
  /** The rule under test. */
  readonly rule: CompiledRule;
  /** Rules whose alerts it reads. */
  readonly withRules: readonly CompiledRule[];
  /** Events of before. */
  readonly history: readonly Input[];
  /** What arrived by each run. */
  readonly runs: readonly (readonly Input[])[];
  readonly indicators: readonly Input[];
  readonly schema: Schema;
  readonly folding: CaseFolding;
  readonly indices: "any" | "strict";
  readonly keepsMaxSignals: boolean;
  readonly now: EpochNanos;
  readonly signal: AbortSignal;
}

export interface CaseOutcome {
  /** The alerts of the rule that are new at each run. */
  readonly runs: readonly (readonly AlertGroup[])[];
  /** What could not be read. */
  readonly findings: readonly InputFinding[];
}

/**
 * Hunts over what had arrived by each run, and gives the alerts that were not there before: a rule that joins or counts
 * over several runs sees all of it, as its schedule over event time says. Throws only where the world fails.
 */
export async function runCase(request: CaseRequest): Promise<CaseOutcome> {
  const known = new Set<string>();
  const runs: (readonly AlertGroup[])[] = [];
  let log = new InputLog();
  /** What is new with these inputs. */
  const hunted = async (inputs: readonly Input[]): Promise<readonly AlertGroup[]> => {
    // Each hunt reads everything again, and says again what is wrong with it: the last one's word counts.
    log = new InputLog();
    const groups = await alertsOf(request, inputs, log);
    const fresh = groups.filter(({ alert }) => !known.has(idOf(alert)));
    for (const { alert } of fresh) known.add(idOf(alert));
    return fresh;
  };
  let arrived = request.history;
  if (arrived.length > 0) await hunted(arrived);
  for (const inputs of request.runs) {
    arrived = [...arrived, ...inputs];
    runs.push(await hunted(arrived));
  }
  return { runs, findings: log.summarise([]).findings };
}

/** All events of a case in the order in which its places count them. */
export async function eventsOfCase({
  history,
  runs,
  signal,
}: Pick<CaseRequest, "history" | "runs" | "signal">): Promise<readonly IngestedEvent[]> {
  const events: IngestedEvent[] = [];
  for await (const batch of readEvents([...history, ...runs.flat()], { signal })) {
    events.push(...batch);
  }
  return events;
}

async function alertsOf(
  { rule, withRules, ...request }: CaseRequest,
  inputs: readonly Input[],
  log: InputLog,
): Promise<readonly AlertGroup[]> {
  const documents: AlertDocument[] = [];
  await hunt({
    ...request,
    rules: [rule, ...withRules],
    inputs,
    log,
    openSpool: openMemorySpool,
    meter: { nowMs: () => 0, memoryBytes: () => 0 },
    onAlert: (alert) => {
      documents.push(alert);
    },
  });
  return groupAlerts(documents).filter(
    ({ alert }) => alert["kibana.alert.rule.rule_id"] === rule.rule.ruleId,
  );
}

function idOf(alert: AlertDocument): string {
  return alert["kibana.alert.uuid"];
}
