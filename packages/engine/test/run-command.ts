import { PassThrough, Readable } from "node:stream";
import { runCli } from "../src/cli/run-cli.ts";

export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A command as a shell runs it, in this process: no terminal, 120 columns, a clock that stands still. */
export async function runCommand(...args: readonly string[]): Promise<CommandResult> {
  const capture = () => {
    const stream = new PassThrough();
    const chunks: string[] = [];
    stream.on("data", (chunk) => chunks.push(String(chunk)));
    return { screen: { stream, isTerminal: false, width: 120 }, text: () => chunks.join("") };
  };
  const [stdout, stderr] = [capture(), capture()];
  const code = await runCli(args, {
    stdout: stdout.screen,
    stderr: stderr.screen,
    stdin: Readable.from([]),
    env: {},
    signal: new AbortController().signal,
    clock: () => Date.UTC(2026, 2, 17),
  });
  return { code, out: stdout.text(), err: stderr.text() };
}
