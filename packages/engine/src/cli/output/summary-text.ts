import { type Diagnostic, formatDiagnosticLine } from "@harrier/lang/text";
import type { HuntReport } from "../../app.ts";
import type { HuntSummary, LeftOut, RuleOutcome } from "../../detect/index.ts";
import { findingText } from "../messages.ts";
import type { Colors } from "../terminal.ts";
import { cannotFireText } from "./reason-text.ts";
import { severitiesByWeight } from "./severity.ts";
import { nameValueLines } from "./table.ts";
import { visibleText } from "./terminal-text.ts";
import { wrapText } from "./text-width.ts";
import { countOf, formatBytes, formatCount, formatDuration } from "./units.ts";

export interface SummaryOptions {
  readonly width: number;
  readonly colors: Colors;
  /** Everything that is grouped or cut otherwise. */
  readonly isVerbose: boolean;
  /** Rules saw only events of the indices they name. */
  readonly isStrictIndex: boolean;
}

/** How many lines of a section stand before "and more". */
const linesShown = 5;
const hostsShown = 5;
/** A rate of fewer events says how long the start took. */
const leastForRate = 1000;

/** What a hunt read, found and left out, for people: at most 80 columns where nothing hostile is longer. */
export function summaryText(report: HuntReport, options: SummaryOptions): string {
  const { summary } = report;
  return joinSections([
    headLines(report, options),
    sectionLines("Inputs", inputLines(summary), summary.findingsTotal, options),
    cannotFireLines(summary, options),
    leftOutLines(summary, options),
    unsupportedLines(summary, options),
    unappliedLines(report, options),
    failedLines(report, options),
    options.isVerbose ? [] : warningLines(report.ruleDiagnostics),
  ]);
}

/** With `-q`: only what failed; nothing where nothing did. */
export function errorText(report: HuntReport, options: SummaryOptions): string {
  const { summary } = report;
  const inputs = inputLines(summary);
  return joinSections([
    summary.interrupted ? [interruptedText] : [],
    sectionLines("Inputs", inputs, summary.findingsTotal, options),
    unappliedLines(report, options),
    failedLines(report, options),
  ]);
}

const interruptedText = "Interrupted: this is what was read until then, not the whole.";

