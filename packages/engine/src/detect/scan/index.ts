/**
 * Scanning: from blocks of text to what rules want to hear of, on one thread or many.
 *
 * Alerts, caps, exceptions and sequences have an order; finding which conditions an event meets has none, and is
 * nearly all of the work. So the inputs are cut into blocks (`ingest/blocks`), and blocks go to *lanes*: the thread
 * at hand, or worker threads (`worker-lane`, `worker`), each with a condition set of its own. A lane's `Scanner`
 * reads the events of a block, matches them and writes down, in columns, what rules want to hear of (`notes`): the
 * event's text, the keys it has for the taps it meets, its times, and which events somebody must look at himself.
 * Bytes go over and columns come back, without a copy; no event crosses as an object.
 *
 * `scanInOrder` gives the results in the order of the blocks, and whoever takes them goes on as if there were one
 * thread. It is the same for any number of lanes, because a block's result counts only where it is what one
 * reading of the whole file would give: `FileRun` sees to that.
 */
export { type OpenedPool, openLanes, type Threads } from "./lane-pool.ts";
export { type ScannedPiece, scanInOrder } from "./scan-in-order.ts";
export { makeScanTask, type ScanTask } from "./scan-task.ts";
export { openWorkerLane } from "./worker-lane.ts";
