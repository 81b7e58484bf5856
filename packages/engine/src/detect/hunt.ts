import type { Schema } from "@harrier/lang/ecs";
import { ConditionSet, type MatchStatistics } from "@harrier/lang/match";
import type { CaseFolding, EpochNanos } from "@harrier/lang/values";
import type { AlertDocument } from "../alerts/index.ts";
import {
  cutBlocks,
  type Input,
  type InputFinding,
  type ReadingChoices,
  readingChoices,
} from "../ingest/index.ts";
import type { CompiledRule } from "../rule-types/index.ts";
import { Crashes } from "./crashes.ts";
import { EventCounter, type TimeRange } from "./event-counter.ts";
import { Indicators, readIndicators } from "./indicators.ts";
import type { InputLog } from "./input-log.ts";
import { KeyCoverage } from "./key-coverage.ts";
import { Ledger } from "./ledger.ts";
import { LeftOutCounter } from "./left-out.ts";
import { type EventMatching, matchAlert, takeBlock } from "./match-event.ts";
import { judgeRules } from "./outcomes.ts";
import { profileHunt } from "./profile.ts";
import { type DeferredResult, raiseDeferred } from "./raise-deferred.ts";
import { Recorder } from "./recorder.ts";
import { prepareRules } from "./running-rule.ts";
import {
  makeScanTask,
  type OpenedPool,
  openLanes,
  type ScanTask,
  scanInOrder,
  type Threads,
} from "./scan/index.ts";
import type { Spool } from "./spool.ts";
import type { HuntSummary } from "./summary.ts";
import { type DeferredRule, makeWatchList } from "./watch-list.ts";

/** How far a hunt is. Counts only grow. */
export interface HuntProgress {
  /** Uncompressed bytes read. */
  readonly bytes: number;
  readonly events: number;
  readonly alerts: number;
}

/** What a hunt measures itself with. */
export interface Meter {
  /** Milliseconds since any fixed moment. */
  readonly nowMs: () => number;
  /** Memory of the process. */
  readonly memoryBytes: () => number;
}

/** `timezone` is that of the indicators, too; the other choices are for the events. */
export interface HuntOptions extends TimeRange, ReadingChoices {
  readonly rules: readonly CompiledRule[];
  readonly inputs: readonly Input[];
  /** What threat match rules compare events with; read before the events. */
  readonly indicators?: readonly Input[];
  /** Takes what is said about the inputs; may already hold what could not be opened. */
  readonly log: InputLog;
  /** Types that the fields of an alert must hold. */
  readonly schema: Schema;
  readonly folding: CaseFolding;
  /** `strict`: a rule sees only events of an index that it lists. */
  readonly indices: "any" | "strict";
  /** Alerts given out at most; a sequence is one. Default: all. */
  readonly limit?: number;
  /** Each run of a rule makes no more alerts than its `max_signals`. Default: a hunt gives all. */
  readonly keepsMaxSignals?: boolean;
  /** Stands for the time of events that have none. */
  readonly now: EpochNanos;
  readonly signal: AbortSignal;
  readonly meter: Meter;
  /** Where events go that may become part of a sequence. Opened only where a rule needs it, always closed. */
  readonly openSpool: () => Promise<Spool>;
  /** What the records of those events may take in memory. Default: 512 MiB. */
  readonly maxRecordBytes?: number;
  /** Says what looking for matches has cost. */
  readonly isProfiled?: boolean;
  /** Who scans the events. Default: the thread at hand. */
  readonly threads?: Threads;
  /** Matches of sequences at most. Default: 1,000,000. */
  readonly maxSequences?: number;
  /** Called one after another; the next waits for the last. */
  readonly onAlert: (alert: AlertDocument) => void | Promise<void>;
  readonly onProgress?: (progress: HuntProgress) => void;
}

const defaultMaxRecordBytes = 512 * 1024 * 1024;
const defaultMaxSequences = 1_000_000;

/**
 * Runs rules over events, by their schedules over event time: event queries alert as their events
 * come, in the order of the input and then of the rules; what joins, counts, compares, is piped or
 * capped alerts after the last event, in the order of time. The same input and rules give the same
 * alerts in the same order. Throws only where the world fails: the spool, or `onAlert`.
 */
