import type { Diagnostic, Report, Span } from "../text/index.ts";
import type { FieldPath } from "../values/index.ts";
import type { Scope } from "./fields.ts";

/** What the check functions share: where they are, and where they put what they find. */
export interface Checking extends Scope {
  readonly strictFields: boolean;
  readonly report: Report;
  /** Unknown fields that already have their finding: one a name is enough. */
  readonly unknown: Set<FieldPath>;
}

export function reportFinding(
  { report }: Checking,
  severity: Diagnostic["severity"],
  code: Diagnostic["code"],
  span: Span,
  message: string,
  hint?: string,
): void {
  report({ severity, code, message, span, ...(hint !== undefined && { hint }) });
}
