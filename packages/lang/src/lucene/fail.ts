import { type Diagnostic, DiagnosticError, type Source, spanOf } from "../text/index.ts";

/** Stops reading at a stretch of the query. */
export function failAt(
  source: Source,
  start: number,
  end: number,
  code: Diagnostic["code"],
  message: string,
  hint?: string,
): never {
  const span = spanOf(source, start, end);
  const error: Diagnostic = { severity: "error", code, message, span };
  throw new DiagnosticError([hint === undefined ? error : { ...error, hint }]);
}
