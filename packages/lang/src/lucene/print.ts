import type { BoundNode, ClauseNode, ItemNode, LuceneQuery, ValueNode } from "./ast.ts";
import { escapePattern, escapeQuoted, escapeWord } from "./escapes.ts";

/** The query on one line. Reading it again gives the same tree. */
export function printLucene({ clauses }: LuceneQuery): string {
  return printClauses(clauses);
}

function printClauses(clauses: readonly ClauseNode[]): string {
  return clauses
    .map(({ conjunction, modifier, of }) => {
      const before = conjunction === null ? "" : `${conjunction.toUpperCase()} `;
      const sign = modifier === null ? "" : modifier === "-" ? "NOT " : "+";
      return `${before}${sign}${printItem(of)}`;
    })
    .join(" ");
}

function printItem(item: ItemNode): string {
  const { field } = item;
  const name = field === null ? "" : `${field.name === "*" ? "*" : escapeWord(field.name)}:`;
  const body = item.kind === "group" ? `(${printClauses(item.clauses)})` : printValue(item.value);
  return `${name}${body}${item.boost === null ? "" : `^${item.boost.factor}`}`;
}

function printValue(value: ValueNode): string {
  switch (value.kind) {
    case "text":
      return value.isQuoted
        ? value.words.map((word) => `"${escapeQuoted(word)}"`).join(" ")
        : value.words.map(escapeWord).join(" ");
    case "pattern":
      return escapePattern(value.pattern);
    case "regex":
      return `/${value.pattern}/`;
    case "range":
      return `${value.from?.inclusive === false ? "{" : "["}${printBound(value.from)} TO ${printBound(value.to)}${value.to?.inclusive === false ? "}" : "]"}`;
    default:
      return value satisfies never;
  }
}

function printBound(bound: BoundNode | null): string {
  return bound === null ? "*" : `"${escapeQuoted(bound.text)}"`;
}
