import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Runs a script of the benchmark in a process of its own, with one argument. Gives what it prints, as JSON. */
export function runChild<T>(script: string, request: unknown): T {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const args = [...process.execArgv, path, JSON.stringify(request)];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${script} ended with ${run.status}: ${run.stderr}`);
  // Both ends are ours.
  return JSON.parse(run.stdout) as T;
}
