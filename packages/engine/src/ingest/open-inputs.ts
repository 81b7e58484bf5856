import type { Stats } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { describeError } from "../describe-error.ts";
import type { Chunks } from "./bytes/chunks.ts";
import type { InputFinding } from "./event.ts";
import { expandGlob, isGlob } from "./glob.ts";
import { type Input, inputFromFile } from "./input.ts";

export interface OpenOptions {
  /** What `-` stands for. */
  readonly stdin?: Chunks;
  /** Takes what could not be opened. The rest goes on. */
  readonly onFinding?: (finding: InputFinding) => void;
}

/**
 * Finds what to read: files, folders with all below them, patterns (for shells that leave them
 * alone), `-` for the standard input. In the order given; inside a folder or a pattern in the order
 * of the code points of the paths. In folders hidden names are skipped and links are followed, each
 * real folder once. A file that is named twice is read once.
 */
export async function openInputs(
  paths: readonly string[],
  options: OpenOptions = {},
): Promise<Input[]> {
  const search = new Search(options);
  for (const path of paths) await search.add(path);
  return search.inputs;
}

class Search {
  readonly inputs: Input[] = [];
  readonly #options: OpenOptions;
  readonly #seen = new Set<string>();

  constructor(options: OpenOptions) {
    this.#options = options;
  }

  async add(path: string): Promise<void> {
    if (path === "-") this.#addStdin();
    else if (isGlob(path) && (await stat(path).catch(() => undefined)) === undefined) {
      const found = [...(await expandGlob(path))].sort(byCodePoints);
      if (found.length === 0) this.#fail(path, "no file has a name like this");
      for (const match of found) await this.#addPath(match);
    } else await this.#addPath(path);
  }

  #addStdin(): void {
    const { stdin } = this.#options;
    if (stdin === undefined) this.#fail("-", "there is no standard input");
    else this.inputs.push({ name: "-", sizeBytes: undefined, open: () => stdin });
  }

  async #addPath(path: string): Promise<void> {
    try {
      const stats = await stat(path);
      if (!stats.isDirectory()) await this.#addFile(path, stats);
      else {
        const files: [string, Stats][] = [];
        await this.#collect(path, files);
        files.sort(([a], [b]) => byCodePoints(a, b));
        for (const [file, itsStats] of files) await this.#addFile(file, itsStats);
      }
    } catch (error) {
      this.#fail(path, describeError(error));
    }
  }

  async #addFile(path: string, stats: Stats): Promise<void> {
    const real = await realpath(path);
    if (this.#seen.has(real)) return;
    this.#seen.add(real);
    this.inputs.push(inputFromFile(path, path, stats.isFile() ? stats.size : undefined));
  }

  async #collect(
    folder: string,
    files: [string, Stats][],
    entered: Set<string> = new Set(),
  ): Promise<void> {
    const real = await realpath(folder);
    if (entered.has(real)) return;
    entered.add(real);
    // In this order the folder that a link and a real name lead to is always entered by the same one.
    for (const name of (await readdir(folder)).sort(byCodePoints)) {
      if (name.startsWith(".")) continue;
      const path = join(folder, name);
      try {
        const stats = await stat(path);
        if (stats.isDirectory()) await this.#collect(path, files, entered);
        else if (stats.isFile()) files.push([path, stats]);
      } catch (error) {
        this.#fail(path, describeError(error));
      }
    }
  }

  #fail(input: string, message: string): void {
    this.#options.onFinding?.({ input, code: "unreadable", message });
  }
}

/** The bytes of UTF-8 are in the order of the code points. */
function byCodePoints(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
