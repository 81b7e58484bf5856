import type {
  Category,
  EventFilter,
  ExpressionNode,
  FieldNode,
  Query,
  Statement,
  Term,
} from "./ast.ts";
import { keywords } from "./token.ts";

/**
 * The query in one spelling: one line for an event query, a line for each term of a sequence, only the
 * brackets that are needed, all strings in double quotes. Reading it again gives the same tree.
 */
export function printEql({ query, pipes }: Statement): string {
  return [printQuery(query), ...pipes.map(({ name, count }) => `| ${name} ${count}`)].join(
    query.kind === "event" ? " " : "\n",
  );
}

function printQuery(query: Query): string {
  switch (query.kind) {
    case "event":
      return printFilter(query.filter);
    case "sequence": {
      const { maxspan, until } = query;
      const span = maxspan === undefined ? "" : ` with maxspan=${maxspan.amount}${maxspan.unit}`;
      const head = `sequence${printKeys(query.by)}${span}`;
      const end = until === undefined ? [] : [`until ${printTerm(until)}`];
      return [head, ...query.terms.map((term) => `  ${printTerm(term)}`), ...end].join("\n");
    }
    case "sample":
      return [
        `sample${printKeys(query.by)}`,
        ...query.terms.map((term) => `  ${printTerm(term)}`),
      ].join("\n");
    default:
      return query satisfies never;
  }
}

function printTerm({ missing, filter, by, runs }: Term): string {
  const repeat = runs === 1 ? "" : ` with runs=${runs}`;
  return `${missing ? "!" : ""}[${printFilter(filter)}]${printKeys(by)}${repeat}`;
}

function printKeys(keys: readonly FieldNode[]): string {
  return keys.length === 0 ? "" : ` by ${keys.map(printField).join(", ")}`;
}

function printFilter({ category, condition }: EventFilter): string {
  return `${printCategory(category)} where ${printCondition(condition)}`;
}

function printCategory({ name }: Category): string {
  if (name === null) return "any";
  return isPlainName(name) ? name : printString(name);
}

/** How tightly each kind holds its parts together; a looser part needs brackets. */
const strength = {
  or: 1,
  and: 2,
  not: 3,
  comparison: 4,
  sum: 5,
  product: 6,
  negate: 7,
  predicate: 8,
  value: 9,
} as const;

/** A condition or value on one line. */
export function printCondition(node: ExpressionNode): string {
  return printAt(node, strength.or);
}

function printAt(node: ExpressionNode, least: number): string {
  const text = printNode(node);
  return strengthOf(node) < least ? `(${text})` : text;
}

function strengthOf(node: ExpressionNode): number {
  switch (node.kind) {
    case "logical":
      return strength[node.op];
    case "not":
    case "comparison":
    case "negate":
      return strength[node.kind];
    case "arithmetic":
      return node.op === "+" || node.op === "-" ? strength.sum : strength.product;
    case "in":
    case "match":
      return strength.predicate;
    case "literal":
    case "field":
    case "call":
      return strength.value;
    default:
      return node satisfies never;
  }
}

function printNode(node: ExpressionNode): string {
  switch (node.kind) {
    case "literal":
      return printLiteral(node.value);
    case "field":
      return printField(node);
    case "call":
      return `${node.name}${node.insensitive ? "~" : ""}(${node.args.map(printCondition).join(", ")})`;
    case "negate":
      return `-${printAt(node.of, strength.negate)}`;
    case "not":
      return `not ${printAt(node.of, strength.not)}`;
    case "logical":
      return node.operands
        .map((operand) => printAt(operand, strengthOf(node) + 1))
        .join(` ${node.op} `);
    case "arithmetic":
    case "comparison": {
      const own = strengthOf(node);
      const left = printAt(node.left, node.kind === "arithmetic" ? own : own + 1);
      return `${left} ${node.op} ${printAt(node.right, own + 1)}`;
    }
    case "in": {
      const op = `${node.negated ? "not " : ""}in${node.insensitive ? "~" : ""}`;
      return `${printAt(node.of, strength.value)} ${op} (${node.list.map(printCondition).join(", ")})`;
    }
    case "match": {
      const patterns = node.patterns.map(({ value }) => printLiteral(value));
      const right = patterns.length === 1 ? patterns[0] : `(${patterns.join(", ")})`;
      return `${printAt(node.of, strength.value)} ${node.op} ${right}`;
    }
    default:
      return node satisfies never;
  }
}

function printLiteral(value: string | boolean | bigint | number | null): string {
  if (typeof value === "string") return printString(value);
  if (typeof value !== "number") return String(value);
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};

/** Control characters and what turns text around are written by number, so that what is read is what is there. */
function printString(text: string): string {
  const escaped = text.replace(
    /["\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) =>
      shortEscapes[character] ??
      `\\u{${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}}`,
  );
  return `"${escaped}"`;
}

function printField({ path, optional }: FieldNode): string {
  const names = path.split(".");
  const text = names.includes("") ? quoteName(path) : names.map(printName).join(".");
  return optional ? `?${text}` : text;
}

function printName(name: string): string {
  return isPlainName(name) ? name : quoteName(name);
}

function quoteName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

function isPlainName(name: string): boolean {
  return /^[A-Za-z_@][A-Za-z0-9_]*$/.test(name) && !keywords.has(name);
}