function joinSections(sections: readonly (readonly string[])[]): string {
  const full = sections.filter((lines) => lines.length > 0);
  return full.length === 0 ? "" : `${full.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function failedLines({ summary, ruleFailures }: HuntReport, options: SummaryOptions): string[] {
  const failed = summary.rules.filter((outcome) => outcome.kind === "failed");
  const diagnostics = [...ruleFailures, ...failed]
    .flatMap((each) => each.diagnostics)
    .filter(({ severity }) => severity === "error");
  return sectionLines("Failed rules", diagnostics.map(formatDiagnosticLine), undefined, options);
}

/** What an exception that is not applied should keep away raises alerts. */
function unappliedLines({ exceptions }: HuntReport, options: SummaryOptions): string[] {
  const errors = exceptions.diagnostics.filter(({ severity }) => severity === "error");
  return sectionLines(
    "Exceptions that are not applied",
    errors.map(formatDiagnosticLine),
    undefined,
    options,
  );
}

function headLines(report: HuntReport, { width, colors, isStrictIndex }: SummaryOptions): string[] {
  const { summary } = report;
  const pairs: [string, string][] = [
    ["Read", readText(summary)],
    ["", eventsLeftOutText(summary, isStrictIndex)],
  ];
  if (summary.firstTime !== undefined && summary.lastTime !== undefined) {
    pairs.push(["Time", `${summary.firstTime} to ${summary.lastTime}`]);
  }
  pairs.push(["Alerts", alertsText(summary)]);
  pairs.push(["", alertsLeftOutText(summary)]);
  if (summary.topHosts.length > 0) pairs.push(["Hosts", hostsText(summary)]);
  pairs.push(["Rules", rulesText(report)]);
  pairs.push(["", exceptionsText(report)]);
  pairs.push(["", indicatorsText(summary)]);
  pairs.push(["Memory", `${formatBytes(summary.peakMemoryBytes)} at most`]);
  const notes: string[] = [];
  if (summary.interrupted) {
    notes.push(interruptedText);
  }
  if (summary.sequencesTruncated) {
    notes.push(
      "Too many sequences were open at once: the oldest were dropped, matches may be missing.",
    );
  }
  const visible = pairs
    .filter(([, value]) => value !== "")
    .map(([name, value]) => [name, visibleText(value)] as const);
  return [
    ...notes.flatMap((note) => wrapText(note, width).map((line) => colors.yellow(line))),
    ...nameValueLines(visible, width, colors.bold),
  ];
}

function exceptionsText({ exceptions: { items, unapplied, unbound } }: HuntReport): string {
  if (items === 0) return "";
  const parts: string[] = [];
  if (unapplied > 0) parts.push(`${formatCount(unapplied)} not applied`);
  if (unbound > 0) parts.push(`${formatCount(unbound)} for none of these rules`);
  return [countOf(items, "exception item"), ...parts].join(", ");
}

function indicatorsText({ indicators: { read, used } }: HuntSummary): string {
  if (read === 0) return "";
  const count = countOf(read, "indicator");
  return used < read ? `${count}, ${formatCount(used)} of them compared with events` : count;
}

function readText({ inputs, events, bytes, elapsedMs }: HuntSummary): string {
  const failed = inputs.failed > 0 ? `, ${formatCount(inputs.failed)} unreadable` : "";
  const seconds = elapsedMs / 1000;
  const rate =
    events >= leastForRate && seconds > 0
      ? ` (${formatCount(events / seconds)} events/s, ${formatBytes(bytes / seconds)}/s)`
      : "";
  const amount = `${countOf(events, "event")}, ${formatBytes(bytes)} in ${formatDuration(elapsedMs)}`;
  return `${countOf(inputs.read, "input")}${failed}: ${amount}${rate}`;
}

/** Silence is not "clean": finding nothing, having nothing to look at, and not being able to look are told apart. */
function alertsText(summary: HuntSummary): string {
  const { alerts, inputs, events, rules } = summary;
  if (alerts > 0) {
    const parts = severitiesByWeight
      .filter((severity) => summary.alertsBySeverity[severity] > 0)
      .map((severity) => {
        const from = countOf(summary.rulesBySeverity[severity], "rule");
        return `${formatCount(summary.alertsBySeverity[severity])} ${severity} from ${from}`;
      });
    return `${formatCount(alerts)}: ${parts.join(", ")}`;
  }
  if (inputs.read === 0 && inputs.failed > 0) return "unknown: nothing could be read";
  if (events === 0) return "unknown: there were no events to look at";
  if (summary.eventsOutsideRange === events) {
    return "unknown: every event lies outside of --from and --to";
  }
  const count = (kind: RuleOutcome["kind"]) => rules.filter((rule) => rule.kind === kind).length;
  const ran = count("silent");
  const cannotFire = count("cannot-fire");
  if (ran === 0 && cannotFire === 0) return "unknown: no rule could run";
  if (ran === 0) return "none possible: no rule that ran can fire on these events";
  const others =
    cannotFire > 0 ? `; ${formatCount(cannotFire)} could not have fired on these events` : "";
  return `none: ${countOf(ran, "rule")} looked and did not match${others}`;
}

/** Events that were read and not looked at by every rule. */
function eventsLeftOutText(summary: HuntSummary, isStrictIndex: boolean): string {
  const parts: string[] = [];
  if (summary.eventsOutsideRange > 0) {
    parts.push(`${countOf(summary.eventsOutsideRange, "event")} outside of --from and --to`);
  }
  if (summary.eventsWithoutTime > 0) {
    parts.push(
      `${countOf(summary.eventsWithoutTime, "event")} without a time, left out of sequences and counts`,
    );
  }
  if (isStrictIndex && summary.eventsWithoutIndex > 0) {
    parts.push(`${countOf(summary.eventsWithoutIndex, "event")} in no index`);
  }
  return parts.join(", ");
}

/** Alerts that were made and not given out, or not counted as alerts. */
function alertsLeftOutText(summary: HuntSummary): string {
  const parts: string[] = [];
  if (summary.alertsHeldBack > 0) {
    parts.push(`${formatCount(summary.alertsHeldBack)} held back by --limit`);
  }
  parts.push(...leftOutTexts(summary.leftOut));
  if (summary.duplicates > 0) parts.push(`${countOf(summary.duplicates, "duplicate")} left out`);
  if (summary.ownAlertsIgnored > 0) {
    parts.push(
      `${countOf(summary.ownAlertsIgnored, "match", "matches")} of rules on their own alerts ignored`,
    );
  }
  if (summary.sequencesUndecided > 0) {
    const count = countOf(summary.sequencesUndecided, "sequence");
    parts.push(`${count} undecided: what must not follow could still have come`);
  }
  if (summary.buildingBlocks > 0) parts.push(countOf(summary.buildingBlocks, "building block"));
  return parts.join(", ");
}

/** What rules matched and did not alert about. */
function leftOutTexts({
  excepted,
  suppressed,
  capped,
  outsideWindows,
}: LeftOut): readonly string[] {
  const parts: string[] = [];
  if (excepted > 0) parts.push(`${countOf(excepted, "match", "matches")} excepted`);
  if (suppressed > 0) parts.push(`${formatCount(suppressed)} suppressed`);
  if (capped > 0) parts.push(`${formatCount(capped)} beyond max_signals`);
  if (outsideWindows > 0) {
    const count = countOf(outsideWindows, "match", "matches");
    parts.push(`${count} outside every window of the rule's schedule`);
  }
  return parts;
}

