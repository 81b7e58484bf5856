import type { EpochNanos, Literal } from "@harrier/lang/values";
import type { AlertSuppression } from "../alerts/index.ts";

/** Something that a rule found, as suppression sees it. */
export interface Suppressible<C> {
  readonly candidate: C;
  /** When the run that found it starts. */
  readonly tick: EpochNanos;
  /** The same for what was found before: an event that was read twice. */
  readonly identity: string;
  /** Times of its earliest and its latest event. */
  readonly start: EpochNanos;
  readonly end: EpochNanos;
  /**
   * The terms of the groups that it is in: of one, or, where a store groups by single values, of one
   * for each combination. Undefined for what lacks a term and then stands for itself.
   */
  readonly groups: readonly Terms[] | undefined;
}

type Terms = AlertSuppression["terms"];

export interface Suppressed<C> {
  /** In the order of their runs, then of their times. */
  readonly survivors: readonly { readonly candidate: C; readonly suppression?: AlertSuppression }[];
  /** How many others they stand for. */
  readonly suppressed: number;
}

/** A group whose alert still takes others in, and what the alert says so far. */
interface Open<C> {
  readonly candidate: C;
  readonly terms: Terms;
  readonly created: EpochNanos;
  readonly start: EpochNanos;
  createdEnd: EpochNanos;
  end: EpochNanos;
  docsCount: number;
  lastDetected: EpochNanos;
}

/**
 * Many hits, one alert (detection-semantics 5.5): of those that a run finds for one group, the
 * earliest becomes an alert that stands for the others. With a duration it stands for those of later
 * runs, too, as long as they start no later than the duration after the alert was made; the time does
 * not slide. Without one, each run makes its own alert. Each candidate belongs to the first run that
 * sees it, so that the overlap of two windows is counted once. `candidates` are in the order of their ticks.
 */
export function suppress<C>(
  candidates: readonly Suppressible<C>[],
  durationNanos?: bigint,
): Suppressed<C> {
  const seen = new Set<string>();
  const open = new Map<string, Open<C>>();
  const made: (Open<C> | { readonly candidate: C })[] = [];
  let suppressed = 0;
  for (const found of inOrder(candidates)) {
    if (found.groups === undefined) {
      made.push({ candidate: found.candidate });
      continue;
    }
    for (const terms of found.groups) {
      const group = keyOf(terms);
      const identity = JSON.stringify([group, found.identity]);
      if (seen.has(identity)) continue;
      seen.add(identity);
      const standing = open.get(group);
      if (standing !== undefined && takes(standing, found.tick, durationNanos)) {
        add(standing, found);
        suppressed += 1;
      } else {
        const alert = openGroup(found, terms);
        open.set(group, alert);
        made.push(alert);
      }
    }
  }
  return { survivors: made.map(closeGroup), suppressed };
}

/** Runs one after another; in each the earliest first. */
function inOrder<C>(candidates: readonly Suppressible<C>[]): readonly Suppressible<C>[] {
  return [...candidates].sort(
    (left, right) =>
      compareTimes(left.tick, right.tick) ||
      compareTimes(left.start, right.start) ||
      compareTimes(left.end, right.end),
  );
}

function takes<C>(
  { created }: Open<C>,
  tick: EpochNanos,
  durationNanos: bigint | undefined,
): boolean {
  return created === tick || (durationNanos !== undefined && tick - created <= durationNanos);
}

function openGroup<C>(found: Suppressible<C>, terms: Terms): Open<C> {
  const { candidate, tick, start, end } = found;
  return {
    candidate,
    terms,
    created: tick,
    start,
    createdEnd: end,
    end,
    docsCount: 0,
    lastDetected: tick,
  };
}

function add<C>(standing: Open<C>, { tick, end }: Suppressible<C>): void {
  if (end > standing.end) standing.end = end;
  if (tick === standing.created) standing.createdEnd = standing.end;
  standing.docsCount += 1;
  standing.lastDetected = tick;
}

function closeGroup<C>(
  made: Open<C> | { readonly candidate: C },
): Suppressed<C>["survivors"][number] {
  if (!("terms" in made)) return made;
  const { candidate, created: _, ...suppression } = made;
  return { candidate, suppression };
}

/** The same text exactly for equal terms: numbers by value, and never equal to a string. */
function keyOf(terms: Terms): string {
  return JSON.stringify(
    terms.map(({ value }) => value),
    (_key, value: unknown) =>
      typeof value === "bigint" || typeof value === "number"
        ? { number: numberText(value) }
        : value,
  );
}

function numberText(value: Extract<Literal, number | bigint>): string {
  return String(Number.isInteger(value) ? BigInt(value) : value);
}

function compareTimes(left: EpochNanos, right: EpochNanos): number {
  return left === right ? 0 : left < right ? -1 : 1;
}
