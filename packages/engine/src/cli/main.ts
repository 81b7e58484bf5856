import { writeSync } from "node:fs";
import { describeError } from "../describe-error.ts";
import { exitCodes, isBrokenPipe } from "./exit.ts";
import { runCli } from "./run-cli.ts";
import { describeStream, readerGone } from "./terminal.ts";

const controller = new AbortController();

// The first Ctrl-C lets the command flush what it has and say so; the second ends at once.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort(signal);
  });
}

process.stdout.on("error", (error) => {
  if (!isBrokenPipe(error) && !controller.signal.aborted) {
    // The stream itself is of no use any more, and stderr may be the same file.
    writeSync(process.stderr.fd, `error: cannot write to stdout: ${describeError(error)}\n`);
    process.exitCode = exitCodes.incomplete;
  }
  controller.abort(readerGone);
});
process.stderr.on("error", () => {});

const code = await runCli(process.argv.slice(2), {
  stdout: describeStream(process.stdout, process.env),
  stderr: describeStream(process.stderr, process.env),
  stdin: process.stdin,
  env: process.env,
  signal: controller.signal,
  clock: Date.now,
});
process.exitCode ??= code;
// An input that is still open (a terminal, a pipe that nobody closes) must not keep us.
process.stdin.destroy();
