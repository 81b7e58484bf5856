import type { Diagnostic } from "@harrier/lang/text";
import { loadRules, type RuleFailure } from "../rules/index.ts";
import type { ExceptionObjects } from "./read.ts";

export interface ExceptionFiles extends ExceptionObjects {
  /** Files that could not be read, or hold no exceptions. */
  readonly failures: readonly RuleFailure[];
  /** Warnings about exports that were cut short. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the lists and items of files and folders: exports of Kibana, objects of its API, the TOML of the rule
 * repository and our own. Rules that stand between them are not asked for.
 */
export async function readExceptionFiles(paths: readonly string[]): Promise<ExceptionFiles> {
  const files = await Promise.all(paths.map(readPath));
  return {
    exceptionLists: files.flatMap(({ exceptionLists }) => exceptionLists),
    exceptionItems: files.flatMap(({ exceptionItems }) => exceptionItems),
    failures: files.flatMap(({ failures }) => failures),
    diagnostics: files.flatMap(({ diagnostics }) => diagnostics),
  };
}

async function readPath(path: string): Promise<ExceptionFiles> {
  const loaded = await loadRules([path]);
  const { exceptionLists, exceptionItems } = loaded;
  // A failure with a name is a rule's.
  const failures = loaded.failures.filter(({ name }) => name === undefined);
  const diagnostics = loaded.diagnostics.filter(({ code }) => code === "rule/incomplete-export");
  const objects = { exceptionLists, exceptionItems, diagnostics };
  if (failures.length > 0 || exceptionLists.length + exceptionItems.length > 0) {
    return { ...objects, failures };
  }
  const nothing: Diagnostic = {
    severity: "error",
    code: "exception/no-exception",
    message: "there are no exceptions in this file or folder",
    span: { source: { name: path, text: "" }, start: 0, end: 0 },
  };
  return { ...objects, failures: [{ file: path, diagnostics: [nothing] }] };
}
