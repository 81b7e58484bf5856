import { extname } from "node:path";
import type { Diagnostic, Source, Span } from "@harrier/lang/text";
import { describeError } from "../describe-error.ts";
import { buildRule, nameOf } from "./build-rule.ts";
import {
  type ClassifiedValue,
  classifyValue,
  type ObjectDocument,
  type RawObject,
  type RuleDocument,
} from "./classify.ts";
import { failAt, failPath, headSpan } from "./failure.ts";
import { headOf } from "./fields.ts";
import type { RuleFile } from "./find.ts";
import { parseJson, parseNdjson } from "./json.ts";
import { findMergeConflicts } from "./merge-conflicts.ts";
import { isDeeperThan } from "./nesting.ts";
import type { ParsedFile, ParsedValue, TextRange, ValuePath } from "./parsed-file.ts";
import { readSource } from "./read-source.ts";
import type { Rule, RuleOrigin } from "./rule.ts";
import type { FileObject, RuleFailure } from "./rule-set.ts";
import { parseToml } from "./toml.ts";
import { parseYaml } from "./yaml.ts";

/** Exceptions and filters nest a few levels; a rule beyond this is an attack, or a mistake. */
const deepestNesting = 64;

/** A rule, and where its parts stand in its file. */
export interface LoadedRule {
  readonly rule: Rule;
  readonly document: RuleDocument;
}

