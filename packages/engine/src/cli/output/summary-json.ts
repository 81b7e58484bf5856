import type { HuntReport } from "../../app.ts";
import type { HuntProfile, LeftOut, RuleOutcome } from "../../detect/index.ts";
import { diagnosticJson } from "./diagnostic-json.ts";

/** The summary of a hunt for programs: `--summary FILE.json`. */
export function summaryJson(report: HuntReport): Record<string, unknown> {
  const { summary, ruleFailures, ruleDiagnostics, exceptions } = report;
  return {
    inputs: summary.inputs,
    events: summary.events,
    events_outside_range: summary.eventsOutsideRange,
    events_without_time: summary.eventsWithoutTime,
    events_without_index: summary.eventsWithoutIndex,
    bytes: summary.bytes,
    first_time: summary.firstTime ?? null,
    last_time: summary.lastTime ?? null,
    alerts: summary.alerts,
    alerts_by_severity: summary.alertsBySeverity,
    rules_by_severity: summary.rulesBySeverity,
    building_blocks: summary.buildingBlocks,
    duplicates: summary.duplicates,
    alerts_held_back: summary.alertsHeldBack,
    own_alerts_ignored: summary.ownAlertsIgnored,
    left_out: leftOutJson(summary.leftOut),
    indicators: summary.indicators,
    top_hosts: summary.topHosts,
    rules: summary.rules.map(outcomeJson),
    rule_failures: ruleFailures.map(({ file, name, diagnostics }) => ({
      file,
      ...(name !== undefined && { name }),
      diagnostics: diagnostics.map(diagnosticJson),
    })),
    rule_diagnostics: ruleDiagnostics.map(diagnosticJson),
    exceptions: {
      items: exceptions.items,
      unapplied: exceptions.unapplied,
      unbound: exceptions.unbound,
      diagnostics: exceptions.diagnostics.map(diagnosticJson),
    },
    input_findings: summary.findings,
    input_findings_total: summary.findingsTotal,
    ...(summary.profile !== undefined && { profile: profileJson(summary.profile) }),
    sequences_undecided: summary.sequencesUndecided,
    sequences_truncated: summary.sequencesTruncated,
    interrupted: summary.interrupted,
    elapsed_ms: Math.round(summary.elapsedMs),
    peak_memory_bytes: summary.peakMemoryBytes,
  };
}

function profileJson(profile: HuntProfile): Record<string, unknown> {
  return {
    events: profile.events,
    values: profile.values,
    new_values: profile.newValues,
    looks: profile.looks,
    rules: profile.rules.map(({ rule, looks, hits, isDeferred }) => ({
      rule_id: rule.ruleId,
      name: rule.name,
      looks,
      hits,
      is_deferred: isDeferred,
    })),
    predicates_worked_out: profile.workedOut,
    predicates_true: profile.true,
    always_evaluated: profile.alwaysEvaluated.map(({ ruleId, name }) => ({
      rule_id: ruleId,
      name,
    })),
  };
}

function leftOutJson({ excepted, suppressed, capped, outsideWindows }: LeftOut) {
  return { excepted, suppressed, capped, outside_windows: outsideWindows };
}

function outcomeJson(outcome: RuleOutcome): Record<string, unknown> {
  const { ruleId, name, severity, origin } = outcome.rule;
  const head = { rule_id: ruleId, name, severity, file: origin.file, outcome: outcome.kind };
  switch (outcome.kind) {
    case "fired":
      return { ...head, alerts: outcome.alerts, left_out: leftOutJson(outcome.leftOut) };
    case "silent":
      return { ...head, left_out: leftOutJson(outcome.leftOut) };
    case "cannot-fire":
      return { ...head, reasons: outcome.reasons };
    case "unsupported":
      return { ...head, reason: outcome.reason };
    case "failed":
      return { ...head, diagnostics: outcome.diagnostics.map(diagnosticJson) };
    default: {
      const never: never = outcome;
      return never;
    }
  }
}
