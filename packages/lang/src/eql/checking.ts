import type { Schema } from "../ecs/index.ts";
import type { Diagnostic, Report, Span } from "../text/index.ts";
import type { CaseFolding, EpochNanos, FieldPath } from "../values/index.ts";
import type { ExpressionNode, FieldNode } from "./ast.ts";
import { type ExpressionType, expressionTypeOfField, fieldTypeOf } from "./types.ts";

/** What the check functions share: what is known, and where they put what they find. */
export interface Checking {
  readonly schema: Schema;
  readonly strictFields: boolean;
  readonly folding: CaseFolding;
  readonly now: EpochNanos | undefined;
  readonly report: Report;
  readonly types: Map<ExpressionNode, ExpressionType>;
  /** Unknown fields that already have their finding: one a name is enough. */
  readonly unknown: Set<FieldPath>;
}

export function reportError(
  checking: Checking,
  code: Diagnostic["code"],
  span: Span,
  message: string,
  more: Pick<Diagnostic, "hint" | "labels"> = {},
): void {
  checking.report({ severity: "error", code, message, span, ...more });
}

/** The field's type; `unknown` after a finding, so that one mistake makes one. `within` is the call it is an argument of. */
export function checkField(node: FieldNode, checking: Checking, within?: Span): ExpressionType {
  const type = typeOfField(node, checking, within);
  checking.types.set(node, type);
  return type;
}

function typeOfField(
  { path, optional, span }: FieldNode,
  checking: Checking,
  within: Span | undefined,
): ExpressionType {
  const type = fieldTypeOf(path, checking.schema);
  if (type === "unknown" && !optional && checking.schema.typeOf(path) === undefined) {
    reportUnknownField(path, span, checking);
  }
  const usable = expressionTypeOfField(type);
  if (usable === undefined) {
    const message = `\`${path}\` ${unusable[type] ?? ""}`;
    const labels = within && [{ span, message: "this field" }];
    reportError(checking, "eql/unusable-field", within ?? span, message, labels && { labels });
  }
  return usable ?? "unknown";
}

const unusable: Readonly<Record<string, string>> = {
  object: "is an object: name one of its fields",
  nested: "is nested, or below a nested field: no condition can use it",
  text: "is text without an exact sub-field: no condition can use it",
  unsupported: "is of a type that no condition can use",
};

/** Once for a name. `advice` is for names that are like no other. */
export function reportUnknownField(
  path: FieldPath,
  span: Span,
  checking: Checking,
  advice = `if some events have it, say so with \`?${path}\``,
): void {
  if (checking.unknown.has(path)) return;
  checking.unknown.add(path);
  const [similar] = checking.schema.similarTo(path);
  checking.report({
    severity: checking.strictFields ? "error" : "warning",
    code: "eql/unknown-field",
    message: `there is no field \`${path}\``,
    span,
    hint: similar === undefined ? advice : `did you mean \`${similar}\`?`,
  });
}
