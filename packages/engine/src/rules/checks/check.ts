import type { Diagnostic, DiagnosticCode } from "@harrier/lang/text";
import type { ValuePath } from "../parsed-file.ts";
import type { Rule } from "../rule.ts";

/** Looks for one kind of mistake in a rule that can be read. */
export type RuleCheck = (rule: Rule) => readonly Diagnostic[];

/** A finding about the parameter at a path; `undefined` for none. */
export function finding(
  rule: Rule,
  path: ValuePath,
  severity: Diagnostic["severity"],
  code: DiagnosticCode,
  message: string,
  hint?: string,
): Diagnostic {
  return { severity, code, message, span: rule.spanOf(path), ...(hint !== undefined && { hint }) };
}
