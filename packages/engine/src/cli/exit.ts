/** How a command ended, as the shell sees it. */
export const exitCodes = {
  done: 0,
  /** Findings, where the user asked for this: errors of `check`, `hunt --fail-on`. */
  findings: 1,
  usage: 2,
  /** Something was left out and `--strict` was given, or nothing could be read at all. */
  incomplete: 3,
  /** A fault of ours. */
  internal: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** The command was called in a way that has no meaning. Exit code 2. */
export class UsageError extends Error {
  /** What to do about it. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = "UsageError";
    this.hint = hint;
  }
}

/** The world did not let us: a file to write, a folder to read. Exit code 3. */
export class OutputError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OutputError";
  }
}

/** Whether the world failed, not we: a file we could not write, a disk that is full, a thread that died. */
export function isWorldError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  // By its name: whoever only asks for help should not load the hunt.
  return error instanceof OutputError || error.name === "WorkerError" || "syscall" in error;
}

/** Whether an error says that the reader of our output went away: the end of `| head`. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}
