import { extname } from "node:path";
import type { Diagnostic, DiagnosticCode, Source, Span } from "@harrier/lang/text";
import { buildRule, nameOf } from "./build-rule.ts";
import {
  type ClassifiedValue,
  classifyValue,
  type RawObject,
  type RuleDocument,
} from "./classify.ts";
import { headOf, spanOfKey } from "./fields.ts";
import { type FindOptions, findRuleFiles, type RuleFile } from "./find.ts";
import { parseJson, parseNdjson } from "./json.ts";
import { isDeeperThan } from "./nesting.ts";
import type { ParsedFile, ParsedValue, ValuePath } from "./parsed-file.ts";
import { readSource } from "./read-source.ts";
import type { Rule, RuleOrigin } from "./rule.ts";
import { parseToml } from "./toml.ts";
import { parseYaml } from "./yaml.ts";

/** Rules as they were read, and everything about their files that was not a rule. */
export interface RuleSet {
  /** By file, then by their order in it; no two have the same id. */
  readonly rules: readonly Rule[];
  /** In the order of their files. */
  readonly failures: readonly RuleFailure[];
  /** Findings about what was loaded all the same: warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** Exception containers, their items and connectors of exports, as the files have them. */
  readonly exceptionLists: readonly RawObject[];
  readonly exceptionItems: readonly RawObject[];
  readonly connectors: readonly RawObject[];
  /** Files read that hold rules or what belongs to them, failed ones included. */
  readonly files: number;
  /** Files and rules left out because they are deprecated. */
  readonly deprecated: number;
  /** Files of folders that hold nothing of ours. */
  readonly ignored: number;
}

