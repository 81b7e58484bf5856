import { existsSync, realpathSync } from "node:fs";
import { sep } from "node:path";
import { UsageError } from "./exit.ts";
import type { OutputOptions } from "./options.ts";
import { fileSink, type Sink, streamSink } from "./output/sink.ts";
import type { CliContext } from "./terminal.ts";

/** stdout, or the file of `-o`. Nothing is written over without `--force`, and never something that is read. */
export function openOutput(
  { output, force }: Pick<OutputOptions, "output" | "force">,
  inputs: readonly string[],
  { stdout }: CliContext,
): Sink {
  if (output === undefined) {
    if (force === true) throw new UsageError("--force has no effect without -o FILE");
    return streamSink(stdout);
  }
  checkNewFile(output, force === true, inputs);
  return fileSink(output, force === true);
}

/** Throws where writing the file would destroy something. */
export function checkNewFile(file: string, overwrite: boolean, inputs: readonly string[]): void {
  if (!existsSync(file)) return;
  if (!overwrite) throw new UsageError(`${file} exists`, "--force writes over it");
  const target = realpathSync(file);
  for (const input of inputs) {
    if (input === "-" || !existsSync(input)) continue;
    const source = realpathSync(input);
    if (target === source || target.startsWith(source + sep)) {
      throw new UsageError(`${file} is among the inputs`, "write to another folder");
    }
  }
}
