import { openOutput } from "./open-output.ts";
import type { CommonOptions, OutputOptions } from "./options.ts";
import { chooseFormat, type RecordShape, type RecordWriter } from "./output/format.ts";
import { type CliContext, colorsFor } from "./terminal.ts";

/**
 * A list on stdout or in the file of `-o`, in the form that was asked for; its end is that of what it is written to. Call it
 * before long work: an output that can't be written is told at once.
 */
export function openList<T>(
  shape: RecordShape<T>,
  options: CommonOptions & OutputOptions,
  inputs: readonly string[],
  context: CliContext,
): RecordWriter<T> {
  const { stdout, env } = context;
  const format = chooseFormat(options.format, options.output, stdout);
  const sink = openOutput(options, inputs, context);
  const writer = format.open(shape, sink, {
    width: stdout.width,
    colors: colorsFor(stdout, options.output === undefined ? options.color : "never", env),
  });
  return {
    write: writer.write,
    end: async () => {
      await writer.end();
      await sink.end();
    },
  };
}
