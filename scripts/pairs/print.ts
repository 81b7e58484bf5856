/** The tables of `npm run pairs` and of docs/reference/sources.md. */
import { type Agreement, type FieldCounts, shareOf } from "./agreement.ts";
import type { ComparedField, ComparedPair } from "./compare.ts";
import { findListed } from "./judge.ts";
import { isExcluded, type KnownDifferences } from "./known-differences.ts";

export function percent(counts: FieldCounts): string {
  const share = shareOf(counts);
  // 99.96 is not 100.
  return share === undefined ? "" : `${(Math.floor(share * 1000) / 10).toFixed(1)}%`;
}

export function tableOf({ mapped, unmapped }: Agreement): string {
  const rows = mapped.map((each) => [
    each.stream,
    String(each.pairs),
    String(each.events),
    percent(each),
    String(each.equal),
    String(each.different),
    String(each.missing),
    String(each.extra),
    String(each.rules),
    percent(each.tested),
  ]);
  const head = "stream pairs events agree equal differ missing extra rules tested".split(" ");
  const lines = alignColumns([head, ...rows]);
  const rest = unmapped.map(
    ({ stream, pairs, reason }) => `not mapped: ${stream} (${pairs}): ${reason}`,
  );
  return [...lines, ...rest].join("\n");
}

function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}

/** Lists the differences of one stream, each field with one example. */
export function showDifferences(
  compared: readonly ComparedPair[],
  known: KnownDifferences,
  stream: string,
  isAll: boolean,
): void {
  const found = new Map<string, { count: number; example: ComparedField; name: string }>();
  for (const { pair, fields, faults } of compared) {
    if (!pair.stream.startsWith(stream)) continue;
    for (const fault of faults) console.log(`${pair.name}: ${fault}`);
    for (const field of fields) {
      const { outcome, path } = field;
      if (outcome === "equal" || isExcluded(known, pair.stream, path)) continue;
      if (!isAll && findListed(known, pair.stream, path, outcome) !== undefined) continue;
      const key = `${path} ${outcome}`;
      const seen = found.get(key);
      if (seen === undefined) found.set(key, { count: 1, example: field, name: pair.name });
      else seen.count += 1;
    }
  }
  for (const [key, { count, example, name }] of [...found].sort()) {
    const { expected, ours, position } = example;
    console.log(`${key} ${count}  (${name} ${position})`);
    console.log(`    theirs ${JSON.stringify(expected)}\n    ours   ${JSON.stringify(ours)}`);
  }
}
