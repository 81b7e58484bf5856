import type { Misfit } from "../ir/index.ts";
import type { Span } from "../text/index.ts";
import type { Literal } from "../values/index.ts";
import type { ExpressionNode } from "./ast.ts";
import { type Checking, reportError } from "./checking.ts";

/** A field that already has its finding: nothing more is said about its constants. */
export function isUnusable(node: ExpressionNode, { types, schema }: Checking): boolean {
  return (
    node.kind === "field" && types.get(node) === "unknown" && schema.typeOf(node.path) !== undefined
  );
}

export function reportMisfit({ message, hint }: Misfit, span: Span, checking: Checking): void {
  reportError(checking, "eql/constant", span, message, hint === undefined ? {} : { hint });
}

/** `==` and `in` take `*` literally, which is seldom what was meant. */
export function warnOfWildcard(
  constant: Literal,
  span: Span,
  op: string,
  of: ExpressionNode,
  { types, report }: Checking,
): void {
  const type = types.get(of);
  if (!holdsStar(constant)) return;
  if (type !== "string" && type !== "unknown") return;
  report({
    severity: "warning",
    code: "eql/literal-wildcard",
    message: `\`${op}\` takes \`*\` literally`,
    span,
    hint: "use `:` or `like` to match a pattern",
  });
}

/** Windows itself writes shares as `\\*\ADMIN$`: that star is meant. */
export function holdsStar(constant: Literal): boolean {
  return typeof constant === "string" && constant.includes("*") && !constant.startsWith("\\\\*\\");
}
