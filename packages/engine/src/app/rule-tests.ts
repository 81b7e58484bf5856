import { resolve } from "node:path";
import { ecsSchema } from "@harrier/lang/ecs";
import { type Diagnostic, hasErrors, type Span } from "@harrier/lang/text";
import { type CaseFolding, type EpochNanos, parseInstant } from "@harrier/lang/values";
import { describeError } from "../describe-error.ts";
import {
  type AlertGroup,
  type CaseFailure,
  type CaseRequest,
  compareCase,
  eventsOfCase,
  explainRule,
  type RuleExplanation,
  runCase,
} from "../detect/index.ts";
import { parseValueListRequest } from "../exceptions/index.ts";
import { type Input, inputFromBytes, isHarmless, openInputs } from "../ingest/index.ts";
import type { CompiledRule } from "../rule-types/index.ts";
import {
  type EventSource,
  type RuleTestCase,
  type RuleTestFile,
  readSource,
  readTestFile,
  rulePathOf,
} from "../rules/index.ts";
import { type CompiledRules, loadAndCompile } from "./compile-rules.ts";
import { conditionsOfItems } from "./explain.ts";

/** Test files, and which of their cases. */
export interface RuleTestRequest {
  /** Each holds cases for one rule. */
  readonly testPaths: readonly string[];
  /** Leaves a case out when it returns false. */
  readonly selectCase?: (name: string, file: string) => boolean;
  /** What `now` means in queries where neither file nor case say. */
  readonly now: EpochNanos;
  readonly folding: CaseFolding;
  readonly signal: AbortSignal;
  /** Called for each case as it ends. */
  readonly onResult?: (result: CaseResult) => void;
}

export interface RuleTestReport {
  readonly results: readonly CaseResult[];
  /** What is wrong with test files, and with rules that do not run: cases may not have been run. */
  readonly diagnostics: readonly Diagnostic[];
  /** Cases that were left out. */
  readonly skipped: number;
}

/** What became of one case. */
export interface CaseResult {
  readonly file: string;
  readonly name: string;
  readonly span: Span;
  readonly rule: CompiledRule;
  /** Empty: all came as the case says. */
  readonly failures: readonly CaseFailure[];
  /** Whether the rule raised an alert. */
  readonly isMatch: boolean;
  readonly alerts: readonly AlertGroup[];
  /** Why the rule matches the case's events or not; only of a case that failed, over its first events. */
  readonly explanation?: RuleExplanation;
  readonly elapsedMs: number;
}

/** Events that are explained where a case fails. */
const mostExplained = 20;

/** Runs the cases of test files, in their order. Throws only where the world fails. */
export async function runRuleTests(request: RuleTestRequest): Promise<RuleTestReport> {
  const results: CaseResult[] = [];
  const diagnostics: Diagnostic[] = [];
  let skipped = 0;
  for (const path of request.testPaths) {
    const file = await readFile(path, diagnostics);
    if (file === undefined) continue;
    const chosen = file.cases.filter(({ name }) => request.selectCase?.(name, path) ?? true);
    skipped += file.cases.length - chosen.length;
    if (chosen.length === 0) continue;
    const compiled = new Compiled(file, request);
    for (const each of chosen) {
      request.signal.throwIfAborted();
      const result = await runOne(each, compiled, request, diagnostics);
      if (result === undefined) continue;
      results.push(result);
      request.onResult?.(result);
    }
  }
  return { results, diagnostics, skipped };
}

async function readFile(
  path: string,
  diagnostics: Diagnostic[],
): Promise<RuleTestFile | undefined> {
  try {
    const source = await readSource(path);
    const read = readTestFile(source, rulePathOf(path));
    diagnostics.push(...read.diagnostics);
    return read.file;
  } catch (error) {
    const span = { source: { name: path, text: "" }, start: 0, end: 0 };
    diagnostics.push(unreadable(span, describeError(error)));
    return undefined;
  }
}

/** The rules of a test file, compiled once for all cases that bring nothing of their own. */
class Compiled {
  readonly #file: RuleTestFile;
  readonly #request: RuleTestRequest;
  readonly #known = new Map<string, Promise<CompiledRules>>();

  constructor(file: RuleTestFile, request: RuleTestRequest) {
    this.#file = file;
    this.#request = request;
  }

  rulesFor(each: RuleTestCase): Promise<CompiledRules> {
    const { exceptions, exceptionPaths, valueLists } = each;
    const now = this.nowOf(each);
    if (exceptions.length > 0) return this.#load(each, now);
    const key = JSON.stringify([String(now), exceptionPaths, valueLists]);
    const known = this.#known.get(key) ?? this.#load(each, now);
    this.#known.set(key, known);
    return known;
  }

  nowOf({ now }: RuleTestCase): EpochNanos {
    return (now === undefined ? undefined : parseInstant(now)) ?? this.#request.now;
  }

