import { Worker } from "node:worker_threads";
import type { MatchStatistics } from "@harrier/lang/match";
import type { ScannedBlock, WorkerLane } from "./lane.ts";
import { buffersOf } from "./notes.ts";
import type { ScanTask } from "./scan-task.ts";
import type { BlockOrder } from "./scanner.ts";

/** What a worker is asked. */
export type WorkerRequest =
  | { readonly kind: "scan"; readonly order: BlockOrder }
  | { readonly kind: "leave"; readonly file: number }
  | { readonly kind: "statistics" };

/** What it answers: one to each `scan` and `statistics`, in their order. */
export type WorkerAnswer =
  | {
      readonly kind: "scanned";
      readonly block: ScannedBlock;
    }
  | { readonly kind: "statistics"; readonly statistics: MatchStatistics }
  /** Nothing more will come. */
  | { readonly kind: "broken"; readonly error: unknown };

/** A thread that scans has ended before its time. */
export class WorkerError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "WorkerError";
  }
}

interface Waiting {
  readonly bytes: number;
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Starts a worker and gives it its task. `module` is the file that runs `scan/worker` on the new thread. Where the
 * thread ends before its time, whatever is asked of it fails.
 */
export function openWorkerLane(module: URL, task: ScanTask): WorkerLane {
  const worker = new Worker(module, { workerData: task });
  const waiting: Waiting[] = [];
  let load = 0;
  let failure: WorkerError | undefined;
  const fail = (message: string, cause?: unknown) => {
    failure ??= new WorkerError(message, { cause });
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on("message", (answer: WorkerAnswer) => {
    if (answer.kind === "broken") {
      fail(`a worker thread broke: ${messageOf(answer.error)}`, answer.error);
      return;
    }
    const asked = waiting.shift();
    load -= asked?.bytes ?? 0;
    asked?.resolve(answer);
  });
  worker.on("error", (error) => fail(`a worker thread broke: ${messageOf(error)}`, error));
  worker.on("exit", (code) => fail(`a worker thread ended with code ${code}`));

  const ask = (request: WorkerRequest, bytes: number, transfer: ArrayBuffer[]) =>
    new Promise<WorkerAnswer>((resolve, reject) => {
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      load += bytes;
      waiting.push({ bytes, resolve, reject });
      worker.postMessage(request, transfer);
    });
  return {
    get load() {
      return load;
    },
    scan: async (order) => {
      const bytes = order.bytes.length;
      const answer = await ask({ kind: "scan", order }, bytes, [order.bytes.buffer]);
      if (answer.kind !== "scanned") throw new WorkerError("a worker answered something else");
      return answer.block;
    },
    leave: (file) => {
      if (failure === undefined) worker.postMessage({ kind: "leave", file });
    },
    statistics: async () => {
      const answer = await ask({ kind: "statistics" }, 0, []);
      if (answer.kind !== "statistics") throw new WorkerError("a worker answered something else");
      return answer.statistics;
    },
    close: async () => {
      failure ??= new WorkerError("the worker was closed");
      await worker.terminate();
    },
  };
}

/** What goes with an answer without a copy. */
export function buffersOfAnswer(answer: WorkerAnswer): ArrayBuffer[] {
  if (answer.kind !== "scanned") return [];
  const { bytes, notes } = answer.block;
  return bytes === undefined ? buffersOf(notes) : [bytes.buffer, ...buffersOf(notes)];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
