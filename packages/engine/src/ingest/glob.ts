import { lstat, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** Whether a path holds anything that only a pattern has. */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * The files and folders that a pattern names, in no order: `*` and `?` inside a name, `[a-z]` and
 * `[!a-z]`, `**` for any number of folders. As in shells, a hidden name must be asked for by its dot.
 */
export async function expandGlob(pattern: string): Promise<readonly string[]> {
  const isAbsolute = pattern.startsWith("/");
  const parts = pattern.split("/").filter((part) => part !== "");
  const found = new Set<string>();
  await expand(isAbsolute ? "/" : "", parts, found);
  return [...found];
}

async function expand(folder: string, parts: readonly string[], found: Set<string>): Promise<void> {
  const [part, ...rest] = parts;
  if (part === undefined) {
    if (folder !== "") found.add(folder);
    return;
  }
  if (part === "**") {
    await expand(folder, rest.length === 0 ? ["*"] : rest, found);
    for (const name of await namesIn(folder)) {
      // Links to folders are not followed here: they may lead in circles.
      if (!name.startsWith(".") && (await isFolder(join(folder, name)))) {
        await expand(join(folder, name), parts, found);
      }
    }
    return;
  }
  if (!isGlob(part)) {
    const path = join(folder, part);
    if (await exists(path)) await expand(path, rest, found);
    return;
  }
  for (const name of await namesIn(folder)) {
    const isHidden = name.startsWith(".") && !part.startsWith(".");
    if (isHidden || !matchesName(part, name)) continue;
    await expand(join(folder, name), rest, found);
  }
}

/** Whether a name matches one part of a pattern. Takes time in proportion to both lengths multiplied. */
export function matchesName(pattern: string, name: string): boolean {
  const characters = [...name];
  const steps = readSteps(pattern);
  let at = 0;
  let step = 0;
  let retryAt = 0;
  let retryStep = -1;
  while (at < characters.length) {
    const current = steps[step];
    if (current === "*") {
      retryStep = step;
      retryAt = at;
      step += 1;
    } else if (current?.(characters[at] ?? "") === true) {
      at += 1;
      step += 1;
    } else if (retryStep >= 0) {
      retryAt += 1;
      at = retryAt;
      step = retryStep + 1;
    } else return false;
  }
  return steps.slice(step).every((left) => left === "*");
}

type Step = "*" | ((character: string) => boolean);

function readSteps(pattern: string): readonly Step[] {
  const characters = [...pattern];
  const steps: Step[] = [];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at];
    const end = character === "[" ? characters.indexOf("]", at + 2) : -1;
    if (character === "*") steps.push("*");
    else if (character === "?") steps.push(() => true);
    else if (end > 0) {
      steps.push(readClass(characters.slice(at + 1, end)));
      at = end;
    } else steps.push((other) => other === character);
  }
  return steps;
}

function readClass(members: readonly string[]): Step {
  const isNegated = members[0] === "!" || members[0] === "^";
  const listed = isNegated ? members.slice(1) : members;
  const ranges: [string, string][] = [];
  for (let at = 0; at < listed.length; at += 1) {
    const first = listed[at] ?? "";
    const last = listed[at + 1] === "-" ? listed[at + 2] : undefined;
    ranges.push([first, last ?? first]);
    if (last !== undefined) at += 2;
  }
  return (character) =>
    ranges.some(([first, last]) => character >= first && character <= last) !== isNegated;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder === "" ? "." : folder).catch(() => []);
}

async function isFolder(path: string): Promise<boolean> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isDirectory() === true;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
