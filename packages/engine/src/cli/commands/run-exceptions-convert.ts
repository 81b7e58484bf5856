import { hasErrors, renderDiagnostic } from "@harrier/lang/text";
import { exportExceptions, readExceptionFiles, readExceptions } from "../../exceptions/index.ts";
import { type ExitCode, exitCodes } from "../exit.ts";
import { openOutput } from "../open-output.ts";
import { verbosityOf } from "../options.ts";
import { frameStyle } from "../output/frame-style.ts";
import { countOf } from "../output/units.ts";
import { checkRulePaths } from "../rule-paths.ts";
import { type CliContext, colorsFor } from "../terminal.ts";
import type { ExceptionsConvertOptions } from "./exceptions.ts";

export async function runExceptionsConvert(
  paths: readonly string[],
  options: ExceptionsConvertOptions,
  context: CliContext,
): Promise<ExitCode> {
  checkRulePaths(paths);
  const sink = openOutput(options, paths, context);
  const files = await readExceptionFiles(paths);
  const set = readExceptions(files);
  await sink.write(exportExceptions(set, options.to));
  await sink.end();

  const { stderr, env } = context;
  const findings = [
    ...files.failures.flatMap(({ diagnostics }) => diagnostics),
    ...files.diagnostics,
    ...set.diagnostics,
  ];
  const style = frameStyle(colorsFor(stderr, options.color, env), stderr);
  for (const finding of findings) stderr.stream.write(`${renderDiagnostic(finding, style)}\n\n`);
  if (verbosityOf(options) >= 0) {
    const left = set.refused === 0 ? "" : `, ${countOf(set.refused, "item")} left out`;
    stderr.stream.write(
      `${countOf(set.lists.length, "list")}, ${countOf(set.items.length, "item")}${left}\n`,
    );
  }
  return hasErrors(findings) ? exitCodes.findings : exitCodes.done;
}
