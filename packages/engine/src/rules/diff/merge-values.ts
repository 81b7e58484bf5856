import { isObject, type RawObject } from "../classify.ts";
import { conflictMarks } from "../merge-conflicts.ts";
import type { Rule } from "../rule.ts";
import { mergeLines } from "./merge-lines.ts";
import { mergeSets, unmergeable } from "./merge-lists.ts";
import { diffQueries } from "./query-diff.ts";
import { meaningOf } from "./query-meaning.ts";
import { valueText } from "./value-text.ts";

/** Which side is taken where both changed the same. */
export type MergeSide = "local" | "upstream";

/** A member that is not as it is locally. */
export interface MergeStep {
  readonly path: readonly string[];
  /** What it becomes; `undefined`: it goes. */
  readonly value: unknown;
  /** Both sides changed it and lines of it. Worth a look. */
  readonly isByLines: boolean;
}

/** A member that both sides changed in ways that exclude each other. */
export interface MergeConflict {
  readonly path: readonly string[];
  readonly base: unknown;
  readonly local: unknown;
  readonly upstream: unknown;
  /** A text whose lines are merged as far as that goes, with marks around the others. */
  readonly marked?: string;
}

export interface MergeOptions {
  readonly language: Rule["language"];
  readonly prefer?: MergeSide;
}

export interface MergedValues {
  readonly steps: readonly MergeStep[];
  readonly conflicts: readonly MergeConflict[];
}

/** Counts and dates of whoever keeps the rule: the later one. */
const later: ReadonlySet<string> = new Set(["version", "revision", "updated_date", "updated_at"]);

/** Merges two versions of an object that come from one, member by member. */
export function mergeValues(
  base: RawObject,
  local: RawObject,
  upstream: RawObject,
  options: MergeOptions,
): MergedValues {
  const steps: MergeStep[] = [];
  const conflicts: MergeConflict[] = [];
  const visit = (
    path: readonly string[],
    old: RawObject,
    own: RawObject,
    theirs: RawObject,
  ): void => {
    for (const key of new Set([...Object.keys(own), ...Object.keys(theirs)])) {
      const values = [old, own, theirs].map((each) =>
        Object.hasOwn(each, key) ? each[key] : undefined,
      );
      const [before, mine, other] = values;
      const at = [...path, key];
      if (isObject(mine) && isObject(other) && (before === undefined || isObject(before))) {
        visit(at, before ?? {}, mine, other);
        continue;
      }
      const merged = mergeMember(key, { base: before, local: mine, upstream: other }, options);
      if ("conflict" in merged)
        conflicts.push({
          path: at,
          base: before,
          local: mine,
          upstream: other,
          ...merged.conflict,
        });
      else if (valueText(merged.value) !== valueText(mine)) steps.push({ path: at, ...merged });
    }
  };
  visit([], base, local, upstream);
  return { steps, conflicts };
}

interface Versions {
  readonly base: unknown;
  readonly local: unknown;
  readonly upstream: unknown;
}

type Merged =
  | { readonly value: unknown; readonly isByLines: boolean }
  | { readonly conflict: Pick<MergeConflict, "marked"> };

function mergeMember(key: string, versions: Versions, options: MergeOptions): Merged {
  const { base, local, upstream } = versions;
  const [old, own, theirs] = [valueText(base), valueText(local), valueText(upstream)];
  const take = (value: unknown, isByLines = false): Merged => ({ value, isByLines });
  if (old === theirs || own === theirs) return take(local);
  if (old === own) return take(upstream);
  if (later.has(key)) {
    if (typeof local === "number" && typeof upstream === "number") {
      return take(Math.max(local, upstream));
    }
    if (typeof local === "string" && typeof upstream === "string") {
      return take([local, upstream].sort()[1]);
    }
  }
  const lists = [base ?? [], local, upstream];
  if (lists.every((list) => Array.isArray(list))) {
    const merged = mergeLists(key, lists, options);
    if (merged !== unmergeable) return take(merged);
  }
  if (typeof local === "string" && typeof upstream === "string") {
    const merged = mergeTexts(key, typeof base === "string" ? base : "", local, upstream, options);
    if (merged !== undefined) return merged;
  }
  if (options.prefer !== undefined) return take(options.prefer === "local" ? local : upstream);
  return { conflict: {} };
}

function mergeLists(
  key: string,
  [base = [], local = [], upstream = []]: readonly (readonly unknown[])[],
  options: MergeOptions,
): unknown {
  return mergeSets(key, base, local, upstream, (old, own, theirs) => {
    if (!isObject(own) || !isObject(theirs)) return own;
    const { steps, conflicts } = mergeValues(isObject(old) ? old : {}, own, theirs, options);
    return conflicts.length > 0 ? unmergeable : applySteps(own, steps);
  });
}

function mergeTexts(
  key: string,
  base: string,
  local: string,
  upstream: string,
  { language, prefer }: MergeOptions,
): Merged | undefined {
  const isQuery = key === "query" || key === "threat_query";
  const asked = key === "query" ? language : "kuery";
  if (isQuery && diffQueries(base, local, asked).isSpelling) {
    return { value: upstream, isByLines: false };
  }
  if (isQuery && diffQueries(base, upstream, asked).isSpelling) {
    return { value: local, isByLines: false };
  }
  const texts = [base, local, upstream];
  // A text of one line is one value.
  if (!texts.some((text) => text.trim().includes("\n"))) return undefined;
  const merged = mergeLines(base.split("\n"), local.split("\n"), upstream.split("\n"));
  const resolve = (side: MergeSide) =>
    merged.flatMap((each) => (each.isConflict ? each[side] : each.lines)).join("\n");
  if (!merged.some(({ isConflict }) => isConflict)) {
    const value = resolve("local");
    const isSound = !isQuery || asked === "esql" || meaningOf(value, asked) !== undefined;
    return isSound ? { value, isByLines: true } : undefined;
  }
  if (prefer !== undefined) {
    // Half of a query with half of another asks what nobody wrote.
    return isQuery ? undefined : { value: resolve(prefer), isByLines: true };
  }
  return { conflict: { marked: markLines(merged) } };
}

function markLines(merged: ReturnType<typeof mergeLines>): string {
  const lines = merged.flatMap((each) =>
    each.isConflict
      ? [
          `${conflictMarks.local}local`,
          ...each.local,
          `${conflictMarks.base}base`,
          ...each.base,
          conflictMarks.between,
          ...each.upstream,
          `${conflictMarks.upstream}upstream`,
        ]
      : each.lines,
  );
  // A mark is a line of its own, also at the end.
  const text = lines.join("\n");
  return lines[lines.length - 1]?.startsWith(conflictMarks.upstream) ? `${text}\n` : text;
}

/** An object with members changed. */
export function applySteps(
  object: RawObject,
  steps: readonly Pick<MergeStep, "path" | "value">[],
): RawObject {
  return steps.reduce((current, { path, value }) => setMember(current, path, value), object);
}

function setMember(object: RawObject, path: readonly string[], value: unknown): RawObject {
  const [key, ...below] = path;
  if (key === undefined) return object;
  const { [key]: member, ...others } = object;
  if (below.length > 0) {
    return { ...object, [key]: setMember(isObject(member) ? member : {}, below, value) };
  }
  return value === undefined ? others : { ...object, [key]: value };
}
