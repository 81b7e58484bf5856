import type { ConditionSet, ConditionSightings, MatchStatistics } from "@harrier/lang/match";
import type { ScanTask } from "./scan-task.ts";
import { type BlockOrder, type BlockResult, Scanner } from "./scanner.ts";

/** Somebody who scans blocks, one after the other in the order of the calls. */
export interface Lane {
  /** Bytes that were ordered and are not done. */
  readonly load: number;
  /** The buffer of the order is the lane's; the result of a block that was read apart brings it back. */
  readonly scan: (order: BlockOrder) => Promise<ScannedBlock>;
  /** The reading of a file will not be asked to go on. */
  readonly leave: (file: number) => void;
}

export interface ScannedBlock extends BlockResult {
  /** The block, where it was read apart. Otherwise its reading may hold the end of it. */
  readonly bytes?: Uint8Array<ArrayBuffer>;
  /** What its events have shown of the conditions, where those that the hunt asks have not seen it. */
  readonly sightings?: ConditionSightings;
}

/** A lane on a thread of its own. */
export interface WorkerLane extends Lane {
  /** What its conditions have cost so far. */
  readonly statistics: () => Promise<MatchStatistics>;
  readonly close: () => Promise<void>;
}

/** Scans on the thread at hand, with the conditions that the hunt asks. */
export function openLocalLane(task: ScanTask, conditions: ConditionSet): Lane {
  const scanner = new Scanner(task, conditions);
  let last: Promise<unknown> = Promise.resolve();
  return {
    load: 0,
    scan: (order) => {
      const scanned = last.then(() => scanner.scan(order));
      last = scanned.catch(() => undefined);
      const { from, bytes } = order;
      return scanned.then((result) => ({ ...result, ...(from === "apart" && { bytes }) }));
    },
    leave: (file) => scanner.leave(file),
  };
}

/** Who scans. More may be called in as there is more to do. */
export interface LanePool {
  /** At least one. Those that a file's reading is on stay. */
  readonly lanes: () => readonly Lane[];
  /** Takes note that so many bytes more are to be scanned. */
  readonly expect: (bytes: number) => void;
}

/** The lane that has the least to do. */
export function idlestOf(lanes: readonly Lane[]): Lane {
  const [first, ...others] = lanes;
  if (first === undefined) throw new Error("there is nobody to scan");
  return others.reduce((idlest, lane) => (lane.load < idlest.load ? lane : idlest), first);
}
