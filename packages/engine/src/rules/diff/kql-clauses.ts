import {
  type ConditionNode,
  type KqlQuery,
  parseKql,
  printKql,
  type ValueNode,
  type WordNode,
} from "@harrier/lang/kql";
import { DiagnosticError } from "@harrier/lang/text";
import type { Clause, QueryPart } from "./clause.ts";

/** A KQL query as one part; `undefined` for what is no query. */
export function kqlParts(text: string): readonly QueryPart[] | undefined {
  let query: KqlQuery;
  try {
    query = parseKql({ name: "query", text });
  } catch (error) {
    if (error instanceof DiagnosticError) return undefined;
    throw error;
  }
  if (query.condition === null) return [{ name: "", clauses: [] }];
  const clause = clauseOf(query.condition);
  return [{ name: "", clauses: clause.kind === "all" ? clause.of : [clause] }];
}

function clauseOf(node: ConditionNode): Clause {
  const text = printKql({ condition: node, span: node.span });
  switch (node.kind) {
    case "and":
      return { kind: "all", of: operandsOf(node, "and").map(clauseOf), text };
    case "or":
      return { kind: "any", of: operandsOf(node, "or").map(clauseOf), text };
    case "not":
      return { kind: "not", of: clauseOf(node.of), text };
    case "match": {
      const values = wordsOf(node.value);
      return values === undefined
        ? { kind: "leaf", text }
        : {
            kind: "values",
            head: `${printWord(node.field)}:`,
            values: values.map(printWord),
            text,
          };
    }
    default:
      return { kind: "leaf", text };
  }
}

/** A chain of one operator, however it was bracketed. */
function operandsOf(node: ConditionNode, kind: "and" | "or"): readonly ConditionNode[] {
  return node.kind === kind
    ? node.operands.flatMap((operand) => operandsOf(operand, kind))
    : [node];
}

/** The words of a value, or of a list of which any will do. */
function wordsOf(value: ValueNode): readonly WordNode[] | undefined {
  if (value.kind === "literal" || value.kind === "pattern") return [value];
  if (value.kind !== "or") return undefined;
  const words = value.operands.map(wordsOf);
  return words.every((list) => list !== undefined) ? words.flat() : undefined;
}

function printWord(word: WordNode): string {
  const { span } = word;
  return printKql({ condition: { kind: "term", value: word, span }, span });
}