  async #load(each: RuleTestCase, now: EpochNanos): Promise<CompiledRules> {
    const { rulePath, withRulePaths } = this.#file;
    const { folding } = this.#request;
    const load = (exceptionItems: RuleTestCase["exceptions"]) =>
      loadAndCompile({
        rulePaths: [rulePath, ...withRulePaths],
        exceptionPaths: each.exceptionPaths,
        exceptionItems,
        valueLists: each.valueLists.flatMap((list) => parseValueListRequest(list) ?? []),
        strictFields: false,
        folding,
        now,
      });
    if (each.exceptions.length === 0) return load([]);
    // An item that names no rule is for the rule under test, whose id is known when it is loaded.
    const { rules } = await load([]);
    const ruleIds = rules.flatMap(({ rule }) =>
      isFrom(rule.origin.file, rulePath) ? [rule.ruleId] : [],
    );
    return load(
      each.exceptions.map((item) => ({ ...item, value: { rule_ids: ruleIds, ...item.value } })),
    );
  }

  isUnderTest({ rule }: CompiledRule): boolean {
    return isFrom(rule.origin.file, this.#file.rulePath);
  }

  get path(): string {
    return this.#file.path;
  }
}

async function runOne(
  each: RuleTestCase,
  compiled: Compiled,
  { folding, signal }: RuleTestRequest,
  diagnostics: Diagnostic[],
): Promise<CaseResult | undefined> {
  const startedMs = performance.now();
  const loaded = await compiled.rulesFor(each);
  const rule = loaded.rules.find((candidate) => compiled.isUnderTest(candidate));
  const problem = problemOf(rule, loaded);
  if (rule === undefined || problem !== undefined) {
    diagnostics.push(unreadable(each.span, problem ?? "the rule could not be read"));
    return undefined;
  }
  const now = compiled.nowOf(each);
  const unopened: Diagnostic[] = [];
  const open = (sources: readonly EventSource[], name: string) =>
    openSources(sources, name, unopened);
  const request: CaseRequest = {
    rule,
    withRules: loaded.rules.filter((other) => other !== rule),
    history: await open(each.history, "history"),
    runs: await Promise.all(each.runs.map((run, index) => open(run, `run-${index + 1}`))),
    indicators: await open(each.indicators, "indicators"),
    schema: ecsSchema,
    folding,
    indices: each.indices,
    keepsMaxSignals: each.keepsMaxSignals,
    now,
    signal,
  };
  if (unopened.length > 0) {
    diagnostics.push(...unopened);
    return undefined;
  }
  const { runs, findings } = await runCase(request);
  const alerts = runs.flat();
  const asksPlaces = each.expected.alerts.some(({ events }) => events !== undefined);
  const failures = [
    ...compareCase(each.expected, runs, asksPlaces ? await eventsOfCase(request) : []),
    // An event that can't be read would make a case hold for the wrong reason.
    ...findings
      .filter((finding) => !isHarmless(finding))
      .map(({ message, input }) => ({ message: `${input}: ${message}`, span: each.span })),
  ];
  const explanation =
    failures.length === 0
      ? undefined
      : explainRule(rule, (await eventsOfCase(request)).slice(0, mostExplained), {
          folding,
          exceptions: conditionsOfItems(rule, loaded.itemsOf, now),
        });
  return {
    file: compiled.path,
    name: each.name,
    span: each.span,
    rule,
    failures,
    isMatch: alerts.length > 0,
    alerts,
    ...(explanation !== undefined && { explanation }),
    elapsedMs: performance.now() - startedMs,
  };
}

/** Why the rule under test can't be tested. */
function problemOf(
  rule: CompiledRule | undefined,
  { failures, exceptions }: CompiledRules,
): string | undefined {
  const wrong = [...failures.flatMap((each) => each.diagnostics), ...exceptions.diagnostics];
  const [first] = wrong.filter(({ severity }) => severity === "error");
  if (first !== undefined) return first.message;
  if (rule === undefined) return undefined;
  if (rule.unsupported !== undefined) return `the rule does not run: ${rule.unsupported}`;
  if (!hasErrors(rule.diagnostics)) return undefined;
  return `the rule does not run: ${rule.diagnostics.find(({ severity }) => severity === "error")?.message}`;
}

/** Events that stand one after another are one input; a file is one of its own. */
async function openSources(
  sources: readonly EventSource[],
  name: string,
  unopened: Diagnostic[],
): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) inputs.push(inputFromBytes(`${name}.${inputs.length}`, lines.join("\n")));
    lines = [];
  };
  for (const source of sources) {
    if (source.kind === "event") lines.push(JSON.stringify(source.document));
    else {
      flush();
      const onFinding = ({ message }: { readonly message: string }) =>
        unopened.push(unreadable(source.span, `${source.path}: ${message}`));
      inputs.push(...(await openInputs([source.path], { onFinding })));
    }
  }
  flush();
  return inputs;
}

function unreadable(span: Span, message: string): Diagnostic {
  return { severity: "error", code: "test/unreadable", message, span };
}

function isFrom(file: string, path: string): boolean {
  return resolve(file) === resolve(path);
}

/** A failed case as a finding at its place, with the edit that would make it hold where there is one. */
export function failureFinding({ name }: CaseResult, { message, span }: CaseFailure): Diagnostic {
  return { severity: "error", code: "test/failed", message: `${name}: ${message}`, span };
}
