/** Texts and what we say about them: sources, spans, findings, frames. */
export { type DiagnosticCode, diagnosticCodes } from "./codes.ts";
export {
  type Diagnostic,
  DiagnosticError,
  formatDiagnosticLine,
  hasErrors,
  type Label,
  type Report,
  type Severity,
  type TextEdit,
} from "./diagnostic.ts";
export { type FrameStyle, renderDiagnostic } from "./frame.ts";
export {
  coverSpans,
  outermostSpan,
  type Position,
  positionAt,
  type Source,
  type Span,
  spanOf,
} from "./span.ts";
export { decodeUtf8 } from "./utf8.ts";
