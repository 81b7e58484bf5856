import { type Diagnostic, outermostSpan, positionAt, type Span } from "@harrier/lang/text";

/** A finding for programs: positions as people count them, in the file that they can open. */
export function diagnosticJson(diagnostic: Diagnostic): Record<string, unknown> {
  const { severity, code, message, span, labels, hint } = diagnostic;
  return {
    severity,
    code,
    message,
    ...placeJson(span),
    ...(hint !== undefined && { hint }),
    ...(labels !== undefined &&
      labels.length > 0 && {
        labels: labels.map((label) => ({ message: label.message, ...placeJson(label.span) })),
      }),
  };
}

function placeJson(span: Span): Record<string, unknown> {
  const { source, start, end } = outermostSpan(span);
  const first = positionAt(source.text, start);
  const last = positionAt(source.text, end);
  return {
    file: source.name,
    line: first.line,
    column: first.column,
    end_line: last.line,
    end_column: last.column,
  };
}
