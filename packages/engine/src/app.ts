import type { Diagnostic } from "@harrier/lang/text";
import type { CaseFolding, EpochNanos } from "@harrier/lang/values";
import type { AlertDocument } from "./alerts/index.ts";
import type { HuntProgress, HuntSummary, RuleExplanation } from "./detect/index.ts";
import type { CompiledRule } from "./rule-types/index.ts";
import type { Rule, RuleFailure } from "./rules/index.ts";

/** Which rules, and how their queries are read. */
export interface RuleRequest {
  /** Files and folders. */
  readonly rulePaths: readonly string[];
  /** EQL queries from the command line, each a rule of its own. */
  readonly adHocQueries?: readonly string[];
  /** Leaves a rule out when it returns false. Ad hoc queries are never left out. */
  readonly selectRule?: (rule: Rule) => boolean;
  /** Unknown fields are errors, as in Elasticsearch. */
  readonly strictFields: boolean;
  /** What `now` means in date constants. */
  readonly now: EpochNanos;
}

export interface CompiledRules {
  /** In the order of their files, ad hoc queries last. Rules that failed or are unsupported are among them. */
  readonly rules: readonly CompiledRule[];
  /** Files and rules that could not be read. */
  readonly failures: readonly RuleFailure[];
  /** Rule files read. */
  readonly files: number;
}

export interface HuntRequest extends RuleRequest {
  /** Events: files, folders, `-` for `stdin`. */
  readonly paths: readonly string[];
  /** Events before or after are counted, not matched; both ends inclusive. */
  readonly from?: EpochNanos;
  readonly to?: EpochNanos;
  /** `strict`: a rule sees only events of an index that it names. */
  readonly indices: "any" | "strict";
  readonly folding: CaseFolding;
  /** Alerts given out at most; a sequence is one, with its blocks. */
  readonly limit?: number;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  /** Called one after another; the next waits for the last. A sequence's shell comes before its blocks. */
  readonly onAlert: (alert: AlertDocument) => void | Promise<void>;
  readonly onProgress?: (progress: HuntProgress) => void;
}

export interface HuntReport {
  readonly summary: HuntSummary;
  readonly ruleFailures: readonly RuleFailure[];
  /** Findings about the queries of rules that run; errors are in the summary, with their rule. */
  readonly ruleDiagnostics: readonly Diagnostic[];
}

export interface ExplainRequest extends RuleRequest {
  readonly paths: readonly string[];
  readonly folding: CaseFolding;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  /** Events explained at most. */
  readonly limit: number;
}

/** Reads rules and compiles their queries. Never throws for a bad rule. */
export async function loadAndCompile(request: RuleRequest): Promise<CompiledRules> {
  throw new Error(`not wired yet: ${request.rulePaths.length}`);
}

/** Runs rules over events. Bad input is a finding in the summary; throws only where the world fails (disk, `onAlert`). */
export async function runHunt(request: HuntRequest): Promise<HuntReport> {
  throw new Error(`not wired yet: ${request.paths.length}`);
}

/** Why each rule matches or does not, condition by condition, for each event. */
export async function runExplain(
  request: ExplainRequest,
): Promise<{
  readonly explanations: readonly RuleExplanation[];
  readonly ruleFailures: readonly RuleFailure[];
}> {
  throw new Error(`not wired yet: ${request.paths.length}`);
}