/** A rule, or a whole file, that could not be read. */
export interface RuleFailure {
  readonly file: string;
  /** The rule's name, where it is known. */
  readonly name?: string;
  /** At least one error; the spans are in the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Files open at a time. */
const mostOpenFiles = 16;
/** Exceptions and filters nest a few levels; a rule beyond this is an attack, or a mistake. */
const deepestNesting = 64;

/**
 * Reads all rules of files, folders and quoted patterns: TOML of the rule repository, exports in
 * NDJSON, JSON of the API, YAML. A rule that can't be read is a failure; the rest load. The result
 * does not depend on the order of the paths.
 */
export async function loadRules(
  paths: readonly string[],
  options: FindOptions = {},
): Promise<RuleSet> {
  const found = await findRuleFiles(paths, options);
  const contents = await mapConcurrently(found.files, mostOpenFiles, loadFile);
  const { rules, failures } = refuseDuplicates(contents);
  const unreadable = found.unreadable.map(({ path, message }) => failPath(path, message));
  return {
    rules,
    failures: [...unreadable, ...failures],
    diagnostics: contents.flatMap(({ diagnostics }) => diagnostics),
    exceptionLists: contents.flatMap(({ exceptionLists }) => exceptionLists),
    exceptionItems: contents.flatMap(({ exceptionItems }) => exceptionItems),
    connectors: contents.flatMap(({ connectors }) => connectors),
    files: contents.filter(({ isIgnored }) => !isIgnored).length,
    deprecated: found.deprecated + contents.reduce((sum, { deprecated }) => sum + deprecated, 0),
    ignored: contents.filter(({ isIgnored }) => isIgnored).length,
  };
}

interface LoadedRule {
  readonly rule: Rule;
  readonly document: RuleDocument;
}

interface FileContents {
  readonly rules: readonly LoadedRule[];
  readonly failures: readonly RuleFailure[];
  readonly diagnostics: readonly Diagnostic[];
  readonly exceptionLists: readonly RawObject[];
  readonly exceptionItems: readonly RawObject[];
  readonly connectors: readonly RawObject[];
  readonly deprecated: number;
  readonly isIgnored: boolean;
}

const nothing: FileContents = {
  rules: [],
  failures: [],
  diagnostics: [],
  exceptionLists: [],
  exceptionItems: [],
  connectors: [],
  deprecated: 0,
  isIgnored: false,
};

async function loadFile(file: RuleFile): Promise<FileContents> {
  let source: Source;
  try {
    source = await readSource(file.path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...nothing, failures: [failPath(file.path, message)] };
  }
  const parsed = parseFile(source);
  const values = parsed.values.map(classifyOrRefuse);
  const isEmpty = values.every(isUnknown);
  // Of a file that was only met in a folder nothing is wanted but rules.
  const isForeign = isEmpty && (parsed.values.length > 0 || parsed.diagnostics.length === 0);
  if (isForeign && !file.isNamed) return { ...nothing, isIgnored: true };
  const failures: RuleFailure[] = [];
  if (parsed.diagnostics.length > 0) {
    failures.push({ file: file.path, diagnostics: parsed.diagnostics });
  } else if (isEmpty) {
    failures.push(failAt("rule/no-rule", "this file holds no rule", headSpan(source)));
  }
  if (!isEmpty) failures.push(...values.flatMap((value) => failUnknown(value, source)));

  const documents = values.flatMap(({ rules }) => rules);
  const kept = documents.filter(
    ({ metadata }) => file.includeDeprecated || metadata?.maturity !== "deprecated",
  );
  const rules: LoadedRule[] = [];
  for (const document of kept) {
    const rule = loadRule(document, parsed.format, source);
    if ("diagnostics" in rule) failures.push(rule);
    else rules.push({ rule, document });
  }
  return {
    rules,
    failures,
    diagnostics: values.flatMap((value) => checkExport(value, documents.length, source)),
    exceptionLists: values.flatMap(({ exceptionLists }) => exceptionLists),
    exceptionItems: values.flatMap(({ exceptionItems }) => exceptionItems),
    connectors: values.flatMap(({ connectors }) => connectors),
    deprecated: documents.length - kept.length,
    isIgnored: false,
  };
}

function parseFile(source: Source): ParsedFile {
  switch (extname(source.name).toLowerCase()) {
    case ".ndjson":
    case ".jsonl":
      return parseNdjson(source);
    case ".json":
      return parseJson(source);
    case ".yaml":
    case ".yml":
      return parseYaml(source);
    case ".toml":
      return parseToml(source);
    default:
      return /^\s*[[{]\s*["{\]}]/.test(source.text) ? parseJson(source) : parseToml(source);
  }
}

interface RefusedValue extends ClassifiedValue {
  readonly parsed: ParsedValue;
  /** Nested so deeply that nothing in it was looked at. */
  readonly isTooDeep: boolean;
}

function classifyOrRefuse(parsed: ParsedValue): RefusedValue {
  const isTooDeep = isDeeperThan(deepestNesting, parsed.value);
  const value = isTooDeep ? { ...parsed, value: undefined } : parsed;
  return { ...classifyValue(value), parsed, isTooDeep };
}

/** A value that is too deep is not unknown: nobody looked. */
function isUnknown(value: RefusedValue): boolean {
  const known = [value.rules, value.exceptionLists, value.exceptionItems, value.connectors];
  return (
    !value.isTooDeep &&
    value.exportDetails === undefined &&
    known.every((list) => list.length === 0)
  );
}

function failUnknown(value: RefusedValue, source: Source): RuleFailure[] {
  return value.unknown.map((path) => {
    const span = spanOfPath(value.parsed, path, source);
    return value.isTooDeep
      ? failAt("rule/too-deep", `nested more than ${deepestNesting} levels deep`, span)
      : failAt("rule/no-rule", "neither a rule nor a part of an export", span);
  });
}

function loadRule(
  document: RuleDocument,
  format: RuleOrigin["format"],
  source: Source,
): Rule | RuleFailure {
  const line = document.parsed.line ?? document.position;
  const origin = { file: source.name, format, ...(line === undefined ? {} : { line }) };
  const diagnostics: Diagnostic[] = [];
  const rule = buildRule(document, source, origin, (diagnostic) => diagnostics.push(diagnostic));
  if (rule !== undefined) return rule;
  const name = nameOf(document);
  return { file: source.name, ...(name === undefined ? {} : { name }), diagnostics };
}

/** An export counts its rules in its last line: one that was cut short or edited shows. */
function checkExport(value: RefusedValue, rules: number, source: Source): Diagnostic[] {
  const promised = value.exportDetails?.exported_rules_count;
  if (typeof promised !== "number" || promised === rules) return [];
  return [
    {
      severity: "warning",
      code: "rule/incomplete-export",
      message: `the export counts ${promised} rules, the file holds ${rules}`,
      span: spanOfPath(value.parsed, ["exported_rules_count"], source),
    },
  ];
}

/** The first rule of an id stands; the others are failures that name it. */
function refuseDuplicates(contents: readonly FileContents[]): {
  readonly rules: readonly Rule[];
  readonly failures: readonly RuleFailure[];
} {
  const first = new Map<string, LoadedRule>();
  const failures: RuleFailure[] = [];
  for (const file of contents) {
    failures.push(...file.failures);
    for (const loaded of file.rules) {
      const { rule, document } = loaded;
      const earlier = first.get(rule.ruleId);
      if (earlier === undefined) {
        first.set(rule.ruleId, loaded);
        continue;
      }
      const span = spanOfKey(document, rule.source, "rule_id");
      const message = `another rule has the id ${rule.ruleId}: \`${earlier.rule.name}\` in ${earlier.rule.origin.file}`;
      const label = {
        span: spanOfKey(earlier.document, earlier.rule.source, "rule_id"),
        message: "this rule was loaded",
      };
      const failure = failAt("rule/duplicate-id", message, span, [label]);
      failures.push({ ...failure, name: rule.name });
    }
  }
  return { rules: [...first.values()].map(({ rule }) => rule), failures };
}

function failPath(path: string, message: string): RuleFailure {
  return failAt("rule/unreadable", message, headSpan({ name: path, text: "" }));
}

function failAt(
  code: DiagnosticCode,
  message: string,
  span: Span,
  labels?: Diagnostic["labels"],
): RuleFailure {
  const diagnostic = { severity: "error", code, message, span } as const;
  return {
    file: span.source.name,
    diagnostics: [labels === undefined ? diagnostic : { ...diagnostic, labels }],
  };
}

function headSpan(source: Source): Span {
  return { source, start: 0, end: 0 };
}

function spanOfPath(parsed: ParsedValue, path: ValuePath, source: Source): Span {
  return { source, ...headOf(parsed.locate(path), source) };
}

/** Runs `work` on all items, a few at a time; results in the order of the items. */
async function mapConcurrently<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const runWorker = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: width }, runWorker));
  return results;
}
