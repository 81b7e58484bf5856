import type { Diagnostic } from "@harrier/lang/text";
import { readExceptions, toKibana } from "../exceptions/index.ts";
import {
  type FileContents,
  findLosses,
  findRuleFiles,
  type LoadedRule,
  loadFile,
  type RuleFailure,
  type RuleOrigin,
  relativeRulePath,
  type WritableRules,
  type WritingLoss,
  writeRules,
  writeTomlRule,
} from "../rules/index.ts";
import { placeFiles } from "./place-files.ts";

export type RuleFormat = RuleOrigin["format"];

export interface ConvertRulesRequest {
  /** Files, folders and patterns. */
  readonly paths: readonly string[];
  readonly format: RuleFormat;
  /** One file for each that was read, at the same place below a folder; else one for all: none where TOML can't hold them. */
  readonly keepTree: boolean;
  readonly includeDeprecated: boolean;
  /** Told after each file that was read. */
  readonly onFile?: (done: number, total: number) => void;
}

/** A file to write. */
export interface ConvertedFile {
  /** Below the folder of the output, with `/`; empty where there is one file for all. */
  readonly path: string;
  readonly text: string;
}

export interface RuleConversion {
  readonly files: readonly ConvertedFile[];
  /** Rules in these files. */
  readonly rules: number;
  /** Exception items in these files. */
  readonly items: number;
  /** Files that nothing was written of, and why. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Rules and files that could not be read. */
  readonly failures: readonly RuleFailure[];
  /** Findings about exceptions. Those with an error are not written. */
  readonly diagnostics: readonly Diagnostic[];
  readonly losses: readonly WritingLoss[];
  /** Exception items and connectors that the form has no place for. */
  readonly left: { readonly items: number; readonly connectors: number };
  /** Files and rules left out because they are deprecated. */
  readonly deprecated: number;
}

interface SourceFile {
  readonly path: string;
  /** Below the path that it was found by. */
  readonly relative: string;
  readonly contents: FileContents;
}

/** Reads rules and writes them in another form. Nothing goes to disk here. */
export async function convertRules(request: ConvertRulesRequest): Promise<RuleConversion> {
  const { paths, includeDeprecated, onFile } = request;
  const found = await findRuleFiles(paths, { includeDeprecated });
  const sources: SourceFile[] = [];
  for (const file of found.files) {
    const contents = await loadFile(file);
    sources.push({ path: file.path, relative: relativeRulePath(file.path, paths), contents });
    onFile?.(sources.length, found.files.length);
  }
  const written = request.keepTree
    ? convertEach(sources, request.format)
    : convertAll(sources, request.format);
  const all = sources.map(({ contents }) => contents);
  return {
    ...written,
    failures: all.flatMap(({ failures }) => failures),
    skipped: [
      ...found.unreadable.map(({ path, message }) => ({ path, reason: message })),
      ...written.skipped,
    ],
    deprecated: found.deprecated + all.reduce((sum, { deprecated }) => sum + deprecated, 0),
  };
}

type Written = Omit<RuleConversion, "failures" | "deprecated">;

function convertAll(sources: readonly SourceFile[], format: RuleFormat): Written {
  const { set, diagnostics } = gather(sources);
  const [only, ...others] = set.rules;
  const isOne = only !== undefined && others.length === 0;
  const text = format !== "toml" ? writeRules(set, format) : isOne ? tomlOf(only) : undefined;
  const files = text === undefined ? [] : [{ path: "", text }];
  return { files, diagnostics, skipped: skipEmpty(sources), ...countWritten(set, format) };
}

function convertEach(sources: readonly SourceFile[], format: RuleFormat): Written {
  const parts: Written[] = [];
  const places = placeFiles();
  for (const source of sources) {
    const { set, diagnostics } = gather([source]);
    if (set.rules.length === 0) continue;
    const files =
      format === "toml"
        ? set.rules.map((loaded) => ({
            path: places.forRule(source.relative, loaded.rule, set.rules.length),
            text: tomlOf(loaded),
          }))
        : [{ path: places.forFile(source.relative, format), text: textOf(source, set, format) }];
    parts.push({ files, diagnostics, skipped: [], ...countWritten(set, format) });
  }
  const sum = (count: (part: Written) => number) =>
    parts.reduce((total, part) => total + count(part), 0);
  return {
    files: parts.flatMap(({ files }) => files),
    rules: sum(({ rules }) => rules),
    items: sum(({ items }) => items),
    skipped: skipEmpty(sources),
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
    losses: parts.flatMap(({ losses }) => losses),
    left: {
      items: sum(({ left }) => left.items),
      connectors: sum(({ left }) => left.connectors),
    },
  };
}

function gather(sources: readonly SourceFile[]): {
  readonly set: WritableRules;
  readonly diagnostics: readonly Diagnostic[];
} {
  const contents = sources.map((source) => source.contents);
  const exceptions = readExceptions({
    exceptionLists: contents.flatMap(({ exceptionLists }) => exceptionLists),
    exceptionItems: contents.flatMap(({ exceptionItems }) => exceptionItems),
  });
  const { lists, items } = toKibana(exceptions);
  return {
    set: {
      rules: contents.flatMap(({ rules }) => rules),
      exceptionLists: lists,
      exceptionItems: items,
      connectors: contents.flatMap(({ connectors }) => connectors),
    },
    diagnostics: exceptions.diagnostics,
  };
}

/** A file that has this form already, and nothing broken, stays as it is. */
function textOf(
  { contents }: SourceFile,
  set: WritableRules,
  format: Exclude<RuleFormat, "toml">,
): string {
  const [first] = set.rules;
  const isSame = first?.rule.origin.format === format && contents.failures.length === 0;
  return isSame && contents.deprecated === 0 ? first.rule.source.text : writeRules(set, format);
}

/** A rule that is in TOML already stays as it is, with its comments. */
function tomlOf(loaded: LoadedRule): string {
  const { origin, source } = loaded.rule;
  return origin.format === "toml" ? source.text : writeTomlRule(loaded);
}

function countWritten(
  { rules, exceptionItems, connectors }: WritableRules,
  format: RuleFormat,
): Pick<Written, "rules" | "items" | "left" | "losses"> {
  const isKept = format !== "toml";
  return {
    rules: rules.length,
    items: isKept ? exceptionItems.length : 0,
    left: {
      items: isKept ? 0 : exceptionItems.length,
      connectors: isKept ? 0 : connectors.length,
    },
    losses: rules.flatMap((loaded) => findLosses(loaded, format)),
  };
}

/** Files that hold exceptions alone, or nothing of ours; what failed says so itself. */
function skipEmpty(sources: readonly SourceFile[]): RuleConversion["skipped"] {
  return sources.flatMap(({ path, contents }) => {
    const { rules, failures, deprecated, exceptionItems, isIgnored } = contents;
    if (rules.length > 0 || failures.length > 0 || deprecated > 0) return [];
    if (isIgnored) return [{ path, reason: "no rules" }];
    const what = exceptionItems.length > 0 ? "exceptions" : "other objects";
    return [{ path, reason: `${what}, but no rules` }];
  });
}
