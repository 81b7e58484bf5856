import type { ConditionSet, MatchStatistics } from "@harrier/lang/match";
import { type Lane, type LanePool, openLocalLane, type WorkerLane } from "./lane.ts";
import type { ScanTask } from "./scan-task.ts";

/** How many threads are wanted, and what starts one. */
export interface Threads {
  /** Threads that scan; with 1 it is the one at hand. */
  readonly count: number;
  /** Others are started when there is so much to scan, in bytes: each takes its time to start. */
  readonly fromBytes: number;
  /** What is scanned at once, about. Default: 1 MiB. */
  readonly blockBytes?: number;
  readonly open: (task: ScanTask) => WorkerLane;
}

export interface OpenedPool extends LanePool {
  /** What the conditions of the other threads have cost. */
  readonly statistics: () => Promise<readonly MatchStatistics[]>;
  readonly close: () => Promise<void>;
}

const alone: Threads = {
  count: 1,
  fromBytes: 0,
  open: () => {
    throw new Error("one thread needs no other");
  },
};

/**
 * Scans on the thread at hand, and from when there is enough to do, on threads of their own instead. `knownBytes`
 * is what there is to scan at least.
 */
export function openLanes(
  task: ScanTask,
  conditions: ConditionSet,
  knownBytes: number,
  { count, fromBytes, open }: Threads = alone,
): OpenedPool {
  let workers: readonly WorkerLane[] = [];
  let local: readonly Lane[] = [];
  let seen = 0;
  const expect = (bytes: number) => {
    seen += bytes;
    if (count > 1 && workers.length === 0 && Math.max(seen, knownBytes) >= fromBytes) {
      workers = Array.from({ length: count }, () => open(task));
    }
  };
  expect(0);
  return {
    lanes: () => {
      if (workers.length > 0) return workers;
      if (local.length === 0) local = [openLocalLane(task, conditions)];
      return local;
    },
    expect,
    statistics: () => Promise.all(workers.map((worker) => worker.statistics())),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
