import { ecsSchema } from "@harrier/lang/ecs";
import type { Diagnostic } from "@harrier/lang/text";
import type { CaseFolding, EpochNanos } from "@harrier/lang/values";
import {
  type CompiledItem,
  type PreparedExceptions,
  prepareExceptions,
  readExceptionFiles,
  readExceptions,
  readValueLists,
  type ValueListRequest,
} from "../exceptions/index.ts";
import {
  adHocRule,
  type CompiledRule,
  type CompileOptions,
  compileRule,
} from "../rule-types/index.ts";
import {
  type FileObject,
  loadRules,
  type Rule,
  type RuleFailure,
  type RuleSet,
} from "../rules/index.ts";

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
  /** Exceptions at hand, besides those of files. */
  readonly exceptionItems?: readonly FileObject[];
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
  {
    exceptionPaths = [],
    exceptionItems = [],
    valueLists = [],
    endpointExceptions = true,
    now,
  }: RuleRequest,
): Promise<LoadedExceptions> {
  const files = await readExceptionFiles(exceptionPaths);
  const set = readExceptions({
    exceptionLists: [...loaded.exceptionLists, ...files.exceptionLists],
    exceptionItems: [...loaded.exceptionItems, ...files.exceptionItems, ...exceptionItems],
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
