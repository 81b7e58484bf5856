import type { Diagnostic, DiagnosticCode, TextEdit } from "@harrier/lang/text";
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

/**
 * Puts another text in the place of one that stands there as it is, in quotes. `undefined` where the file spells it in
 * another way: with escapes, without quotes, or not on a line of its own.
 */
export function replaceText(
  rule: Rule,
  path: ValuePath,
  before: string,
  after: string,
): TextEdit | undefined {
  const span = rule.spanOf(path);
  const written = span.source.text.slice(span.start, span.end);
  const quote = written[0];
  const isPlain = (quote === '"' || quote === "'") && written === quote + before + quote;
  return isPlain && !/["'\\\n]/.test(after) ? { span, text: quote + after + quote } : undefined;
}
