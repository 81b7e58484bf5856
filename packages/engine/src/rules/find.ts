import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import { describeError } from "../describe-error.ts";
import { baseOfGlob, compileGlob, isGlob } from "./glob.ts";

/** A file that may hold rules. */
export interface RuleFile {
  readonly path: string;
  /** Named itself, not found in a folder: it must hold rules. */
  readonly isNamed: boolean;
  /** Whether its rules load even if they call themselves deprecated. */
  readonly includeDeprecated: boolean;
}

export interface FoundRuleFiles {
  /** By path, each once. */
  readonly files: readonly RuleFile[];
  /** Files in `_deprecated` folders, which are left out. */
  readonly deprecated: number;
  /** Paths that give no files, and why. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

export interface FindOptions {
  /** Takes the rules of `_deprecated` folders, and those that call themselves deprecated, as well. */
  readonly includeDeprecated?: boolean;
}

const ruleExtensions = new Set([".toml", ".ndjson", ".jsonl", ".json", ".yaml", ".yml"]);
const deprecatedFolder = "_deprecated";
const deepestFolder = 64;

/**
 * Finds rule files: files as named, folders with everything below, quoted patterns. In folders only
 * files with the extension of a rule format count, but no tests, and neither hidden folders nor `node_modules`.
 */
export async function findRuleFiles(
  paths: readonly string[],
  options: FindOptions = {},
): Promise<FoundRuleFiles> {
  const isLookedFor = (path: string) => ruleExtensions.has(extname(path)) && !isTestFile(path);
  return findFiles(paths, options, isLookedFor);
}

/** Finds test files, `<rule>.test.toml`, in the same way. A file that is named itself counts whatever its name. */
export async function findTestFiles(paths: readonly string[]): Promise<FoundRuleFiles> {
  return findFiles(paths, {}, isTestFile);
}

/** Whether a file holds tests of rules, by its name. */
export function isTestFile(path: string): boolean {
  return path.endsWith(".test.toml");
}

/**
 * The rule that a test file is for unless it says otherwise: `x.toml` for `x.test.toml`, and for everything in a folder
 * `x.test`.
 */
export function rulePathOf(testPath: string): string {
  const folder = dirname(testPath);
  const stem = folder.endsWith(".test") ? folder.slice(0, -".test".length) : undefined;
  return `${stem ?? testPath.replace(/\.test\.toml$/, "")}.toml`;
}

/** Where a file lies below the path or pattern that it was found by, with `/`; its name where that path is the file. */
export function relativeRulePath(file: string, paths: readonly string[]): string {
  for (const path of paths) {
    const base = isGlob(path) ? baseOfGlob(path) || "." : path;
    const below = relative(base, file).split(sep);
    if (below[0] !== ".." && below[0] !== "") return below.join("/");
  }
  return basename(file);
}

async function findFiles(
  paths: readonly string[],
  options: FindOptions,
  isLookedFor: (path: string) => boolean,
): Promise<FoundRuleFiles> {
  const walk: Walk = {
    files: new Map(),
    deprecated: new Set(),
    unreadable: [],
  };
  for (const path of paths) {
    const kind = await kindOf(path);
    // Who names the folder of retired rules wants them.
    const includeDeprecated =
      options.includeDeprecated === true || path.split(/[/\\]/).includes(deprecatedFolder);
    if (kind === "folder") {
      await startWalk(path, { isLookedFor, accepts: () => true, includeDeprecated }, walk);
    } else if (kind !== undefined) {
      const file = { path: join(path), isNamed: true, includeDeprecated: true };
      walk.files.set(await realpath(path), file);
    } else if (isGlob(path)) {
      await walkGlob(path, { isLookedFor, includeDeprecated }, walk);
    } else {
      walk.unreadable.push({ path, message: "there is no such file or folder" });
    }
  }
  const files = [...walk.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, deprecated: walk.deprecated.size, unreadable: walk.unreadable };
}

interface Walk {
  /** By real path: a file that is reached twice counts once. */
  readonly files: Map<string, RuleFile>;
  readonly deprecated: Set<string>;
  readonly unreadable: { readonly path: string; readonly message: string }[];
}

/** Which files of a folder are wanted. */
interface Wanted {
  /** By its name alone. */
  readonly isLookedFor: (path: string) => boolean;
  readonly accepts: (path: string) => boolean;
  readonly includeDeprecated: boolean;
  /** Real paths of the folders already entered: links can lead in circles. */
  readonly entered: Set<string>;
}

/** A folder by the name it was found under and its real one. */
interface Folder {
  readonly path: string;
  readonly real: string;
  readonly depth: number;
  readonly isDeprecated: boolean;
}

async function startWalk(path: string, wanted: Omit<Wanted, "entered">, walk: Walk): Promise<void> {
  const folder = { path, real: await realpath(path), depth: 0, isDeprecated: false };
  await walkFolder(folder, { ...wanted, entered: new Set() }, walk);
}

async function walkGlob(
  pattern: string,
  wanted: Pick<Wanted, "isLookedFor" | "includeDeprecated">,
  walk: Walk,
): Promise<void> {
  const base = baseOfGlob(pattern) || ".";
  const matches = compileGlob(pattern);
  let isMet = false;
  const accepts = (path: string) => {
    const isMatch = matches(path);
    isMet ||= isMatch;
    return isMatch;
  };
  if ((await kindOf(base)) === "folder") {
    await startWalk(base, { ...wanted, accepts }, walk);
  }
  if (!isMet) walk.unreadable.push({ path: pattern, message: "no rule file meets this pattern" });
}

async function walkFolder(folder: Folder, wanted: Wanted, walk: Walk): Promise<void> {
  if (wanted.entered.has(folder.real)) return;
  wanted.entered.add(folder.real);
  if (folder.depth > deepestFolder) {
    walk.unreadable.push({ path: folder.path, message: "the folder is nested too deeply" });
    return;
  }
  for (const entry of await readFolder(folder.path, walk)) {
    const path = join(folder.path, entry.name);
    const isLink = entry.isSymbolicLink();
    const kind = isLink ? await kindOf(path) : kindOfEntry(entry);
    if (kind === undefined) continue;
    const real = isLink ? await realpath(path) : join(folder.real, entry.name);
    if (kind === "folder" && !entry.name.startsWith(".") && entry.name !== "node_modules") {
      const isRetired = entry.name === deprecatedFolder && !wanted.includeDeprecated;
      const isDeprecated = folder.isDeprecated || isRetired;
      await walkFolder({ path, real, depth: folder.depth + 1, isDeprecated }, wanted, walk);
    } else if (kind === "file" && wanted.isLookedFor(path) && wanted.accepts(path)) {
      const { includeDeprecated } = wanted;
      if (folder.isDeprecated) walk.deprecated.add(real);
      else if (!walk.files.has(real)) {
        walk.files.set(real, { path, isNamed: false, includeDeprecated });
      }
    }
  }
}

async function readFolder(folder: string, walk: Walk) {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    walk.unreadable.push({ path: folder, message: describeError(error) });
    return [];
  }
}

/** `other` is what can be read when it is named, but is not looked for: a pipe, a device. */
type Kind = "file" | "folder" | "other";

/** `undefined` where there is nothing. */
async function kindOf(path: string): Promise<Kind | undefined> {
  try {
    return kindOfEntry(await stat(path));
  } catch {
    return undefined;
  }
}

function kindOfEntry(entry: { isFile(): boolean; isDirectory(): boolean }): Kind {
  return entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
}
