import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
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
 * files with the extension of a rule format count, and neither hidden folders nor `node_modules`.
 */
export async function findRuleFiles(
  paths: readonly string[],
  options: FindOptions = {},
): Promise<FoundRuleFiles> {
  const walk: Walk = {
    files: new Map(),
    deprecated: new Set(),
    links: new Set(),
    unreadable: [],
  };
  for (const path of paths) {
    const kind = await kindOf(path);
    // Who names the folder of retired rules wants them.
    const includeDeprecated =
      options.includeDeprecated === true || path.split(/[/\\]/).includes(deprecatedFolder);
    if (kind === "folder") {
      await walkFolder(path, { accepts: () => true, includeDeprecated }, walk);
    } else if (kind !== undefined) {
      const file = { path: join(path), isNamed: true, includeDeprecated: true };
      walk.files.set(resolve(path), file);
    } else if (isGlob(path)) {
      await walkGlob(path, includeDeprecated, walk);
    } else {
      walk.unreadable.push({ path, message: "there is no such file or folder" });
    }
  }
  const files = [...walk.files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, deprecated: walk.deprecated.size, unreadable: walk.unreadable };
}

interface Walk {
  /** By absolute path: a file that is reached twice counts once. */
  readonly files: Map<string, RuleFile>;
  readonly deprecated: Set<string>;
  /** Folders already entered through a link: links can lead in circles. */
  readonly links: Set<string>;
  readonly unreadable: { readonly path: string; readonly message: string }[];
}

/** Which files of a folder are wanted. */
interface Wanted {
  readonly accepts: (path: string) => boolean;
  readonly includeDeprecated: boolean;
}

async function walkGlob(pattern: string, includeDeprecated: boolean, walk: Walk): Promise<void> {
  const base = baseOfGlob(pattern) || ".";
  const matches = compileGlob(pattern);
  let isMet = false;
  const accepts = (path: string) => {
    const isMatch = matches(path);
    isMet ||= isMatch;
    return isMatch;
  };
  if ((await kindOf(base)) === "folder") {
    await walkFolder(base, { accepts, includeDeprecated }, walk);
  }
  if (!isMet) walk.unreadable.push({ path: pattern, message: "no rule file meets this pattern" });
}

async function walkFolder(
  folder: string,
  wanted: Wanted,
  walk: Walk,
  depth = 0,
  isDeprecated = false,
): Promise<void> {
  const entries = depth > deepestFolder ? [] : await readFolder(folder, walk);
  if (depth > deepestFolder) walk.unreadable.push({ path: folder, message: "nested too deeply" });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const isLink = entry.isSymbolicLink();
    const kind = isLink ? await kindOfLink(path, walk) : kindOfEntry(entry);
    if (kind === "folder" && !entry.name.startsWith(".") && entry.name !== "node_modules") {
      const isRetired = entry.name === deprecatedFolder && !wanted.includeDeprecated;
      await walkFolder(path, wanted, walk, depth + 1, isDeprecated || isRetired);
    } else if (kind === "file" && ruleExtensions.has(extname(path)) && wanted.accepts(path)) {
      const absolute = isLink ? await realpath(path) : resolve(path);
      if (isDeprecated) walk.deprecated.add(absolute);
      else if (!walk.files.has(absolute)) {
        const { includeDeprecated } = wanted;
        walk.files.set(absolute, { path, isNamed: false, includeDeprecated });
      }
    }
  }
}

async function readFolder(folder: string, walk: Walk) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    walk.unreadable.push({ path: folder, message: messageOf(error) });
    return [];
  }
}

/** `other` is what can be read when it is named, but is not looked for: a pipe, a device. */
type Kind = "file" | "folder" | "other";

async function kindOfLink(path: string, walk: Walk): Promise<Kind | undefined> {
  const kind = await kindOf(path);
  if (kind !== "folder") return kind;
  const target = await realpath(path);
  if (walk.links.has(target)) return undefined;
  walk.links.add(target);
  return kind;
}

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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
