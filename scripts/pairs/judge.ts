/** Holds what was found against what is known. */
import { matchesName } from "../../packages/engine/src/ingest/glob.ts";
import type { ComparedPair } from "./compare.ts";
import {
  isExcluded,
  type KnownDifference,
  type KnownDifferences,
  matchesStream,
} from "./known-differences.ts";

export interface Judgement {
  readonly failures: string[];
  /** Pairs with a difference that is not listed. */
  readonly failedPairs: number;
  /** The list as it would have to be; what is new has no reason yet. */
  readonly updated: KnownDifferences;
}

export function judge(compared: readonly ComparedPair[], known: KnownDifferences): Judgement {
  const failures: string[] = [];
  const counts = new Map<KnownDifference, number>();
  const unlisted = new Map<string, KnownDifference>();
  const failedPairs = new Set<ComparedPair>();
  for (const each of compared) {
    const { stream, name } = each.pair;
    for (const fault of each.faults) {
      failures.push(`${stream} ${name}: ${fault}`);
      failedPairs.add(each);
    }
    for (const { path, outcome } of each.fields) {
      if (outcome === "equal" || isExcluded(known, stream, path)) continue;
      const listed = findListed(known, stream, path, outcome);
      if (listed !== undefined) counts.set(listed, (counts.get(listed) ?? 0) + 1);
      else {
        failedPairs.add(each);
        const key = `${stream} ${path} ${outcome}`;
        const count = (unlisted.get(key)?.count ?? 0) + 1;
        unlisted.set(key, { stream, field: path, outcome, count, reason: "" });
      }
    }
  }
  for (const { stream, field, outcome, count } of unlisted.values()) {
    failures.push(`not listed: ${stream} ${field} ${outcome} ${count}`);
  }
  for (const entry of known.difference) {
    const { stream, field, outcome, count, reason } = entry;
    const found = counts.get(entry) ?? 0;
    if (found !== count) {
      failures.push(`listed ${count}, found ${found}: ${stream} ${field} ${outcome}`);
    }
    if (reason === "") failures.push(`no reason: ${stream} ${field} ${outcome}`);
  }
  const stillThere = known.difference.flatMap((entry) => {
    const count = counts.get(entry) ?? 0;
    return count === 0 ? [] : [{ ...entry, count }];
  });
  const updated = { ...known, difference: [...stillThere, ...unlisted.values()] };
  return { failures, failedPairs: failedPairs.size, updated };
}

export function findListed(
  { difference }: KnownDifferences,
  stream: string,
  path: string,
  outcome: string,
): KnownDifference | undefined {
  return difference.find(
    (entry) =>
      entry.outcome === outcome &&
      matchesStream(entry.stream, stream) &&
      matchesName(entry.field, path),
  );
}
