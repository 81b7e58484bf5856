import type { Schema } from "../ecs/index.ts";
import type { Misfit } from "../ir/index.ts";
import type { Diagnostic } from "../text/index.ts";
import type { ConditionNode, KqlQuery, MatchNode, RangeNode, ValueNode, WordNode } from "./ast.ts";
import { checkField, checkNestedObject } from "./check-field.ts";
import { checkBound, checkWord } from "./check-word.ts";
import { type Checking, reportFinding } from "./checking.ts";
import { type Target, targetsOf, wholePath } from "./fields.ts";
import type { CheckOptions } from "./options.ts";
import { compareWord, matchWord } from "./values.ts";
import { isLoneStar, textOf } from "./words.ts";

/** Everything there is to say about a query that could be read. */
export function checkKql(
  { condition }: KqlQuery,
  schema: Schema,
  { now, strictFields = false }: CheckOptions = {},
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  if (condition !== null) {
    checkCondition(condition, { schema, now, strictFields, report, unknown: new Set() });
  }
  return diagnostics;
}

function checkCondition(node: ConditionNode, checking: Checking): void {
  switch (node.kind) {
    case "and":
    case "or":
      for (const operand of node.operands) checkCondition(operand, checking);
      return;
    case "not":
      checkCondition(node.of, checking);
      return;
    case "match":
      checkMatch(node, checking);
      return;
    case "range":
      checkRange(node, checking);
      return;
    case "nested":
      if (checkNestedObject(node, checking)) {
        const within = wholePath(textOf(node.field), checking);
        checkCondition(node.of, { ...checking, within });
      }
      return;
    case "term":
      checkTerm(node.value, checking);
      return;
    default:
      node satisfies never;
  }
}

function checkMatch({ field, value }: MatchNode, checking: Checking): void {
  const isUsable = checkField(field, checking);
  const target = isUsable ? targetOf(field, checking) : undefined;
  const words = [...wordsOf(value)];
  if (field.kind === "pattern") checkSize(field, words.length, checking);
  for (const word of words) {
    checkWord(word, checking);
    const found = target && matchWord(target, word, checking.now);
    if (found?.kind !== "misfit") continue;
    const isFieldsFault = target?.field.type === "unsupported";
    reportMisfit(found, isFieldsFault ? field : word, isFieldsFault, checking);
    if (isFieldsFault) return;
  }
}

function checkRange({ field, op, bound }: RangeNode, checking: Checking): void {
  const isUsable = checkField(field, checking);
  checkBound(bound, checking);
  const target = isUsable ? targetOf(field, checking) : undefined;
  const found = target && compareWord(target, op, bound, checking.now);
  if (found?.kind !== "misfit") return;
  const isFieldsFault = unordered.has(target?.field.type ?? "");
  reportMisfit(found, isFieldsFault ? field : bound, isFieldsFault, checking);
}

const unordered: ReadonlySet<string> = new Set(["text", "object", "nested", "unsupported"]);

function reportMisfit(
  { message, hint }: Misfit,
  { span }: WordNode,
  isFieldsFault: boolean,
  checking: Checking,
): void {
  const code = isFieldsFault ? "kql/unusable-field" : "kql/constant";
  reportFinding(checking, "error", code, span, message, hint);
}

/** The one field that a name stands for. The fields of a pattern take what they can, and say nothing of the rest. */
function targetOf(field: WordNode, checking: Checking): Target | undefined {
  return field.kind === "pattern" ? undefined : targetsOf(field, checking)[0];
}

/** Every field of a pattern is compared with every value. Elasticsearch stops at a few thousand. */
const mostComparisons = 20_000;

function checkSize(field: WordNode, values: number, checking: Checking): void {
  const fields = isLoneStar(field) ? 1 : targetsOf(field, checking).length;
  if (fields * values <= mostComparisons) return;
  const message = `${fields} fields match this pattern, and each is compared with ${values} values`;
  reportFinding(checking, "error", "kql/too-large", field.span, message, "name the fields");
}

/** A word alone is seldom meant in a rule: often its colon is missing. */
function checkTerm(word: WordNode, checking: Checking): void {
  checkWord(word, checking);
  const text = textOf(word);
  const isField = word.kind === "literal" && checking.schema.typeOf(text) !== undefined;
  const comparison = /(?:^|\s)([!=<>]?=)(?:\s|$)/.exec(text);
  reportFinding(
    checking,
    "warning",
    "kql/no-field",
    word.span,
    isLoneStar(word)
      ? "this only asks whether an event has any value"
      : "this value has no field: any field may have it",
    isField
      ? `write \`${text}: *\` to ask whether there is a value`
      : comparison === null
        ? undefined
        : "compare with a colon: `field: value`",
  );
}

function* wordsOf(node: ValueNode): Generator<WordNode> {
  switch (node.kind) {
    case "and":
    case "or":
      for (const operand of node.operands) yield* wordsOf(operand);
      return;
    case "not":
      yield* wordsOf(node.of);
      return;
    default:
      yield node;
  }
}
