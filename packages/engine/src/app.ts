import { availableParallelism } from "node:os";
import { ecsSchema } from "@harrier/lang/ecs";
import { fieldValues } from "@harrier/lang/match";
import type { Diagnostic } from "@harrier/lang/text";
import type { CaseFolding, EpochNanos } from "@harrier/lang/values";
import type { AlertDocument } from "./alerts/index.ts";
import {
  explainRule,
  type HuntProgress,
  type HuntSummary,
  hunt,
  InputLog,
  type ItemConditions,
  openFileSpool,
  openWorkerLane,
  RuleCoverage,
  type RuleExplanation,
  type RulePossibility,
  type Threads,
} from "./detect/index.ts";
import {
  type CompiledItem,
  conditionsOf,
  type PreparedExceptions,
  prepareExceptions,
  readExceptionFiles,
  readExceptions,
  readValueLists,
  runClockOf,
  type ValueListRequest,
} from "./exceptions/index.ts";
import {
  FieldInventory,
  type FieldReport,
  type IngestedEvent,
  type Input,
  type InputFinding,
  type InputReport,
  isFailure,
  isHarmless,
  openInputs,
  type ReadingChoices,
  readEvents,
  readingChoices,
  reportUnopened,
  type SurveyOptions,
  surveyInputs,
} from "./ingest/index.ts";
import {
  adHocRule,
  type CompiledRule,
  type CompileOptions,
  compileRule,
} from "./rule-types/index.ts";
import { loadRules, type Rule, type RuleFailure, type RuleSet } from "./rules/index.ts";

/** Which rules, and how their queries are read. */
export interface RuleRequest {
  /** Files, folders and patterns. */
  readonly rulePaths: readonly string[];
  /** EQL queries from the command line, each a rule of its own. */
  readonly adHocQueries?: readonly string[];
  /** Leaves a rule out when it returns false. Ad hoc queries are never left out. */
  readonly selectRule?: (rule: Rule) => boolean;
  /** Unknown fields are errors, as in Elasticsearch. */
  readonly strictFields: boolean;
  /** Default: `unicode`. */
  readonly folding?: CaseFolding;
  /** What `now` means in date constants. */
  readonly now: EpochNanos;
  /** Files and folders with exceptions, besides those among the rules. */
  readonly exceptionPaths?: readonly string[];
  /** Lists that entries of exceptions name. */
  readonly valueLists?: readonly ValueListRequest[];
  /** Whether the exceptions of Elastic Defend count for the rules that name them. Default: yes. */
  readonly endpointExceptions?: boolean;
}

export interface CompiledRules {
  /** In the order of their files, ad hoc queries last. Rules that failed or are unsupported are among them. */
  readonly rules: readonly CompiledRule[];
  /** Files and rules that could not be read. */
  readonly failures: readonly RuleFailure[];
  /** Warnings about files that were read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Rule files read. */
  readonly files: number;
  readonly exceptions: ExceptionReport;
  /** The exceptions of one of the rules. */
  readonly itemsOf: (rule: CompiledRule) => readonly CompiledItem[];
}

