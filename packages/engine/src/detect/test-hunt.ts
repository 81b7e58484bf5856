/** What the tests of this room share: hunts over events that are written down in the test. */
import { ecsSchema } from "@harrier/lang/ecs";
import type { Field, Predicate } from "@harrier/lang/ir";
import { parseInstant } from "@harrier/lang/values";
import type { AlertDocument } from "../alerts/index.ts";
import { type Input, inputFromBytes } from "../ingest/index.ts";
import { adHocRule, type CompiledRule, compileRule, type RulePlan } from "../rule-types/index.ts";
import type { Rule } from "../rules/index.ts";
import { type HuntOptions, hunt } from "./hunt.ts";
import { InputLog } from "./input-log.ts";
import { openFileSpool } from "./spool.ts";
import type { HuntSummary } from "./summary.ts";

export type Document = Readonly<Record<string, unknown>>;

const compileOptions = { schema: ecsSchema, strictFields: false };

/** An EQL rule. */
export function rule(query: string, changes: Partial<Rule> = {}): CompiledRule {
  const base = adHocRule(query);
  const ruleId = changes.ruleId ?? base.ruleId;
  return compileRule({ ...base, id: ruleId, severity: "high", ...changes }, compileOptions);
}

/** A rule of another type around the condition of an EQL query. */
export function ruleWith(
  query: string,
  planOf: (condition: Predicate) => RulePlan,
  changes: Partial<Rule> = {},
): CompiledRule {
  const { type: _, ...compiled } = rule(query, changes);
  const plan = planOf(conditionOf(query));
  const type = plan.kind === "event" ? "query" : plan.kind;
  if (type === "sequence" || type === "sample") throw new Error("that is EQL");
  const own: Rule = { ...compiled.rule, type };
  return { ...compiled, rule: own, type: compileRule(own, compileOptions).type, plan };
}

/** The condition of an EQL query for single events. */
export function conditionOf(query: string): Predicate {
  const { plan } = rule(query);
  if (plan?.kind !== "event") throw new Error(`${query} is no query for single events`);
  return plan.condition;
}

export function keyword(path: string): Field {
  return { path, type: "keyword" };
}

export function file(name: string, events: readonly Document[]): Input {
  return inputFromBytes(name, events.map((event) => JSON.stringify(event)).join("\n"));
}

export interface Outcome {
  readonly summary: HuntSummary;
  readonly alerts: readonly AlertDocument[];
}

/** A hunt over files of events, everything else as usual. */
export async function run(
  rules: readonly CompiledRule[],
  events: readonly Document[] | readonly Input[],
  changes: Partial<HuntOptions> = {},
): Promise<Outcome> {
  const alerts: AlertDocument[] = [];
  const inputs = events.map((event, place) =>
    isInput(event) ? event : file(`${place}.ndjson`, [event]),
  );
  const summary = await hunt({
    rules,
    inputs,
    log: new InputLog(),
    schema: ecsSchema,
    folding: "unicode",
    indices: "any",
    now: instant("2026-06-01T00:00:00Z"),
    signal: new AbortController().signal,
    meter: { nowMs: () => 0, memoryBytes: () => 1 },
    openSpool: openFileSpool,
    onAlert: (alert) => {
      alerts.push(alert);
    },
    ...changes,
  });
  return { summary, alerts };
}

function isInput(value: Document | Input): value is Input {
  return typeof value.open === "function";
}

export function instant(text: string): bigint {
  const time = parseInstant(text);
  if (time === undefined) throw new Error(`${text} is no time`);
  return time;
}
