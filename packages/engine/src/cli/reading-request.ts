import { type Diagnostic, hasErrors, renderDiagnostic } from "@harrier/lang/text";
import { formatNames, isTimezone, type ReadingChoices } from "../ingest/index.ts";
import { readMappings } from "../mappings/index.ts";
import { UsageError } from "./exit.ts";
import { type CommonOptions, type ReadingOptions, verbosityOf } from "./options.ts";
import { frameStyle } from "./output/frame-style.ts";
import { type CliContext, colorsFor } from "./terminal.ts";

/**
 * The options about reading as the app takes them. Throws where one means nothing, or a mapping cannot be
 * used; what is wrong with mappings is told first.
 */
export async function readingRequest(
  options: ReadingOptions & CommonOptions,
  context: CliContext,
): Promise<ReadingChoices> {
  const { timezone, inputFormat, map, recover } = options;
  if (timezone !== undefined && !isTimezone(timezone)) {
    throw new UsageError(
      `--timezone ${timezone} is no time zone`,
      "write an offset like +02:00 or -0530, or a name like Europe/Berlin",
    );
  }
  if (inputFormat !== undefined && !formatNames.includes(inputFormat)) {
    throw new UsageError(
      `there is no input format ${inputFormat}`,
      `known are ${formatNames.join(", ")}`,
    );
  }
  const { maps, diagnostics } = await readMappings(map);
  tellDiagnostics(diagnostics, options, context);
  if (hasErrors(diagnostics)) throw new UsageError("the mapping cannot be used");
  const password = options.password ?? context.env.HARRIER_PASSWORD;
  return {
    ...(timezone !== undefined && { timezone }),
    ...(inputFormat !== undefined && { format: inputFormat }),
    ...(maps.length > 0 && { maps }),
    ...(password !== undefined && password !== "" && { password }),
    ...(recover !== undefined && { recover }),
  };
}

function tellDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: CommonOptions,
  { stderr, env }: CliContext,
): void {
  const style = frameStyle(colorsFor(stderr, options.color, env), stderr);
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== "error" && verbosityOf(options) < 0) continue;
    stderr.stream.write(`${renderDiagnostic(diagnostic, style)}\n\n`);
  }
}
