import { equalsOnField, type Predicate } from "@harrier/lang/ir";
import type { Literal } from "@harrier/lang/values";
import type { ValuePath } from "../../rules/index.ts";
import { readConstant, reportMisfit } from "./constant.ts";
import type { CompileClause, FilterContext } from "./context.ts";
import { resolveField } from "./field.ts";
import { readFieldClause, readFlag, readOperand } from "./field-clause.ts";
import { quote, rejectValue } from "./shape.ts";
import { matchText, type TextMatch, termOfText } from "./text.ts";

/** A value as it stands; a text is not looked at word by word. */
export const compileTerm: CompileClause = (body, path, context) => {
  const clause = readFieldClause(body, path, context);
  const operand = clause && readOperand(clause, ["value", "term"], ["case_insensitive"], context);
  if (clause === undefined || operand === undefined) return undefined;
  const fold = readFlag(operand, "case_insensitive", context);
  if (fold === undefined) return undefined;
  return compareTerms(clause.name, clause.path, [operand], fold, context);
};

/** One of several values. */
export const compileTerms: CompileClause = (body, path, context) => {
  const clause = readFieldClause(body, path, context);
  if (clause === undefined) return undefined;
  const { name, what } = clause;
  if (!Array.isArray(what)) return rejectValue(clause.path, what, "a list of values", context);
  const operands = what.map((value: unknown, index) => ({ value, path: [...clause.path, index] }));
  return compareTerms(name, clause.path, operands, false, context);
};

/** A value as the field understands it; in a text some of its words, or all of them. */
export const compileMatch: CompileClause = (body, path, context) => {
  const known = ["operator", "lenient", "zero_terms_query", "type"];
  return compileWords(body, path, known, matchModeOf, context);
};

/** A value as the field understands it; in a text its words one after another. */
export const compileMatchPhrase: CompileClause = (body, path, context) =>
  compileWords(body, path, ["slop", "zero_terms_query"], phraseModeOf, context);

type ModeOf = (
  options: Readonly<Record<string, unknown>>,
  path: ValuePath,
  context: FilterContext,
) => TextMatch | undefined;

function compileWords(
  body: unknown,
  path: ValuePath,
  known: readonly string[],
  modeOf: ModeOf,
  context: FilterContext,
): Predicate | undefined {
  const clause = readFieldClause(body, path, context);
  const operand = clause && readOperand(clause, ["query"], known, context);
  if (clause === undefined || operand === undefined) return undefined;
  const { options } = operand;
  const mode = modeOf(options, clause.path, context);
  const resolved = resolveField(clause.name, clause.path, context);
  const constant = readConstant(operand.value, operand.path, context);
  if (mode === undefined || resolved === undefined || constant === undefined) return undefined;
  const { field, fold, place } = resolved;
  if (field.type === "text") {
    return place(matchText(resolved, String(constant), mode, options.zero_terms_query === "all"));
  }
  const outcome = equalsOnField(field, [constant], fold, context.now);
  if (outcome.kind === "misfit" && options.lenient === true) {
    return { kind: "constant", value: false };
  }
  const predicate = reportMisfit(outcome, operand.path, context);
  return predicate && place(predicate);
}

/** Exports of old stacks write a phrase as a kind of match. */
function matchModeOf(
  { operator = "or", type = "boolean" }: Parameters<ModeOf>[0],
  path: ValuePath,
  { report }: FilterContext,
): TextMatch | undefined {
  if (type === "phrase") return "phrase";
  const word = String(operator).toLowerCase();
  if (type === "boolean" && (word === "or" || word === "and"))
    return word === "or" ? "some" : "all";
  const [key, value] = type === "boolean" ? ["operator", operator] : ["type", type];
  const message = `\`${key}\` is ${quote(String(value))}, which is not supported`;
  report([...path, String(key)], "filter/unsupported", message);
  return undefined;
}

function phraseModeOf(
  { slop = 0 }: Parameters<ModeOf>[0],
  path: ValuePath,
  { report }: FilterContext,
): TextMatch | undefined {
  if (Number(slop) === 0) return "phrase";
  report([...path, "slop"], "filter/unsupported", "`slop`, words between words, is not supported");
  return undefined;
}

function compareTerms(
  name: string,
  path: ValuePath,
  operands: readonly { readonly value: unknown; readonly path: ValuePath }[],
  ignoresCase: boolean,
  context: FilterContext,
): Predicate | undefined {
  const resolved = resolveField(name, path, context);
  const constants: Exclude<Literal, null>[] = [];
  for (const operand of operands) {
    const constant = readConstant(operand.value, operand.path, context);
    if (constant !== undefined) constants.push(constant);
  }
  if (resolved === undefined || constants.length < operands.length) return undefined;
  const { field, place } = resolved;
  const fold = resolved.fold || ignoresCase;
  if (field.type === "text") return place(termOfText(resolved, constants.map(String), fold));
  const outcome = equalsOnField(field, constants, fold, context.now);
  const misfit = outcome.kind === "misfit" ? operands[outcome.index] : undefined;
  const predicate = reportMisfit(outcome, misfit?.path ?? path, context);
  return predicate && place(predicate);
}
