import { type Diagnostic, formatDiagnosticLine } from "@harrier/lang/text";
import { describeError } from "../describe-error.ts";
import type { InputFinding } from "../ingest/index.ts";
import type { RuleFailure } from "../rules/index.ts";
import { isWorldError, OutputError, UsageError } from "./exit.ts";
import { visibleLines, visibleText } from "./output/terminal-text.ts";
import type { TextStream } from "./terminal.ts";

/** A message with its hint, as commander words its own: `error: …`. */
export function writeError(stderr: TextStream, message: string, hint?: string): void {
  stderr.stream.write(`error: ${visibleText(message)}\n`);
  if (hint !== undefined) stderr.stream.write(`hint: ${visibleText(hint)}\n`);
}

/** Whatever a command threw, in words. A fault of ours says so; the stack only where asked for. */
export function writeFailure(stderr: TextStream, error: unknown, showStack: boolean): void {
  if (error instanceof UsageError) {
    writeError(stderr, error.message, error.hint);
    return;
  }
  if (isWorldError(error)) {
    writeError(stderr, worldMessage(error));
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  writeError(
    stderr,
    `internal error: ${message}`,
    "this is a bug in Harrier; -v shows where, please report it",
  );
  if (showStack && error instanceof Error && error.stack !== undefined) {
    stderr.stream.write(`${visibleLines(error.stack)}\n`);
  }
}

/** Ours say what failed; the system's name a path at most. */
function worldMessage(error: Error): string {
  if (error instanceof OutputError) return error.message;
  const place = "path" in error && typeof error.path === "string" ? `${error.path}: ` : "";
  return place + describeError(error);
}

/** Rules that could not be read, a line each. */
export function writeFailures(stderr: TextStream, failures: readonly RuleFailure[]): void {
  writeDiagnostics(
    stderr,
    failures.flatMap(({ diagnostics }) => diagnostics),
  );
}

/** Findings, a line each. */
export function writeDiagnostics(stderr: TextStream, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) {
    stderr.stream.write(`${visibleText(formatDiagnosticLine(diagnostic))}\n`);
  }
}

/** What is wrong with inputs, a line each. */
export function writeInputFindings(stderr: TextStream, findings: readonly InputFinding[]): void {
  for (const finding of findings) stderr.stream.write(`${visibleText(findingText(finding))}\n`);
}

/** `place: message (hint)`. Not yet made visible. */
export function findingText({ input, position, message, hint }: InputFinding): string {
  const place = position === undefined ? input : `${input}:${position}`;
  return `${place}: ${message}${hint === undefined ? "" : ` (${hint})`}`;
}
