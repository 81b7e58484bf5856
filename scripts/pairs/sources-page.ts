/** docs/reference/sources.md, from what `npm run pairs -- --update` wrote down. Reads spec/ingest; writes nothing. */
import { readFileSync } from "node:fs";
import type { Agreement } from "./agreement.ts";
import { readKnownDifferences } from "./known-differences.ts";
import { percent } from "./print.ts";

export function sourcesSections(): readonly string[] {
  // The file is ours: `npm run pairs` holds it against a run.
  const agreement = JSON.parse(readFileSync("spec/ingest/agreement.json", "utf8")) as Agreement;
  const { excluded, skipped, difference } = readKnownDifferences();
  const rows = agreement.mapped.map((each) => [
    each.stream,
    String(each.pairs),
    String(each.events),
    percent(each),
    String(each.different + each.missing),
    String(each.rules),
    percent(each.tested) || "none tested",
  ]);
  return [
    "Elastic tests its collectors with pairs: raw events, and the documents that must come of them. `npm run pairs` reads the raw " +
      "events as `hunt` does and compares every field. *All fields* is the share of the fields of Elastic's documents that come out " +
      "equal; *tested fields* is the same for those that a public rule for the source asks about.",
    table(
      ["source", "pairs", "events", "all fields", "otherwise", "rules", "tested fields"],
      rows.filter((row) => row[2] !== "0"),
    ),
    "## Not mapped",
    "Events of these sources are taken as they are: rules find the fields only if they are ECS already.",
    table(
      ["source", "pairs", "why"],
      agreement.unmapped.map(({ stream, pairs, reason }) => [stream, String(pairs), reason]),
    ),
    "## Not compared",
    table(
      ["source", "field", "why"],
      excluded.map(({ stream, field, reason }) => [stream, field, reason]),
    ),
    skipped
      .map(
        ({ stream, pair, events, reason }) =>
          `- ${stream}, ${pair}, events ${events.join(", ")}: ${reason}.`,
      )
      .join("\n"),
    "## What comes out otherwise",
    "*missing*: only Elastic has it; *extra*: only Harrier has it. Counted in documents.",
    table(
      ["source", "field", "how", "count", "why"],
      difference.map((each) => [
        each.stream,
        each.field,
        each.outcome,
        String(each.count),
        each.reason,
      ]),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("*", "\\*")).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