function hostsText({ topHosts }: HuntSummary): string {
  const shown = topHosts
    .slice(0, hostsShown)
    .map(({ host, alerts }) => `${visibleText(host)} ${formatCount(alerts)}`);
  return topHosts.length > hostsShown ? `${shown.join(", ")}, …` : shown.join(", ");
}

function rulesText({ summary, ruleFailures }: HuntReport): string {
  const names: readonly (readonly [RuleOutcome["kind"], string])[] = [
    ["fired", "fired"],
    ["silent", "silent"],
    ["cannot-fire", "cannot fire"],
    ["unsupported", "unsupported"],
    ["failed", "failed"],
  ];
  const parts = names
    .map(([kind, name]) => {
      const count = summary.rules.filter((outcome) => outcome.kind === kind).length;
      return [name, count + (kind === "failed" ? ruleFailures.length : 0)] as const;
    })
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${formatCount(count)} ${name}`);
  const total = summary.rules.length + ruleFailures.length;
  return parts.length === 0 ? "none" : `${formatCount(total)}: ${parts.join(", ")}`;
}

function inputLines({ findings }: HuntSummary): string[] {
  return findings.map(findingText);
}

function cannotFireLines(summary: HuntSummary, options: SummaryOptions): string[] {
  // On no events no rule can fire: one reason for all, and it stands above.
  if (summary.events === 0) return [];
  const outcomes = summary.rules.filter((outcome) => outcome.kind === "cannot-fire");
  const reasons = outcomes.map((outcome) => [outcome, cannotFireText(outcome.reasons)] as const);
  return groupLines("Rules that cannot fire on these events", reasons, options);
}

/** Rules that met events and made no alert, or not one of each. */
function leftOutLines({ rules }: HuntSummary, options: SummaryOptions): string[] {
  const entries = rules.flatMap((outcome) => {
    if (!("leftOut" in outcome)) return [];
    const parts = leftOutTexts(outcome.leftOut);
    return parts.length === 0 ? [] : [`${outcome.rule.name}: ${parts.join(", ")}`];
  });
  return sectionLines("Rules that left out matches", entries, undefined, options);
}

function unsupportedLines(summary: HuntSummary, options: SummaryOptions): string[] {
  const reasons = summary.rules
    .filter((outcome) => outcome.kind === "unsupported")
    .map((outcome) => [outcome, outcome.reason] as const);
  return groupLines("Unsupported rules", reasons, options);
}

/** Rules by reason, the most frequent reason first; with `-v` every rule by name. */
function groupLines(
  title: string,
  reasons: readonly (readonly [RuleOutcome, string])[],
  { width, colors, isVerbose }: SummaryOptions,
): string[] {
  if (reasons.length === 0) return [];
  const groups = new Map<string, string[]>();
  for (const [{ rule }, reason] of reasons) {
    const group = groups.get(reason);
    if (group === undefined) groups.set(reason, [rule.name]);
    else group.push(rule.name);
  }
  // A stable sort: equal counts stay in the order of the rules.
  const sorted = [...groups].sort(([, first], [, second]) => second.length - first.length);
  const shown = isVerbose ? sorted : sorted.slice(0, linesShown);
  const countWidth = formatCount(sorted[0]?.[1].length ?? 0).length;
  const lines = [colors.bold(title)];
  for (const [reason, names] of shown) {
    const count = formatCount(names.length).padStart(countWidth);
    lines.push(...hangingLines(`  ${count}  `, visibleText(reason), width));
    if (!isVerbose) continue;
    for (const name of names) {
      lines.push(...hangingLines(" ".repeat(countWidth + 6), visibleText(name), width));
    }
  }
  const hidden = sorted.length - shown.length;
  const rest =
    hidden > 0
      ? `${countOf(hidden, "more reason")}; -v shows all, with the rules`
      : "-v names the rules";
  if (!isVerbose) lines.push(colors.dim(`  ${rest}`));
  return lines;
}

function sectionLines(
  title: string,
  entries: readonly string[],
  total: number | undefined,
  { width, colors, isVerbose }: SummaryOptions,
): string[] {
  if (entries.length === 0) return [];
  const shown = isVerbose ? entries : entries.slice(0, linesShown);
  const hidden = (total ?? entries.length) - shown.length;
  const lines = [colors.bold(title)];
  for (const entry of shown) lines.push(...hangingLines("  ", visibleText(entry), width));
  if (hidden > 0) {
    const how = isVerbose ? "" : "; -v shows more";
    lines.push(colors.dim(`  ${formatCount(hidden)} more${how}`));
  }
  return lines;
}

function warningLines(diagnostics: readonly Diagnostic[]): string[] {
  if (diagnostics.length === 0) return [];
  return [`${countOf(diagnostics.length, "finding")} about the rules' queries; -v shows them`];
}

/** Wrapped text behind a head, the following lines under the first. */
function hangingLines(head: string, text: string, width: number): string[] {
  return wrapText(text, width - head.length).map((line, place) =>
    place === 0 ? head + line : " ".repeat(head.length) + line,
  );
}
