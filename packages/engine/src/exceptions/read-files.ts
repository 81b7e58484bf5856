import { loadRules, type RuleFailure } from "../rules/index.ts";
import { type ReadExceptions, readExceptions } from "./read.ts";

export interface ExceptionFiles extends ReadExceptions {
  /** Files that could not be read. */
  readonly failures: readonly RuleFailure[];
}

/** Reads the lists and items of files and folders: exports of Kibana, lists of API objects, our own TOML. Rules in them are not asked for. */
export async function readExceptionFiles(paths: readonly string[]): Promise<ExceptionFiles> {
  const loaded = await loadRules(paths);
  const read = readExceptions(loaded);
  return { ...read, failures: loaded.failures.filter(({ name }) => name === undefined) };
}
