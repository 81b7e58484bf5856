import type { EpochNanos } from "@harrier/lang/values";
import {
  type IngestedEvent,
  type Input,
  type InputFinding,
  type InputReport,
  isFailure,
  isHarmless,
  openInputs,
  readEvents,
  readingChoices,
  reportUnopened,
  type SurveyOptions,
  surveyInputs,
} from "../ingest/index.ts";
import type { EventRequest } from "./event-request.ts";

export interface IngestRequest extends EventRequest {
  /** Times after it, and a day, are odd. */
  readonly now: EpochNanos;
  readonly onProgress?: (progress: { readonly bytes: number; readonly events: number }) => void;
}

/** What reading gave. */
export interface IngestSummary {
  /** Files and members of archives in a format that we know. */
  readonly files: number;
  /** Files and members of which nothing could be used. */
  readonly failed: number;
  readonly events: number;
  /** Unpacked. */
  readonly bytes: number;
  /** The first ones; `findingsTotal` counts all, and `harmless` those of inputs that were read whole. */
  readonly findings: readonly InputFinding[];
  readonly findingsTotal: number;
  readonly harmless: number;
  readonly interrupted: boolean;
}

/** Reads events and tells of each file what came of it, as soon as it has been read. */
export async function surveyEvents(
  request: IngestRequest,
  onReport: (report: InputReport) => void | Promise<void>,
): Promise<IngestSummary> {
  return readCounted(request, async (inputs, unopened, options) => {
    for (const report of reportUnopened(unopened)) await onReport(report);
    for await (const report of surveyInputs(inputs, options)) await onReport(report);
  });
}

/** Reads events and hands them over one by one. */
export async function writeEvents(
  request: IngestRequest,
  onEvent: (event: IngestedEvent) => void | Promise<void>,
): Promise<IngestSummary> {
  return readCounted(request, async (inputs, _unopened, options) => {
    for await (const batch of readEvents(inputs, options)) {
      await options.onEvents(batch);
      for (const event of batch) await onEvent(event);
    }
  });
}

type CountedOptions = SurveyOptions & Required<Pick<SurveyOptions, "onEvents">>;

/** Opens the inputs and counts what `read` reads of them, until the signal ends it. */
async function readCounted(
  request: IngestRequest,
  read: (
    inputs: readonly Input[],
    unopened: readonly InputFinding[],
    options: CountedOptions,
  ) => Promise<void>,
): Promise<IngestSummary> {
  const { paths, stdin, signal, now } = request;
  const unopened: InputFinding[] = [];
  const failedInputs = new Set<string>();
  const findings: InputFinding[] = [];
  const counts = { files: 0, events: 0, bytes: 0, findingsTotal: 0, harmless: 0 };
  const onFinding = (finding: InputFinding) => {
    counts.findingsTotal += 1;
    if (isHarmless(finding)) counts.harmless += 1;
    if (isFailure(finding)) failedInputs.add(finding.input);
    if (findings.length < mostFindings) findings.push(finding);
  };
  const inputs = await openInputs(paths, {
    stdin,
    onFinding: (finding) => {
      onFinding(finding);
      unopened.push(finding);
    },
  });
  let interrupted = false;
  try {
    await read(inputs, unopened, {
      ...readingChoices(request),
      now,
      signal,
      onFinding,
      onFile: ({ format }) => {
        if (format !== undefined) counts.files += 1;
      },
      onProgress: ({ bytes }) => {
        counts.bytes = bytes;
      },
      onEvents: (batch) => {
        counts.events += batch.length;
        request.onProgress?.(counts);
      },
    });
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    interrupted = true;
  }
  return { ...counts, failed: failedInputs.size, findings, interrupted };
}

/** Findings that are shown. */
const mostFindings = 20;
