import {
  type EventFilter,
  type ExpressionNode,
  type FieldNode,
  printCondition,
  type Statement,
  type Term,
} from "../src/eql/index.ts";

/** The tree of a query as nested lists, for people who want to see how it was read. */
export function printTree({ query, pipes }: Statement): string {
  const list = pipes.map(({ name, count }) => `(${name} ${count})`);
  switch (query.kind) {
    case "event":
      return lines("event", [filter(query.filter), ...list]);
    case "sequence": {
      const { maxspan, until } = query;
      return lines("sequence", [
        ...keys(query.by),
        ...(maxspan === undefined ? [] : [`(maxspan ${maxspan.amount}${maxspan.unit})`]),
        ...query.terms.map(term),
        ...(until === undefined ? [] : [`(until ${term(until)})`]),
        ...list,
      ]);
    }
    case "sample":
      return lines("sample", [...keys(query.by), ...query.terms.map(term), ...list]);
    default:
      return query satisfies never;
  }
}

function lines(head: string, parts: readonly string[]): string {
  return `(${[head, ...parts].join("\n  ")})`;
}

function keys(by: readonly FieldNode[]): readonly string[] {
  return by.length === 0 ? [] : [`(by ${by.map(tree).join(" ")})`];
}

function term({ missing, filter: own, by, runs }: Term): string {
  const parts = [filter(own), ...keys(by), ...(runs === 1 ? [] : [`(runs ${runs})`])];
  return `(${missing ? "missing" : "term"} ${parts.join(" ")})`;
}

function filter({ category, condition }: EventFilter): string {
  const name = category.name === null ? "any" : JSON.stringify(category.name);
  return `(where ${name} ${tree(condition)})`;
}

function tree(node: ExpressionNode): string {
  switch (node.kind) {
    case "literal":
    case "field":
      return printCondition(node);
    case "call":
      return form(`${node.name}${node.insensitive ? "~" : ""}`, node.args);
    case "negate":
      return form("negate", [node.of]);
    case "not":
      return form("not", [node.of]);
    case "arithmetic":
    case "comparison":
      return form(node.op, [node.left, node.right]);
    case "in": {
      const op = `${node.negated ? "not-" : ""}in${node.insensitive ? "~" : ""}`;
      return form(op, [node.of, ...node.list]);
    }
    case "match":
      return form(node.op, [node.of, ...node.patterns]);
    case "logical":
      return form(node.op, node.operands);
    default:
      return node satisfies never;
  }
}

function form(head: string, parts: readonly ExpressionNode[]): string {
  return `(${[head, ...parts.map(tree)].join(" ")})`;
}
