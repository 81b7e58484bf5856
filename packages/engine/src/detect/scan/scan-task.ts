import type { Predicate } from "@harrier/lang/ir";
import type { CaseFolding } from "@harrier/lang/values";
import type { TimeRange } from "../event-counter.ts";
import type { RunningRule } from "../running-rule.ts";
import type { WatchList } from "../watch-list.ts";
import type { NotePlan } from "./notes.ts";

/** All that scanning events needs of a hunt. Plain data: it crosses threads. */
export interface ScanTask {
  readonly conditions: readonly Predicate[];
  readonly folding: CaseFolding;
  /** Events outside are counted only. */
  readonly range: TimeRange;
  /** The zone of times that name none. */
  readonly timezone?: string;
  /** Some condition asks for an event's `_id` or `_index`. */
  readonly readsIdentity: boolean;
  /** Some rule reads alerts, which have old names, too. */
  readonly readsAlerts: boolean;
  /** By condition: some rule wants to look at the event when it is true. */
  readonly isLookedAt: readonly boolean[];
  /** By condition. */
  readonly taps: readonly (readonly ScanTap[])[];
  readonly plan: NotePlan;
}

/** A tap, as far as scanning goes. */
export interface ScanTap {
  readonly place: number;
  /** The condition that keeps an event from it. */
  readonly exception: number | undefined;
  /** An event must meet an indicator, too, and those are not at hand. */
  readonly isThreat: boolean;
}

export interface ScanSettings
  extends Pick<ScanTask, "folding" | "range" | "timezone" | "readsAlerts"> {
  /** By rule: whether an alert of it may come of an event at once. */
  readonly mayAlert: (rule: RunningRule) => boolean;
}

export function makeScanTask(
  { conditions, readsIdentity, immediate, taps, plan }: WatchList,
  { folding, range, readsAlerts, timezone, mayAlert }: ScanSettings,
): ScanTask {
  return {
    conditions,
    folding,
    range,
    ...(timezone === undefined ? {} : { timezone }),
    readsIdentity,
    readsAlerts,
    isLookedAt: immediate.map((watchers) => watchers.some(({ running }) => mayAlert(running))),
    taps: taps.map((list) =>
      list.map(({ place, exception, threat }) => ({
        place,
        exception,
        isThreat: threat !== undefined,
      })),
    ),
    plan,
  };
}
