import type { Diagnostic, DiagnosticCode } from "@harrier/lang/text";
import type { FileObject, ValuePath } from "../rules/index.ts";

/** Says what is wrong with a part of an object, where it stands. */
export type ReportAt = (
  path: ValuePath,
  code: DiagnosticCode,
  message: string,
  more?: { readonly severity?: Diagnostic["severity"]; readonly hint?: string },
) => void;

/** Errors, unless a call says otherwise. */
export function reportOn(
  { spanOf }: Pick<FileObject, "spanOf">,
  report: (diagnostic: Diagnostic) => void,
): ReportAt {
  return (path, code, message, { severity = "error", hint } = {}) => {
    const span = spanOf(path);
    report({ severity, code, message, span, ...(hint === undefined ? {} : { hint }) });
  };
}

const longestShown = 60;

/** A text in backquotes, cut where it is long. */
export function quote(text: string): string {
  return `\`${text.length > longestShown ? `${text.slice(0, longestShown)}…` : text}\``;
}

/** A value of the wrong kind, in words. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (value === null) return "null";
  if (value === "") return "an empty text";
  if (typeof value === "string") return quote(value);
  return typeof value === "object" ? "an object" : String(value);
}
