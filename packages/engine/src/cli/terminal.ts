import { createColors } from "picocolors";
import type { ColorWhen } from "./options.ts";

export type Colors = ReturnType<typeof createColors>;

/** One of the two streams that a command writes to, and what may be done on it. */
export interface TextStream {
  readonly stream: NodeJS.WritableStream;
  readonly isTerminal: boolean;
  /** Columns for tables and wrapped texts. Without a terminal `COLUMNS` decides, else 120. */
  readonly width: number;
}

/** All that a command knows of the world around it. */
export interface CliContext {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the work at the next batch: Ctrl-C, or the reader of stdout has gone. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** `--color` decides, then `NO_COLOR`, `FORCE_COLOR`, then whether there is a terminal that knows colours. */
export function colorsFor(stream: TextStream, when: ColorWhen, env: CliContext["env"]): Colors {
  return createColors(usesColor(stream, when, env));
}

function usesColor(stream: TextStream, when: ColorWhen, env: CliContext["env"]): boolean {
  if (when !== "auto") return when === "always";
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== "0";
  return stream.isTerminal && env.TERM !== "dumb";
}

/** The reason of an abort where whoever read stdout went away: there is nobody to tell anything. */
export const readerGone = "reader gone";

export function isReaderGone({ signal }: CliContext): boolean {
  return signal.aborted && signal.reason === readerGone;
}

/** A process stream with what is known of it. */
export function describeStream(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number },
  env: CliContext["env"],
): TextStream {
  const isTerminal = stream.isTTY === true;
  const asked = Number.parseInt(env.COLUMNS ?? "", 10);
  const width = isTerminal ? (stream.columns ?? 80) : asked > 0 ? asked : 120;
  return { stream, isTerminal, width: Math.max(20, width) };
}
