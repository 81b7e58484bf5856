import type { ConditionNode, KqlQuery, ValueNode, WordNode } from "./ast.ts";

/** The query on one line, with only the brackets that are needed. Reading it again gives the same tree. */
export function printKql({ condition }: KqlQuery): string {
  return condition === null ? "" : printAt(condition, strength.or);
}

/** How tightly each kind holds its parts together; a looser part needs brackets. */
const strength = { or: 1, and: 2, not: 3, part: 4 } as const;

function printAt(node: ConditionNode | ValueNode, least: number): string {
  const own = strengthOf(node);
  const text = printNode(node);
  return own < least ? `(${text})` : text;
}

function strengthOf({ kind }: ConditionNode | ValueNode): number {
  return kind === "or" || kind === "and" || kind === "not" ? strength[kind] : strength.part;
}

function printNode(node: ConditionNode | ValueNode): string {
  switch (node.kind) {
    case "or":
    case "and":
      return node.operands
        .map((operand) => printAt(operand, strength[node.kind] + 1))
        .join(` ${node.kind} `);
    case "not":
      return `not ${printAt(node.of, strength.part)}`;
    case "match":
      return `${printWord(node.field)}: ${printAt(node.value, strength.part)}`;
    case "range":
      return `${printWord(node.field)} ${node.op} ${printWord(node.bound)}`;
    case "nested":
      return `${printWord(node.field)}: { ${printAt(node.of, strength.or)} }`;
    case "term":
      return printWord(node.value);
    case "literal":
    case "pattern":
      return printWord(node);
    default:
      return node satisfies never;
  }
}

/** A field or value as KQL spells it. */
export function printWord(word: WordNode): string {
  if (word.kind === "pattern") return word.pieces.map(escapePlain).join("*");
  const { value, isQuoted } = word;
  if (typeof value !== "string") return String(value);
  return isQuoted ? `"${escapeControls(value.replace(/[\\"]/g, "\\$&"))}"` : escapePlain(value);
}

function escapePlain(text: string): string {
  const escaped = text
    .replace(/[\\():<>"*{}]/g, "\\$&")
    // Operators where space stands on both sides, or may come to stand.
    .replace(/(?<=^|\s)(?:and|or)(?=\s|$)/gi, "\\$&")
    // `\\not` would be a line break and "ot".
    .replace(/not(?=\s|$)/gi, (word) =>
      word[0] === "n" ? `\\u006e${word.slice(1)}` : `\\${word}`,
    );
  return escapeControls(escaped);
}

const controls: Readonly<Record<string, string>> = { "\t": "\\t", "\r": "\\r", "\n": "\\n" };

function escapeControls(text: string): string {
  return text.replace(/[\t\r\n]/g, (unit) => controls[unit] ?? unit);
}
