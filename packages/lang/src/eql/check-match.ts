import type { Report } from "../text/index.ts";
import { checkRegex, compileRegex, RegexSyntaxError } from "../values/index.ts";
import type { LiteralNode, MatchNode } from "./ast.ts";
import { type Checking, reportError } from "./checking.ts";
import { meaningOfMatch, patternTexts } from "./patterns.ts";
import { spanInside } from "./string-lexer.ts";
import { type ExpressionType, fitsAll, nameType } from "./types.ts";

/** `of : "…"`; `type` is that of `of`, already checked. */
export function checkMatch(node: MatchNode, type: ExpressionType, checking: Checking): void {
  if (type !== "string" && !fitsAll(type)) {
    const message = `this is ${nameType(type)}, \`${node.op}\` takes text`;
    const hint =
      type === "ip" ? 'use `cidrMatch(source.ip, "10.0.0.0/8")`' : "use `==`, or `string(…)`";
    reportError(checking, "eql/type", node.of.span, message, { hint });
    return;
  }
  const strange = node.patterns.filter(({ value }) => typeof value !== "string");
  for (const { span } of strange) {
    reportError(checking, "eql/type", span, `the right side of \`${node.op}\` is text`);
  }
  if (strange.length === 0 && meaningOfMatch(node.op).isRegex) checkPatterns(node, checking);
}

/** Each pattern alone, so that a finding has its place; then all together, for they become one automaton. */
function checkPatterns(node: MatchNode, { report, folding }: Checking): void {
  const texts = patternTexts(node);
  const found = node.patterns.filter((pattern, index) =>
    reportPattern(pattern, texts[index] ?? "", report),
  );
  if (found.length > 0) return;
  try {
    compileRegex(texts, meaningOfMatch(node.op).fold, folding);
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    const hint = "write several conditions with fewer patterns each";
    report({
      severity: "error",
      code: "eql/regex",
      message: error.message,
      span: node.span,
      hint,
    });
  }
}

/** The finding is about the string; a label points at the place inside. Says whether there was one. */
function reportPattern({ span }: LiteralNode, pattern: string, report: Report): boolean {
  const error = checkRegex(pattern);
  if (error === undefined) return false;
  report({
    severity: "error",
    code: "eql/regex",
    message: error.message,
    span,
    labels: [{ span: spanInside(span, error.offset), message: "here" }],
    ...(error.hint !== undefined && { hint: error.hint }),
  });
  return true;
}
