/** Runs one pair through the reader, and finds every field that comes out otherwise. */
import {
  type IngestedEvent,
  type InputFinding,
  inputFromBytes,
  isHarmless,
  readEvents,
} from "../../packages/engine/src/ingest/index.ts";
import { isSameValue, type Json, leavesOf } from "./document.ts";
import type { Pair } from "./read-pairs.ts";

/** What became of one field of one document: `missing` in ours, `extra` in ours. */
export type FieldOutcome = "equal" | "different" | "missing" | "extra";

export interface ComparedField {
  readonly path: string;
  readonly outcome: FieldOutcome;
  readonly expected: unknown;
  readonly ours: unknown;
  /** The document's number in the pair, from 1. */
  readonly position: number;
}

export interface ComparedPair {
  readonly pair: Pair;
  readonly fields: readonly ComparedField[];
  /** Why the pair could not be compared, or not whole: another number of events, lines that were not read. */
  readonly faults: readonly string[];
}

/** `skipped`: the events that are left out, from 1. */
export async function comparePair(pair: Pair, skipped: readonly number[]): Promise<ComparedPair> {
  const { events, findings } = await readPair(pair);
  const faults = findings.filter((finding) => !isHarmless(finding)).map(({ message }) => message);
  if (events.length !== pair.expected.length) {
    faults.push(`${events.length} events instead of ${pair.expected.length}`);
  }
  const fields = pair.expected.flatMap((document, at) =>
    skipped.includes(at + 1)
      ? []
      : compareDocuments(document, events[at]?.document ?? {}, at + 1, pair),
  );
  return { pair, fields, faults };
}

async function readPair({ raw, timezone }: Pair): Promise<{
  readonly events: readonly IngestedEvent[];
  readonly findings: readonly InputFinding[];
}> {
  const events: IngestedEvent[] = [];
  const findings: InputFinding[] = [];
  const options = {
    onFinding: (finding: InputFinding) => findings.push(finding),
    ...(timezone !== undefined && { timezone }),
  };
  for await (const batch of readEvents([inputFromBytes(raw.name, raw.bytes)], options)) {
    events.push(...batch);
  }
  return { events, findings };
}

function compareDocuments(
  expected: Json,
  document: Json,
  position: number,
  { isDynamic }: Pair,
): readonly ComparedField[] {
  const theirs = leavesOf(expected);
  const ours = leavesOf(document);
  const paths = [...new Set([...theirs.keys(), ...ours.keys()])];
  return paths
    .filter((path) => !isDynamic(path, theirs.get(path)))
    .map((path) => {
      const [expected, own] = [theirs.get(path), ours.get(path)];
      return { path, outcome: outcomeOf(expected, own), expected, ours: own, position };
    });
}

function outcomeOf(expected: unknown, ours: unknown): FieldOutcome {
  if (expected === undefined) return "extra";
  if (ours === undefined) return "missing";
  return isSameValue(expected, ours) ? "equal" : "different";
}
