import type { DiagnosticCode } from "./codes.ts";
import { outermostSpan, positionAt, type Span } from "./span.ts";

export type Severity = "error" | "warning" | "note";

/** Another place that explains a finding. */
export interface Label {
  readonly span: Span;
  readonly message: string;
}

/** What a text should be instead, in its file as it is written there, quotes included. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** One finding about a text. */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable for ever; the wording is not. */
  readonly code: DiagnosticCode;
  /** What is wrong, in the user's words. */
  readonly message: string;
  readonly span: Span;
  readonly labels?: readonly Label[];
  /** What to do about it. */
  readonly hint?: string;
  /** Edits that mend it and change no meaning. Absent where only a person can tell. */
  readonly fix?: readonly TextEdit[];
}

/** Takes findings as they are made; whoever calls decides what to do with them. */
export type Report = (diagnostic: Diagnostic) => void;

/** Thrown where a text could not be read at all. Holds every finding, at least one of them an error. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map(formatDiagnosticLine).join("\n"));
    this.name = "DiagnosticError";
    this.diagnostics = diagnostics;
  }
}

/** `file:line:column: severity[code]: message`, the position in the outermost text. */
export function formatDiagnosticLine(diagnostic: Diagnostic): string {
  const { source, start } = outermostSpan(diagnostic.span);
  const { line, column } = positionAt(source.text, start);
  return `${source.name}:${line}:${column}: ${diagnostic.severity}[${diagnostic.code}]: ${diagnostic.message}`;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
