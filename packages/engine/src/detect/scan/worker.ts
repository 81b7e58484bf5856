/** Runs on a worker thread: scans the blocks that it is sent (`worker-lane`), one after the other. */
import { parentPort, workerData } from "node:worker_threads";
import { ConditionSet } from "@harrier/lang/match";
import type { ScanTask } from "./scan-task.ts";
import { Scanner } from "./scanner.ts";
import { buffersOfAnswer, type WorkerAnswer, type WorkerRequest } from "./worker-lane.ts";

const port = parentPort;
if (port === null) throw new Error("this runs on a worker thread only");

// `openWorkerLane` gives nothing else.
const task = workerData as ScanTask;
const conditions = new ConditionSet(task.conditions, { folding: task.folding });
const scanner = new Scanner(task, conditions);

const say = (answer: WorkerAnswer) => port.postMessage(answer, buffersOfAnswer(answer));

async function answer(request: WorkerRequest): Promise<void> {
  switch (request.kind) {
    case "scan": {
      const { bytes, from } = request.order;
      const result = await scanner.scan(request.order);
      const sightings = conditions.takeSightings();
      const block = { ...result, sightings, ...(from === "apart" && { bytes }) };
      say({ kind: "scanned", block });
      return;
    }
    case "leave":
      scanner.leave(request.file);
      return;
    case "statistics":
      say({ kind: "statistics", statistics: conditions.statistics() });
      return;
    default:
      request satisfies never;
  }
}

let last: Promise<void> = Promise.resolve();
port.on("message", (request: WorkerRequest) => {
  last = last.then(() => answer(request)).catch((error) => say({ kind: "broken", error }));
});
