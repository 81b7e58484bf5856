import { isDeepStrictEqual } from "node:util";
import type { Diagnostic } from "@harrier/lang/text";
import type { EpochNanos } from "@harrier/lang/values";
import { type AlertDocument, valueAt } from "../alerts/index.ts";
import { describeError } from "../describe-error.ts";
import { type KnownAlert, type Rule, readKnownAlerts, readSource } from "../rules/index.ts";
import { type HuntRequest, runHunt } from "./hunt.ts";

export interface BaselineRequest extends Omit<HuntRequest, "onAlert"> {
  /** Files with alerts that are known. */
  readonly knownPaths: readonly string[];
  /** Which entries are over. */
  readonly today: EpochNanos;
}

export interface BaselineReport {
  readonly diagnostics: readonly Diagnostic[];
  readonly events: number;
  /** Alerts that entries stand for. */
  readonly known: number;
}

/** Alerts of one rule that are told one by one. */
const mostTold = 5;

/** Hunts over events on which nothing may fire. Every alert that no entry stands for is a finding at its rule. */
export async function runBaseline(request: BaselineRequest): Promise<BaselineReport> {
  const { known, diagnostics } = await readKnown(request.knownPaths);
  const valid = known.filter(({ until }) => until >= request.today);
  const met = new Set<KnownAlert>();
  const alerts = new Map<string, AlertDocument[]>();
  let knownAlerts = 0;
  const { summary, ruleFailures } = await runHunt({
    ...request,
    onAlert: (alert) => {
      if (alert["kibana.alert.group.index"] !== undefined) return;
      const entry = valid.find((each) => standsFor(each, alert));
      if (entry !== undefined) {
        met.add(entry);
        knownAlerts += 1;
        return;
      }
      const ruleId = alert["kibana.alert.rule.rule_id"];
      alerts.set(ruleId, [...(alerts.get(ruleId) ?? []), alert]);
    },
  });
  const unread = summary.findings.map(({ input, message }) => `${input}: ${message}`);
  return {
    diagnostics: [
      ...diagnostics,
      ...ruleFailures.flatMap((failure) => failure.diagnostics),
      ...unread.map(unreadable),
      ...summary.rules.flatMap(({ rule }) => findingsOf(rule, alerts.get(rule.ruleId) ?? [])),
      ...known.filter((each) => !met.has(each)).map((each) => staleEntry(each, request.today)),
    ],
    events: summary.events,
    known: knownAlerts,
  };
}

async function readKnown(paths: readonly string[]) {
  const known: KnownAlert[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    try {
      const read = readKnownAlerts(await readSource(path));
      known.push(...read.known);
      diagnostics.push(...read.diagnostics);
    } catch (error) {
      diagnostics.push(unreadable(`${path}: ${describeError(error)}`));
    }
  }
  return { known, diagnostics };
}

function standsFor({ ruleId, fields }: KnownAlert, alert: AlertDocument): boolean {
  return (
    alert["kibana.alert.rule.rule_id"] === ruleId &&
    Object.entries(fields).every(([field, value]) =>
      isDeepStrictEqual(valueAt(alert, field), value),
    )
  );
}

function findingsOf(rule: Rule, alerts: readonly AlertDocument[]): readonly Diagnostic[] {
  const span = rule.spanOf(["name"]);
  const told = alerts.slice(0, mostTold).map((alert): Diagnostic => {
    const { "kibana.alert.reason": reason, "kibana.alert.original_time": time } = alert;
    const message = `${rule.name} fired on the baseline: ${reason}${time === undefined ? "" : ` (${time})`}`;
    return { severity: "error", code: "test/baseline", message, span };
  });
  const more = alerts.length - told.length;
  if (more <= 0) return told;
  const message = `${rule.name} fired ${more} more times on the baseline`;
  return [...told, { severity: "error", code: "test/baseline", message, span }];
}

function staleEntry({ until, span }: KnownAlert, today: EpochNanos): Diagnostic {
  const isOver = until < today;
  const message = isOver ? "the time of this entry is over" : "no alert is like this any more";
  return { severity: "warning", code: "test/expired", message, span, hint: "take it out" };
}

function unreadable(message: string): Diagnostic {
  const span = { source: { name: "baseline", text: "" }, start: 0, end: 0 };
  return { severity: "error", code: "test/unreadable", message, span };
}
