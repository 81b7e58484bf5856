import type { Diagnostic, DiagnosticCode, Source, Span } from "@harrier/lang/text";
import type { RuleFailure } from "./rule-set.ts";

/** A failure of a path at which there is no text to point into. */
export function failPath(path: string, message: string): RuleFailure {
  return failAt("rule/unreadable", message, headSpan({ name: path, text: "" }));
}

/** A failure with one error, in the file that the span is in. */
export function failAt(
  code: DiagnosticCode,
  message: string,
  span: Span,
  labels?: Diagnostic["labels"],
): RuleFailure {
  const diagnostic = { severity: "error", code, message, span } as const;
  return {
    file: span.source.name,
    diagnostics: [labels === undefined ? diagnostic : { ...diagnostic, labels }],
  };
}

/** The start of a file, for what is nowhere in it. */
export function headSpan(source: Source): Span {
  return { source, start: 0, end: 0 };
}