export async function hunt(options: HuntOptions): Promise<HuntSummary> {
  const { rules, log, meter } = options;
  const startedMs = meter.nowMs();
  const isCapped = options.keepsMaxSignals ?? false;
  const running = prepareRules(rules, { schema: options.schema, isCapped });
  const watchList = makeWatchList(running);
  const { deferred } = watchList;
  const coverage = new KeyCoverage();
  const conditions = new ConditionSet(watchList.conditions, { folding: options.folding });
  const counter = new EventCounter(options);
  const isReadOn = running.some(({ readsAlerts }) => readsAlerts);
  const ledger = new Ledger(options.onAlert, options.limit, async (alert) => {
    if (matching === undefined) return;
    await matchAlert(alert, matching);
    await spool?.drain();
  });
  const leftOut = new LeftOutCounter();
  const crashes = new Crashes();
  const isStrict = options.indices === "strict";
  const indicators = new Indicators(running, options.folding);
  const evidence = {
    running,
    watchList,
    conditions,
    coverage,
    ledger,
    leftOut,
    crashes,
    indicators,
  };
  const needsSpool = deferred.length > 0 || (options.indicators?.length ?? 0) > 0;
  const spool = needsSpool ? await options.openSpool() : undefined;
  let matching: EventMatching | undefined;
  let reading: Reading;
  let sequences: DeferredResult = { isTruncated: false, undecided: 0 };
  try {
    const maxBytes = options.maxRecordBytes ?? defaultMaxRecordBytes;
    const recorder =
      spool && deferred.length > 0 ? new Recorder(watchList.plan, spool, maxBytes) : undefined;
    const { now } = options;
    matching = { ...evidence, counter, recorder, isReadOn, isStrict, now };
    reading = await readAll(matching, spool, options);
    if (recorder !== undefined) {
      const { isCut } = reading;
      sequences = await raiseDeferred({
        ...evidence,
        rules: isCut ? deferred.filter(isSafeWhenCut) : deferred,
        recorder,
        isStrict,
        isCapped,
        now,
        endFor: (rule) => (isCut ? undefined : endOf(counter, rule, options)),
        maxHits: options.maxSequences ?? defaultMaxSequences,
        isStopped: () => !isCut && options.signal.aborted,
      });
    }
  } finally {
    await spool?.close();
  }
  return {
    ...log.summarise(options.inputs.map(({ name }) => name)),
    ...counter.summarise(),
    ...ledger.summarise(),
    leftOut: leftOut.total(),
    indicators: { read: indicators.read, used: indicators.used },
    rules: judgeRules(rules, { ...evidence, indices: isStrict ? counter.indices : undefined }),
    ...(options.isProfiled === true && {
      profile: profileHunt(reading.statistics, conditions.alwaysEvaluated, watchList, running),
    }),
    sequencesTruncated: sequences.isTruncated,
    sequencesUndecided: sequences.undecided,
    interrupted: options.signal.aborted,
    elapsedMs: meter.nowMs() - startedMs,
    peakMemoryBytes: Math.max(reading.peakMemoryBytes, meter.memoryBytes()),
  };
}

interface Reading {
  /** What it has cost, where that was asked. */
  readonly statistics: readonly MatchStatistics[];
  /** The signal came before the last event. */
  readonly isCut: boolean;
  readonly peakMemoryBytes: number;
}

async function readAll(
  matching: EventMatching,
  spool: Spool | undefined,
  options: HuntOptions,
): Promise<Reading> {
  const { inputs, indicators = [], log, timezone, signal, threads, meter, onProgress } = options;
  const { conditions, counter, ledger } = matching;
  let peakMemoryBytes = meter.memoryBytes();
  let pool: OpenedPool | undefined;
  try {
    if (spool) {
      const onFinding = (finding: InputFinding) => log.add(finding);
      const zone = timezone === undefined ? {} : { timezone };
      await readIndicators(matching.indicators, indicators, { signal, onFinding, spool, ...zone });
    }
    const knownBytes = inputs.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
    pool = openLanes(planScan(matching, options), conditions, knownBytes, threads);
    const size = threads?.blockBytes === undefined ? {} : { blockBytes: threads.blockBytes };
    const spare: ArrayBuffer[] = [];
    const blocks = cutBlocks(inputs, { signal, spare, ...size, ...readingChoices(options) });
    for await (const { findings, readBytes, block } of scanInOrder(blocks, pool, {
      signal,
      spare,
    })) {
      signal.throwIfAborted();
      for (const finding of findings) log.add(finding);
      log.bytes += readBytes;
      if (block === undefined) continue;
      if (block.sightings !== undefined) conditions.addSightings(block.sightings);
      await takeBlock(block, matching);
      await spool?.drain();
      peakMemoryBytes = Math.max(peakMemoryBytes, meter.memoryBytes());
      onProgress?.({ bytes: log.bytes, events: counter.events, alerts: ledger.alerts });
    }
    const others = options.isProfiled === true ? await pool.statistics() : [];
    return { isCut: false, peakMemoryBytes, statistics: [conditions.statistics(), ...others] };
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return { isCut: true, peakMemoryBytes, statistics: [conditions.statistics()] };
  } finally {
    await pool?.close();
  }
}

function planScan(
  { watchList, indicators, isReadOn }: EventMatching,
  { folding, from, to, timezone }: HuntOptions,
): ScanTask {
  return makeScanTask(watchList, {
    folding,
    range: { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) },
    ...(timezone === undefined ? {} : { timezone }),
    readsAlerts: isReadOn,
    mayAlert: (running) => running.plan.kind !== "threat_match" || indicators.has(running),
  });
}

/**
 * The end of the window of the last run, the first that reaches the last event. What is missing from
 * a sequence by then is missing; what could still come is not decided (product: never early).
 */
function endOf(
  counter: EventCounter,
  { running: { schedule, readsAlerts } }: DeferredRule,
  { to }: TimeRange,
): EpochNanos | undefined {
  const last = readsAlerts ? counter.lastWithAlerts : counter.last;
  return to ?? (last === undefined ? undefined : schedule.firstReaching(last)?.to);
}

/** Of events that were not read, one could undo a match: `until`, a missing event, or an older event with the same values. */
function isSafeWhenCut({ running: { plan } }: DeferredRule): boolean {
  if (plan.kind === "new_terms") return false;
  return (
    plan.kind !== "sequence" ||
    (plan.until === undefined && plan.steps.every(({ missing }) => !missing))
  );
}
