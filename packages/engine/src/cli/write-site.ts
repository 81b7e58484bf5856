import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, readFile, rmdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { OutputError, UsageError } from "./exit.ts";
import type { SitePage } from "./output/rule-site/site.ts";

/** Lists the pages of a site, so that the next run knows which files are its own. */
const manifestName = ".harrier-site";
const manifestHead = "Pages of a rule site, written by harrier. Do not edit.";

export interface SiteOptions {
  readonly folder: string;
  /** Writes into a folder that holds other things. */
  readonly force: boolean;
  readonly signal: AbortSignal;
}

/** What became of the pages. `false`: the signal ended it. */
export interface WrittenSite {
  readonly isWhole: boolean;
  readonly written: number;
  /** Pages of the site before that are no more. */
  readonly removed: number;
}

/** Writes all pages and removes those of the site that was there before. Files that are not its own stay as they are. */
export async function writeSite(
  pages: readonly SitePage[],
  { folder, force, signal }: SiteOptions,
): Promise<WrittenSite> {
  const before = await openFolder(folder, force);
  const paths = pages.map(({ path }) => path);
  const now = new Set(paths);
  const old = before.filter((path) => !now.has(path));
  // First the list, so that whatever an interrupted run leaves is known as ours.
  await writeText(join(folder, manifestName), manifestOf([...paths, ...old]));
  for (const name of new Set(paths.flatMap(folderOf))) await makeFolder(join(folder, name));
  let written = 0;
  for (const { path, text } of pages) {
    if (signal.aborted) return { isWhole: false, written, removed: 0 };
    await writeText(join(folder, path), text());
    written += 1;
  }
  for (const path of old) await removePage(folder, path);
  await writeText(join(folder, manifestName), manifestOf(paths));
  return { isWhole: true, written, removed: old.length };
}

/** Makes the folder, and tells the pages that are there already. Throws where the folder is somebody else's. */
async function openFolder(folder: string, force: boolean): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder);
  if (entries.includes(manifestName)) return readManifest(join(folder, manifestName));
  if (entries.length > 0 && !force) {
    throw new UsageError(
      `${folder} holds other things`,
      "name a new folder; --force writes among what is there and removes nothing",
    );
  }
  return [];
}

/** Only names as we give them: a list that somebody has changed leads nowhere else. */
async function readManifest(file: string): Promise<readonly string[]> {
  const lines = (await readFile(file, "utf8")).split("\n");
  return lines.filter((line) => /^(?:[a-z0-9-]{1,40}\/)?[a-z0-9-]{1,200}\.html$/.test(line));
}

function manifestOf(paths: readonly string[]): string {
  return `${[manifestHead, ...[...paths].sort()].join("\n")}\n`;
}

function folderOf(path: string): readonly string[] {
  const slash = path.indexOf("/");
  return slash === -1 ? [] : [path.slice(0, slash)];
}

/** A link would lead out of the site. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (!(await lstat(folder)).isDirectory()) {
    throw new OutputError(`${folder} is a link, pages are not written through links`);
  }
}

/** Not through links, either. Windows has no such flag, and hardly such links. */
async function writeText(file: string, text: string): Promise<void> {
  const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW = 0 } = constants;
  const handle = await open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o666);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}

async function removePage(folder: string, path: string): Promise<void> {
  const [parent] = folderOf(path);
  if (parent !== undefined && !(await isFolder(join(folder, parent)))) return;
  await unlink(join(folder, path)).catch(ignoreAbsence);
  // Fails while there is something in it.
  if (parent !== undefined) await rmdir(join(folder, parent)).catch(() => {});
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(ignoreAbsence);
  return stats?.isDirectory() === true;
}

function ignoreAbsence(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
