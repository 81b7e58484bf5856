import type { CliContext } from "../terminal.ts";
import { columnsOf, cutText } from "./text-width.ts";
import { countOf, formatBytes } from "./units.ts";

/** How far reading, or a hunt, is. */
export interface ReadProgress {
  /** Unpacked. */
  readonly bytes: number;
  readonly events: number;
  /** Absent where no rules run. */
  readonly alerts?: number;
}

/** Says how far it is. Never writes to stdout. */
export interface ProgressLine<Progress = ReadProgress> {
  readonly update: (progress: Progress) => void;
  /** Takes the line away, so that other text can be written; the next update brings it back. */
  readonly clear: () => void;
}

const silent: ProgressLine<unknown> = { update: () => {}, clear: () => {} };
const redrawMs = 200;
const reportMs = 30_000;

/**
 * One line that is drawn again and again where stderr is a terminal and no CI runs us; else, with `-v`,
 * a line every 30 seconds; else nothing.
 */
export function startProgress(context: CliContext, verbosity: number): ProgressLine {
  return startProgressOf(context, verbosity, progressText);
}

/** The same for work of another kind. */
export function startProgressOf<Progress>(
  context: CliContext,
  verbosity: number,
  describe: (progress: Progress, elapsedMs: number) => string,
): ProgressLine<Progress> {
  const { stream, isTerminal, width } = context.stderr;
  const isLive = isTerminal && (context.env.CI ?? "") === "" && context.env.TERM !== "dumb";
  if (verbosity < 0 || (!isLive && verbosity < 1)) return silent;

  const started = context.clock();
  let last = started;
  let drawn = false;
  const clear = () => {
    if (drawn) stream.write("\r\x1b[K");
    drawn = false;
  };
  return {
    clear,
    update: (progress) => {
      const now = context.clock();
      if (now - last < (isLive ? redrawMs : reportMs)) return;
      last = now;
      const line = cutText(describe(progress, now - started), width - 1);
      stream.write(isLive ? `\r${line}\x1b[K` : `${line}\n`);
      drawn = isLive && columnsOf(line) > 0;
    },
  };
}

function progressText({ bytes, events, alerts }: ReadProgress, elapsedMs: number): string {
  const rate = elapsedMs > 0 ? (bytes * 1000) / elapsedMs : 0;
  const read = `${formatBytes(bytes)} read, ${countOf(events, "event")}`;
  const found = alerts === undefined ? "" : `, ${countOf(alerts, "alert")}`;
  return `${read}${found} (${formatBytes(rate)}/s)`;
}
