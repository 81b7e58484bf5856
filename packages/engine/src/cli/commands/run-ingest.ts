import { type IngestSummary, surveyEvents, writeEvents } from "../../app.ts";
import { type ExitCode, exitCodes, UsageError } from "../exit.ts";
import { writeInputFindings } from "../messages.ts";
import { openList } from "../open-list.ts";
import { openOutput } from "../open-output.ts";
import { verbosityOf } from "../options.ts";
import { inputShape } from "../output/input-shape.ts";
import { jsonText } from "../output/json-text.ts";
import { startProgress } from "../output/progress.ts";
import { countOf, formatBytes } from "../output/units.ts";
import { readingRequest } from "../reading-request.ts";
import { type CliContext, isReaderGone } from "../terminal.ts";
import { timeRange } from "../time-range.ts";
import type { IngestCommandOptions } from "./ingest.ts";

export async function runIngestCommand(
  paths: readonly string[],
  options: IngestCommandOptions,
  context: CliContext,
): Promise<ExitCode> {
  const reading = await readingRequest(options, context);
  const { now } = timeRange(options, context.clock());
  const request = { paths, stdin: context.stdin, signal: context.signal, now, ...reading };
  const summary =
    options.dryRun === true
      ? await dryRun(paths, options, context, request)
      : await writeAll(paths, options, context, request);
  if (isReaderGone(context)) return exitCodes.done;
  tell(summary, options, context);
  return exitCodeOf(summary, options);
}

type Request = Parameters<typeof surveyEvents>[0];

async function dryRun(
  paths: readonly string[],
  options: IngestCommandOptions,
  context: CliContext,
  request: Request,
): Promise<IngestSummary> {
  const list = openList(inputShape, options, paths, context);
  const summary = await surveyEvents(request, list.write);
  await list.end();
  // The table has them all, each with its input.
  return { ...summary, findings: [] };
}

async function writeAll(
  paths: readonly string[],
  options: IngestCommandOptions,
  context: CliContext,
  request: Request,
): Promise<IngestSummary> {
  if (options.format !== undefined && options.format !== "ndjson") {
    throw new UsageError(
      `events are written as ndjson, not as ${options.format}`,
      "other formats are for --dry-run",
    );
  }
  const sink = openOutput(options, paths, context);
  // On a terminal the line would stand among the events.
  const isApart = options.output !== undefined || !context.stdout.isTerminal;
  const progress = startProgress(context, isApart ? verbosityOf(options) : -1);
  const summary = await writeEvents({ ...request, onProgress: progress.update }, ({ document }) =>
    sink.write(`${jsonText(document)}\n`),
  );
  await sink.end();
  progress.clear();
  return summary;
}

function tell(summary: IngestSummary, options: IngestCommandOptions, { stderr }: CliContext): void {
  const { files, failed, events, bytes, findings, findingsTotal, interrupted } = summary;
  writeInputFindings(stderr, findings);
  if (verbosityOf(options) < 0) return;
  const hidden = findingsTotal - findings.length;
  if (options.dryRun !== true && hidden > 0)
    stderr.stream.write(`and ${countOf(hidden, "more finding")}\n`);
  if (interrupted)
    stderr.stream.write("Interrupted: this is what was read until then, not the whole.\n");
  const unread = failed > 0 ? `, ${failed} unreadable` : "";
  stderr.stream.write(
    `${countOf(files, "file")}${unread}: ${countOf(events, "event")}, ${formatBytes(bytes)}\n`,
  );
}

function exitCodeOf(
  { files, failed, findingsTotal, harmless, interrupted }: IngestSummary,
  { strict }: IngestCommandOptions,
): ExitCode {
  if (interrupted) return exitCodes.interrupted;
  const isIncomplete = strict === true && findingsTotal > harmless;
  return (files === 0 && failed > 0) || isIncomplete ? exitCodes.incomplete : exitCodes.done;
}
