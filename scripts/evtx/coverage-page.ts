/** docs/reference/evtx-coverage.md, from what `npm run evtx:coverage -- --update` wrote down. Reads spec/ingest; writes nothing. */
import { readFileSync } from "node:fs";
import type { Coverage, FiredRule, SampleCoverage } from "./coverage.ts";

export function evtxCoverageSections(): readonly string[] {
  // The file is ours: `npm run evtx:coverage` holds it against a run.
  const { rules, samples } = JSON.parse(
    readFileSync("spec/ingest/evtx-coverage.json", "utf8"),
  ) as Coverage;
  const events = samples.reduce((sum, sample) => sum + sample.events, 0);
  const silent = samples.filter(({ fired }) => fired.length === 0);
  return [
    `${samples.length} public Windows event logs with ${number(events)} events, most of them recorded while an attack was tried, each hunted by itself with all ` +
      `${number(rules)} rules of the public corpus. Something fired on ${samples.length - silent.length} of them. The tactic of a log is the ` +
      "folder that its authors put it in. `npm run evtx:coverage` repeats it: what fired must fire again.",
    "## By tactic",
    table(
      [
        "tactic of the logs",
        "logs",
        "a rule of the tactic fired",
        "only rules of others",
        "nothing",
      ],
      tacticRows(samples),
    ),
    "## What fired",
    "Rules of the log's own tactic come first, in bold. *Stand-in*: the rule lists no index that such events are stored in, as most of Elastic Defend's " +
      "rules do not list Sysmon's; its alerts carry `harrier.alert.index_listed: false`.",
    table(
      ["log", "tactic", "events", "rules (alerts)"],
      samples
        .filter(({ fired }) => fired.length > 0)
        .map((sample) => [
          sample.file,
          sample.tactic ?? "",
          number(sample.events),
          [...sample.fired]
            .sort((a, b) => Number(isOwn(sample, b)) - Number(isOwn(sample, a)))
            .map((rule) => firedText(sample, rule))
            .join("; "),
        ]),
    ),
    "## Where nothing fired, and why",
    "*Have all*: rules for Windows with the log's tactic (all rules for Windows where it has none) for which each field and kind of event that they need is in the log; " +
      "no event of it meets them. *Lack*: those that need something that is in no event of it, and what that is, with the number of rules. " +
      "*Not run*: queries in ES|QL, and rules that need a machine-learning job.",
    table(
      ["log", "tactic", "channel", "have all", "lack", "not run", "why"],
      silent.map((sample) => [
        sample.file,
        sample.tactic ?? "",
        sample.channels.join(", "),
        String(sample.meant.unmet),
        String(sample.meant.lacking),
        String(sample.meant.notRun),
        whySilent(sample),
      ]),
    ),
  ];
}

function tacticRows(samples: readonly SampleCoverage[]): string[][] {
  const tactics = [...new Set(samples.map(({ tactic }) => tactic))].sort(lastWithout);
  return tactics.map((tactic) => {
    const logs = samples.filter((sample) => sample.tactic === tactic);
    const own = logs.filter((sample) => sample.fired.some((rule) => isOwn(sample, rule)));
    const any = logs.filter(({ fired }) => fired.length > 0);
    const counts = [own.length, any.length - own.length, logs.length - any.length];
    return [
      tactic ?? "none, or several",
      String(logs.length),
      ...counts.map((count, column) => (tactic === undefined && column === 0 ? "" : String(count))),
    ];
  });
}

function lastWithout(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  return b !== undefined && a > b ? 1 : -1;
}

function isOwn({ tactic }: SampleCoverage, { tactics }: FiredRule): boolean {
  return tactic !== undefined && tactics.includes(tactic);
}

function firedText(sample: SampleCoverage, rule: FiredRule): string {
  const name = isOwn(sample, rule) ? `**${rule.name}**` : rule.name;
  return `${name} (${rule.alerts}${rule.isStandIn ? ", stand-in" : ""})`;
}

/** What the counts say, in words. */
function whySilent({ tactic, readers, meant }: SampleCoverage): string {
  const lacks = meant.lacks.map(([what, rules]) => `\`${what}\` ${rules}`).join(", ");
  if (readers === 0) {
    return `No rule for Windows reads such events: each lacks something (${lacks})`;
  }
  const ofTactic = tactic === undefined ? "rule" : `rule for ${tactic}`;
  if (meant.unmet === 0) {
    return `No ${ofTactic} reads such events, only ${readers} for other tactics, which none meets (lacking: ${lacks})`;
  }
  return `No ${ofTactic} describes what is in the log, of those that have all they need; others lack ${lacks}`;
}

function number(value: number): string {
  return value.toLocaleString("en");
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