/** What became of the exceptions that were read. */
export interface ExceptionReport {
  /** Items, those that can't be applied among them. */
  readonly items: number;
  /** Items that can't be applied: what they should keep away raises alerts. */
  readonly unapplied: number;
  /** Items that are for none of the rules. */
  readonly unbound: number;
  /** Each item that can't be applied has an error here; the rest are warnings. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Which events, and who may stop it. */
export interface EventRequest extends ReadingChoices {
  /** Files, folders and patterns, `-` for `stdin`. */
  readonly paths: readonly string[];
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
}

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

export interface ExplainRequest extends RuleRequest, EventRequest {
  /** Events explained at most. */
  readonly limit: number;
}

export interface ExplainReport {
  /** One for each rule. */
  readonly explanations: readonly RuleExplanation[];
  readonly ruleFailures: readonly RuleFailure[];
  readonly exceptions: ExceptionReport;
  readonly findings: readonly InputFinding[];
  /** There were more events than `limit`. */
  readonly isCut: boolean;
}

/** Reads rules with their exceptions and compiles them. Never throws for a bad rule. */
export async function loadAndCompile(request: RuleRequest): Promise<CompiledRules> {
  const { adHocQueries = [], selectRule = () => true, rulePaths } = request;
  const loaded = await loadRules(rulePaths);
  const rules = [...loaded.rules.filter(selectRule), ...new Set(adHocQueries)].map((rule) =>
    typeof rule === "string" ? adHocRule(rule) : rule,
  );
  const { strictFields, now, folding = "unicode" } = request;
  const options = { schema: ecsSchema, strictFields, now, folding };
  const exceptions = await loadExceptions(loaded, request);
  const { report } = exceptions;
  const compiled = rules.map((rule) => compileWithExceptions(rule, options, exceptions));
  const items = new Map(compiled.map(({ rule, items }) => [rule, items]));
  const bound = new Set(compiled.flatMap(({ items }) => items));
  return {
    rules: compiled.map(({ rule }) => rule),
    failures: [...loaded.failures, ...exceptions.failures],
    diagnostics: loaded.diagnostics,
    files: loaded.files,
    exceptions: { ...report, unbound: report.items - report.unapplied - bound.size },
    itemsOf: (rule) => items.get(rule) ?? [],
  };
}

interface LoadedExceptions {
  readonly failures: readonly RuleFailure[];
  readonly report: Omit<ExceptionReport, "unbound">;
  readonly forRule: PreparedExceptions["forRule"];
}

async function loadExceptions(
  loaded: RuleSet,
  { exceptionPaths = [], valueLists = [], endpointExceptions = true, now }: RuleRequest,
): Promise<LoadedExceptions> {
  const files = await readExceptionFiles(exceptionPaths);
  const set = readExceptions({
    exceptionLists: [...loaded.exceptionLists, ...files.exceptionLists],
    exceptionItems: [...loaded.exceptionItems, ...files.exceptionItems],
  });
  const values = await readValueLists(valueLists);
  const { unapplied, forRule, diagnostics } = prepareExceptions(set, {
    schema: ecsSchema,
    valueLists: values.lists,
    now,
    endpoint: endpointExceptions,
  });
  return {
    failures: files.failures,
    report: {
      items: set.items.length + set.refused,
      unapplied,
      diagnostics: [
        ...files.diagnostics,
        ...set.diagnostics,
        ...values.diagnostics,
        ...diagnostics,
      ],
    },
    forRule,
  };
}

function compileWithExceptions(
  rule: Rule,
  options: CompileOptions,
  { forRule }: LoadedExceptions,
): { readonly rule: CompiledRule; readonly items: readonly CompiledItem[] } {
  const compiled = compileRule(rule, options);
  const { exception, items, diagnostics } = forRule(rule);
  return {
    rule: {
      ...compiled,
      ...(exception === undefined ? {} : { exception }),
      diagnostics: [...compiled.diagnostics, ...diagnostics],
    },
    items,
  };
}

/** More than these wait for the thread that puts all in order. */
const mostThreads = 8;
/** Below this another thread takes longer to start than it saves. */
const worthThreads = 8 * 1024 * 1024;
const scanWorker = new URL("../bin/scan-worker.js", import.meta.url);

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

/** Why each rule matches or does not, clause by clause, for each event. */
export async function runExplain(request: ExplainRequest): Promise<ExplainReport> {
  const { paths, stdin, signal, limit, now, folding = "unicode" } = request;
  const { rules, failures, itemsOf, exceptions } = await loadAndCompile(request);
  const findings: InputFinding[] = [];
  const onFinding = (finding: InputFinding) => {
    findings.push(finding);
  };
  const events: IngestedEvent[] = [];
  for await (const batch of readEvents(await openInputs(paths, { stdin, onFinding }), {
    signal,
    onFinding,
    ...readingChoices(request),
  })) {
    events.push(...batch);
    if (events.length > limit) break;
  }
  const shown = events.slice(0, limit);
  return {
    explanations: rules.map((rule) =>
      explainRule(rule, shown, { folding, exceptions: conditionsOfItems(rule, itemsOf, now) }),
    ),
    ruleFailures: failures,
    exceptions,
    findings,
    isCut: events.length > limit,
  };
}

export interface IngestRequest extends EventRequest {
  /** Times after it, and a day, are odd. */
  readonly now: EpochNanos;
}

/** What reading gave. */
export interface IngestSummary {
  /** Files and members of archives in a format that we know. */
  readonly files: number;
  /** Files and members of which nothing could be used. */
  readonly failed: number;
  readonly events: number;
  /** Unpacked. */
  readonly bytes: number;
  /** The first ones; `findingsTotal` counts all, and `harmless` those of inputs that were read whole. */
  readonly findings: readonly InputFinding[];
  readonly findingsTotal: number;
  readonly harmless: number;
  readonly interrupted: boolean;
}

/** Reads events and tells of each file what came of it, as soon as it has been read. */
export async function surveyEvents(
  request: IngestRequest,
  onReport: (report: InputReport) => void | Promise<void>,
): Promise<IngestSummary> {
  return readCounted(request, async (inputs, unopened, options) => {
    for (const report of reportUnopened(unopened)) await onReport(report);
    for await (const report of surveyInputs(inputs, options)) await onReport(report);
  });
}

/** Reads events and hands them over one by one. */
export async function writeEvents(
  request: IngestRequest,
  onEvent: (event: IngestedEvent) => void | Promise<void>,
): Promise<IngestSummary> {
  return readCounted(request, async (inputs, _unopened, options) => {
    for await (const batch of readEvents(inputs, options)) {
      await options.onEvents(batch);
      for (const event of batch) await onEvent(event);
    }
  });
}

export interface FieldsRequest extends RuleRequest, IngestRequest {
  /** Called once, before any event is read. What it throws ends the work. */
  readonly onRules?: (rules: CompiledRules) => void;
}

/** Which fields arrive from where, and what the rules make of that. */
export interface FieldsReport {
  /** By name. */
  readonly fields: readonly FieldReport[];
  /** There were more fields than are told apart. */
  readonly isCut: boolean;
  /** Events by source, in the order of their first one. */
  readonly sources: readonly { readonly name: string; readonly events: number }[];
  readonly rules: readonly RulePossibility[];
  readonly ruleFailures: readonly RuleFailure[];
  readonly summary: IngestSummary;
}

/** Reads events and tells their fields, and which of the rules could fire on them. */
export async function surveyFields(request: FieldsRequest): Promise<FieldsReport> {
  const compiled = await loadAndCompile(request);
  request.onRules?.(compiled);
  const { rules, failures } = compiled;
  const inventory = new FieldInventory();
  const coverage = new RuleCoverage(rules, {
    schema: ecsSchema,
    folding: request.folding ?? "unicode",
  });
  const summary = await writeEvents(request, (event) => {
    inventory.add(event.document, originOf(event));
    if (rules.length > 0) coverage.see(event);
  });
  return {
    fields: inventory.report(),
    isCut: inventory.isCut,
    sources: [...inventory.sources].map(([name, events]) => ({ name, events })),
    rules: coverage.judge(),
    ruleFailures: failures,
    summary,
  };
}

/** Where an event comes from, as rules name it: its dataset, else what it was recognised as. */
function originOf({ document, source }: IngestedEvent): string {
  const [dataset] = fieldValues(document, "event.dataset");
  return typeof dataset === "string" ? dataset : (source?.name ?? "unknown");
}

type CountedOptions = SurveyOptions & Required<Pick<SurveyOptions, "onEvents">>;

/** Opens the inputs and counts what `read` reads of them, until the signal ends it. */
async function readCounted(
  request: IngestRequest,
  read: (
    inputs: readonly Input[],
    unopened: readonly InputFinding[],
    options: CountedOptions,
  ) => Promise<void>,
): Promise<IngestSummary> {
  const { paths, stdin, signal, now } = request;
  const unopened: InputFinding[] = [];
  const failedInputs = new Set<string>();
  const findings: InputFinding[] = [];
  const counts = { files: 0, events: 0, bytes: 0, findingsTotal: 0, harmless: 0 };
  const onFinding = (finding: InputFinding) => {
    counts.findingsTotal += 1;
    if (isHarmless(finding)) counts.harmless += 1;
    if (isFailure(finding)) failedInputs.add(finding.input);
    if (findings.length < mostFindings) findings.push(finding);
  };
  const inputs = await openInputs(paths, {
    stdin,
    onFinding: (finding) => {
      onFinding(finding);
      unopened.push(finding);
    },
  });
  let interrupted = false;
  try {
    await read(inputs, unopened, {
      ...readingChoices(request),
      now,
      signal,
      onFinding,
      onFile: ({ format }) => {
        if (format !== undefined) counts.files += 1;
      },
      onProgress: ({ bytes }) => {
        counts.bytes = bytes;
      },
      onEvents: (batch) => {
        counts.events += batch.length;
      },
    });
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    interrupted = true;
  }
  return { ...counts, failed: failedInputs.size, findings, interrupted };
}

/** Findings that are shown. */
const mostFindings = 20;

function conditionsOfItems(
  rule: CompiledRule,
  itemsOf: CompiledRules["itemsOf"],
  now: EpochNanos,
): readonly ItemConditions[] {
  const clock = runClockOf(rule.rule);
  return itemsOf(rule).map((each) => ({
    item: each.item,
    conditions: conditionsOf(each, clock, now),
  }));
}

function isNoError({ severity }: Diagnostic): boolean {
  return severity !== "error";
}
