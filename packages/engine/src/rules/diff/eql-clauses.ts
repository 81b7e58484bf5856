import {
  type EventFilter,
  type ExpressionNode,
  type FieldNode,
  parseEql,
  printCondition,
  type Statement,
  type Term,
} from "@harrier/lang/eql";
import { DiagnosticError } from "@harrier/lang/text";
import type { Clause, QueryPart } from "./clause.ts";

/** An EQL query in parts: one for an event, one for each term of a sequence; `undefined` for what is no query. */
export function eqlParts(text: string): readonly QueryPart[] | undefined {
  let statement: Statement;
  try {
    statement = parseEql({ name: "query", text });
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
  const { query, pipes } = statement;
  const ends = pipes.map(({ name, count }) => leaf(`| ${name} ${count}`));
  if (query.kind === "event") {
    return [{ name: "", clauses: [...filterClauses(query.filter), ...ends] }];
  }
  const maxspan = query.kind === "sequence" ? query.maxspan : undefined;
  const until = query.kind === "sequence" ? query.until : undefined;
  const head = [
    leaf(query.kind),
    ...keyClauses(query.by),
    ...(maxspan === undefined ? [] : [leaf(`with maxspan=${maxspan.amount}${maxspan.unit}`)]),
    ...ends,
  ];
  return [
    { name: "", clauses: head },
    ...query.terms.map((term, index) => ({
      name: `step ${index + 1}`,
      clauses: termClauses(term),
    })),
    ...(until === undefined ? [] : [{ name: "until", clauses: termClauses(until) }]),
  ];
}

function termClauses({ missing, filter, by, runs }: Term): readonly Clause[] {
  return [
    ...(missing ? [leaf("! (no such event)")] : []),
    ...filterClauses(filter),
    ...keyClauses(by),
    ...(runs === 1 ? [] : [leaf(`with runs=${runs}`)]),
  ];
}

function filterClauses({ category, condition }: EventFilter): readonly Clause[] {
  const clause = clauseOf(condition);
  return [
    leaf(`${category.name ?? "any"} where`),
    ...(clause.kind === "all" ? clause.of : [clause]),
  ];
}

function keyClauses(by: readonly FieldNode[]): readonly Clause[] {
  return by.length === 0 ? [] : [leaf(`by ${by.map(printCondition).join(", ")}`)];
}

function clauseOf(node: ExpressionNode): Clause {
  const text = printCondition(node);
  switch (node.kind) {
    case "logical":
      return { kind: node.op === "and" ? "all" : "any", of: node.operands.map(clauseOf), text };
    case "not":
      return { kind: "not", of: clauseOf(node.of), text };
    case "match":
      return listClause(`${printCondition(node.of)} ${node.op}`, node.patterns, text);
    case "in": {
      const operator = `${node.negated ? "not " : ""}in${node.insensitive ? "~" : ""}`;
      return listClause(`${printCondition(node.of)} ${operator}`, node.list, text);
    }
    default:
      return { kind: "leaf", text };
  }
}

function listClause(head: string, values: readonly ExpressionNode[], text: string): Clause {
  return { kind: "values", head, values: values.map(printCondition), text };
}

function leaf(text: string): Clause {
  return { kind: "leaf", text };
}
