import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { promisify } from "node:util";
import { describeError } from "../describe-error.ts";
import { UsageError } from "./exit.ts";

/** Files of the working tree that differ from a revision. */
export interface ChangedFiles {
  /** Whether one of the files, or one in a folder `x.test` beside or around them, has changed. */
  readonly touches: (...paths: readonly string[]) => boolean;
}

/** Asks git. Throws a `UsageError` where there is no repository or no such revision. */
export async function changedFiles(revision: string): Promise<ChangedFiles> {
  if (revision.startsWith("-")) throw new UsageError(`${revision} is no revision`);
  const root = (await git("rev-parse", "--show-toplevel")).trim();
  const listed = await Promise.all([
    git("diff", "--name-only", "-z", "--no-renames", revision, "--"),
    git("ls-files", "--others", "--exclude-standard", "--full-name", "-z", root),
  ]);
  const files = listed
    .flatMap((text) => text.split("\0"))
    .filter((path) => path !== "")
    .map((path) => join(root, path));
  const changed = new Set(files);
  const folders = files.map((path) => dirname(path)).filter((folder) => folder.endsWith(".test"));
  return {
    touches: (...paths) =>
      paths.map(realPath).some((path) => {
        const own = path.endsWith(".test.toml") ? dirname(path) : undefined;
        return (
          changed.has(path) ||
          folders.some((folder) => folder === own || folder.startsWith(path + sep))
        );
      }),
  };
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

async function git(...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("git", args, { maxBuffer: 1 << 26 });
    return stdout;
  } catch (error) {
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    throw new UsageError(
      `git does not tell what has changed: ${said.split("\n", 1)[0] || describeError(error)}`,
    );
  }
}
