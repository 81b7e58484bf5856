import type { ConditionNode, KqlQuery, ValueNode } from "../src/kql/index.ts";

/** The tree of a query as nested lists, for people who want to see how it was read. */
export function printKqlTree({ condition }: KqlQuery): string {
  return condition === null ? "()" : tree(condition);
}

function tree(node: ConditionNode | ValueNode): string {
  switch (node.kind) {
    case "and":
    case "or":
      return form(node.kind, ...node.operands.map(tree));
    case "not":
      return form("not", tree(node.of));
    case "match":
      return form(":", tree(node.field), tree(node.value));
    case "range":
      return form(node.op, tree(node.field), tree(node.bound));
    case "nested":
      return form("nested", tree(node.field), tree(node.of));
    case "term":
      return form("term", tree(node.value));
    case "literal":
      // Quoted text in double quotes, unquoted text in single ones.
      if (typeof node.value !== "string") return String(node.value);
      return node.isQuoted
        ? JSON.stringify(node.value)
        : `'${JSON.stringify(node.value).slice(1, -1)}'`;
    case "pattern":
      return form(
        "pattern",
        ...node.pieces.map((piece) => `'${JSON.stringify(piece).slice(1, -1)}'`),
      );
    default:
      return node satisfies never;
  }
}

function form(...parts: readonly string[]): string {
  return `(${parts.join(" ")})`;
}