/** Everything that one file holds. */
export interface FileContents {
  readonly rules: readonly LoadedRule[];
  readonly failures: readonly RuleFailure[];
  readonly diagnostics: readonly Diagnostic[];
  readonly exceptionLists: readonly FileObject[];
  readonly exceptionItems: readonly FileObject[];
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

/** Reads a file and all rules in it. Never throws: what can't be read is among the failures. */
export async function loadFile(file: RuleFile): Promise<FileContents> {
  let source: Source;
  try {
    source = await readSource(file.path);
  } catch (error) {
    return { ...nothing, failures: [failPath(file.path, describeError(error))] };
  }
  return readRuleText(source, file);
}

/** All rules of a text; what is in it is told by its name. Never throws. */
export function readRuleText(
  source: Source,
  file: Omit<RuleFile, "path"> = { isNamed: true, includeDeprecated: true },
): FileContents {
  const parsed = parseFile(source);
  const values = parsed.values.map(classifyOrRefuse);
  const isOurs = values.some(isKnown);
  // Of a file that was only met in a folder nothing is wanted but rules: events may lie there too.
  const isText = values.length > 0 || parsed.diagnostics.length === 0;
  const isForeign = !isOurs && isText && !values.some(isDeep);
  if (isForeign && !file.isNamed) return { ...nothing, isIgnored: true };
  const failures: RuleFailure[] = [];
  if (parsed.diagnostics.length > 0) {
    failures.push({ file: source.name, diagnostics: parsed.diagnostics });
  }
  if (isForeign) failures.push(failAt("rule/no-rule", "this file holds no rule", headSpan(source)));
  const refused = isOurs ? values : values.filter(isDeep);
  failures.push(...refused.flatMap((value) => failUnknown(value, source)));

  const documents = values.flatMap(({ rules }) => rules);
  const kept = documents.filter(
    ({ metadata }) => file.includeDeprecated || metadata?.maturity !== "deprecated",
  );
  const built = buildRules(kept, parsed.format, source);
  const items = values.flatMap(({ exceptionItems }) => exceptionItems);
  const held = { rules: documents.length, items: items.length };
  const counted = values.flatMap((value) => checkExport(value, held, source));
  return {
    rules: built.rules,
    failures: [...failures, ...built.failures],
    diagnostics: [...built.diagnostics, ...counted],
    exceptionLists: values.flatMap((value) => placeObjects(value.exceptionLists, value, source)),
    exceptionItems: values.flatMap((value) => placeObjects(value.exceptionItems, value, source)),
    connectors: values.flatMap(({ connectors }) => connectors),
    deprecated: documents.length - kept.length,
    isIgnored: false,
  };
}

function buildRules(
  documents: readonly RuleDocument[],
  format: RuleOrigin["format"],
  source: Source,
): Pick<FileContents, "rules" | "failures" | "diagnostics"> {
  const rules: LoadedRule[] = [];
  const failures: RuleFailure[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    const findings: Diagnostic[] = [];
    const origin = originOf(document, format, source);
    const rule = buildRule(document, source, origin, (finding) => findings.push(finding));
    if (rule === undefined) {
      failures.push(failRule(document, source, findings));
    } else {
      rules.push({ rule, document });
      diagnostics.push(...findings);
    }
  }
  return { rules, failures, diagnostics };
}

function parseFile(source: Source): ParsedFile {
  const parsed = parseByName(source);
  const conflicts = parsed.format === "ndjson" ? [] : findMergeConflicts(source);
  // Either side would load: which one is meant, nobody has said yet.
  return conflicts.length === 0 ? parsed : { ...parsed, values: [], diagnostics: conflicts };
}

function parseByName(source: Source): ParsedFile {
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

function placeObjects(
  objects: readonly ObjectDocument[],
  { parsed }: RefusedValue,
  source: Source,
): readonly FileObject[] {
  return objects.map(({ path, ...object }) => ({
    ...object,
    source,
    spanOf: (part) => ({ source, ...headOf(locateNear([...path, ...part], parsed), source) }),
  }));
}

/** What is not there is shown by what should hold it. */
function locateNear(path: ValuePath, { locate }: ParsedValue): TextRange | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const range = locate(path.slice(0, length));
    if (range !== undefined) return range;
  }
  return locate([]);
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

function isKnown(value: RefusedValue): boolean {
  const known = [value.rules, value.exceptionLists, value.exceptionItems, value.connectors];
  return value.exportDetails !== undefined || known.some((list) => list.length > 0);
}

function isDeep({ isTooDeep }: RefusedValue): boolean {
  return isTooDeep;
}

/** One failure for all that a value holds and we don't know, at the first of it. */
function failUnknown(value: RefusedValue, source: Source): RuleFailure[] {
  const [first, ...others] = value.unknown;
  if (first === undefined) return [];
  const span = spanOfPath(value.parsed, first, source);
  if (value.isTooDeep) {
    return [failAt("rule/too-deep", `nested more than ${deepestNesting} levels deep`, span)];
  }
  const more = others.length === 0 ? "" : `, and ${others.length} more like it`;
  return [failAt("rule/no-rule", `neither a rule nor a part of an export${more}`, span)];
}

function originOf(
  document: RuleDocument,
  format: RuleOrigin["format"],
  source: Source,
): RuleOrigin {
  const line = document.parsed.line ?? document.position;
  return { file: source.name, format, ...(line === undefined ? {} : { line }) };
}

function failRule(
  document: RuleDocument,
  source: Source,
  diagnostics: readonly Diagnostic[],
): RuleFailure {
  const name = nameOf(document);
  return { file: source.name, ...(name === undefined ? {} : { name }), diagnostics };
}

/** An export counts in its last line what it holds: one that was cut short or edited shows. */
function checkExport(
  { exportDetails, parsed }: RefusedValue,
  held: { readonly rules: number; readonly items: number },
  source: Source,
): Diagnostic[] {
  const counts = [
    ["exported_rules_count", "rules", held.rules],
    ["exported_exception_list_item_count", "exception items", held.items],
  ] as const;
  return counts.flatMap(([key, what, count]) => {
    const promised = exportDetails?.[key];
    if (typeof promised !== "number" || promised === count) return [];
    const message = `the export counts ${promised} ${what}, the file holds ${count}`;
    const span = spanOfPath(parsed, [key], source);
    return [{ severity: "warning", code: "rule/incomplete-export", message, span }];
  });
}

function spanOfPath(parsed: ParsedValue, path: ValuePath, source: Source): Span {
  return { source, ...headOf(parsed.locate(path), source) };
}
