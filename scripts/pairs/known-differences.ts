/** What is known to come out otherwise, and why: `spec/ingest/known-differences.toml`. */
import { readFileSync, writeFileSync } from "node:fs";
import { parse, stringify } from "smol-toml";
import { matchesName } from "../../packages/engine/src/ingest/glob.ts";

/** Fields that no reader of files can have, or that say nothing about the event: not counted. */
export interface Exclusion {
  /** Patterns with `*`. */
  readonly stream: string;
  readonly field: string;
  readonly reason: string;
}

/** A field that comes out otherwise, and how often. */
export interface KnownDifference {
  readonly stream: string;
  /** A path, or a pattern with `*`. */
  readonly field: string;
  readonly outcome: "different" | "missing" | "extra";
  readonly count: number;
  readonly reason: string;
}

/** Events of a pair that say nothing about the reader. */
export interface SkippedEvents {
  readonly stream: string;
  readonly pair: string;
  /** From 1. */
  readonly events: readonly number[];
  readonly reason: string;
}

/** A stream that is not mapped. */
export interface Unmapped {
  readonly stream: string;
  readonly reason: string;
}

export interface KnownDifferences {
  readonly excluded: readonly Exclusion[];
  readonly skipped: readonly SkippedEvents[];
  readonly unmapped: readonly Unmapped[];
  readonly difference: readonly KnownDifference[];
}

const file = "spec/ingest/known-differences.toml";

export function readKnownDifferences(): KnownDifferences {
  // The file is ours, and a slip in it fails the run.
  const known = parse(readFileSync(file, "utf8")) as {
    readonly [name in keyof KnownDifferences]?: KnownDifferences[name];
  };
  return { excluded: [], skipped: [], unmapped: [], difference: [], ...known };
}

export function writeKnownDifferences({ difference, ...others }: KnownDifferences): void {
  const heading = [
    "# What comes out otherwise than in Elastic's own test pairs, and why. `npm run pairs` holds every run against it;",
    "# `npm run pairs -- --update` writes the counts anew, takes out what occurs no more and adds what is new without a reason.",
  ];
  const sorted = [...difference].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const tables = stringify({ ...others, difference: sorted });
  writeFileSync(file, `${heading.join("\n")}\n\n${tables.trimEnd()}\n`);
}

function keyOf({ stream, field, outcome }: KnownDifference): string {
  return `${stream} ${field} ${outcome}`;
}

export function matchesStream(pattern: string, stream: string): boolean {
  return matchesName(pattern.replaceAll("/", ":"), stream.replaceAll("/", ":"));
}

export function isExcluded({ excluded }: KnownDifferences, stream: string, path: string): boolean {
  return excluded.some(
    (entry) => matchesStream(entry.stream, stream) && matchesName(entry.field, path),
  );
}
