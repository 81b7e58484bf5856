import { availableParallelism } from "node:os";
import { ecsSchema } from "@harrier/lang/ecs";
import type { Diagnostic } from "@harrier/lang/text";
import type { EpochNanos } from "@harrier/lang/values";
import type { AlertDocument } from "../alerts/index.ts";
import {
  type HuntProgress,
  type HuntSummary,
  hunt,
  InputLog,
  openFileSpool,
  openWorkerLane,
  type Threads,
} from "../detect/index.ts";
import { type InputFinding, openInputs } from "../ingest/index.ts";
import type { RuleFailure } from "../rules/index.ts";
import {
  type CompiledRules,
  type ExceptionReport,
  loadAndCompile,
  type RuleRequest,
} from "./compile-rules.ts";
import type { EventRequest } from "./event-request.ts";

export interface HuntRequest extends RuleRequest, EventRequest {
  /** Events before or after are counted, not matched; both ends inclusive. */
  readonly from?: EpochNanos;
  readonly to?: EpochNanos;
  /** `strict`: a rule sees only events of an index that it names. */
  readonly indices: "any" | "strict";
  /** Files, folders and patterns with what threat match rules compare events with. */
  readonly indicatorPaths?: readonly string[];
  /** Alerts given out at most; a sequence is one, with its blocks. */
  readonly limit?: number;
  /** Each run of a rule makes no more alerts than its `max_signals`. Default: a hunt gives all. */
  readonly keepsMaxSignals?: boolean;
  /** Threads that look for matches; 1: no other than the one at hand. Default: as many as are useful. */
  readonly threads?: number;
  /** Says what looking for matches has cost. */
  readonly isProfiled?: boolean;
  /** Called once, before any event is read. What it throws ends the hunt. */
  readonly onRules?: (rules: CompiledRules) => void;
  /** Called one after another; the next waits for the last. A sequence's shell comes before its blocks. */
  readonly onAlert: (alert: AlertDocument) => void | Promise<void>;
  readonly onProgress?: (progress: HuntProgress) => void;
}

export interface HuntReport {
  readonly summary: HuntSummary;
  readonly ruleFailures: readonly RuleFailure[];
  /** Warnings about rules that run, about their files and exceptions. Errors are in the summary, with their rule. */
  readonly ruleDiagnostics: readonly Diagnostic[];
  readonly exceptions: ExceptionReport;
}

/** More than these wait for the thread that puts all in order. */
const mostThreads = 8;
/** Below this another thread takes longer to start than it saves. */
const worthThreads = 512 * 1024 * 1024;
const scanWorker = new URL("../../bin/scan-worker.js", import.meta.url);

function threadsFor({ threads }: HuntRequest): Threads {
  return {
    count: threads ?? Math.min(availableParallelism(), mostThreads),
    fromBytes: threads === undefined ? worthThreads : 0,
    open: (task) => openWorkerLane(scanWorker, task),
  };
}

/** Runs rules over events. Bad input is a finding in the summary; throws only where the world fails (disk, `onAlert`). */
export async function runHunt(request: HuntRequest): Promise<HuntReport> {
  const { paths, stdin, indicatorPaths = [], folding = "unicode" } = request;
  const compiled = await loadAndCompile(request);
  request.onRules?.(compiled);
  const { rules, failures, diagnostics, exceptions } = compiled;
  const log = new InputLog();
  const onFinding = (finding: InputFinding) => log.add(finding);
  const inputs = await openInputs(paths, { stdin, onFinding });
  const summary = await hunt({
    ...request,
    rules,
    inputs,
    indicators: await openInputs(indicatorPaths, { onFinding }),
    log,
    schema: ecsSchema,
    folding,
    openSpool: openFileSpool,
    threads: threadsFor(request),
    meter: { nowMs: () => performance.now(), memoryBytes: () => process.memoryUsage.rss() },
  });
  const warnings = rules.flatMap((rule) => rule.diagnostics).filter(isNoError);
  const ofExceptions = exceptions.diagnostics.filter(isNoError);
  const ruleDiagnostics = [...diagnostics, ...warnings, ...ofExceptions];
  return { summary, ruleFailures: failures, ruleDiagnostics, exceptions };
}

function isNoError({ severity }: Diagnostic): boolean {
  return severity !== "error";
}
