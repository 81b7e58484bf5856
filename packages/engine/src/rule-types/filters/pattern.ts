import type { Predicate } from "@harrier/lang/ir";
import { checkRegex, parseWildcard, type WildcardPattern } from "@harrier/lang/values";
import { reportMisfit } from "./constant.ts";
import type { CompileClause, FilterContext } from "./context.ts";
import { type ClauseField, resolveField } from "./field.ts";
import {
  type FieldClause,
  type Operand,
  readFieldClause,
  readFlag,
  readOperand,
} from "./field-clause.ts";
import { quote, rejectValue } from "./shape.ts";
import { matchPattern, prefixPattern } from "./text.ts";

/** A pattern for the whole value: `*` any run, `?` one character, a backslash takes the meaning of both. */
export const compileWildcard: CompileClause = (body, path, context) => {
  const read = readPattern(body, path, ["value", "wildcard"], ["case_insensitive"], context);
  return read && compilePattern(read, parseWildcard(read.text), context);
};

/** How the value begins. Nothing in it is special. */
export const compilePrefix: CompileClause = (body, path, context) => {
  const read = readPattern(body, path, ["value", "prefix"], ["case_insensitive"], context);
  return read && compilePattern(read, prefixPattern(read.text), context);
};

/** A regular expression of Lucene for the whole value. */
export const compileRegexp: CompileClause = (body, path, context) => {
  const read = readPattern(body, path, ["value"], ["case_insensitive", "flags"], context);
  if (read === undefined) return undefined;
  const { field, fold, place, text, operand, clause } = read;
  const { flags = "ALL" } = operand.options;
  if (flags !== "ALL") {
    const message = `\`flags\` is ${quote(String(flags))}; only \`ALL\` is supported`;
    context.report([...clause.path, "flags"], "filter/unsupported", message);
    return undefined;
  }
  if (field.type === "text") {
    const message = `${quote(clause.name)} is a text, whose words no regular expression is tried on`;
    context.report(clause.path, "filter/unsupported", message);
    return undefined;
  }
  return isRegex(text, operand, context)
    ? place({ kind: "regex", field, patterns: [text], fold })
    : undefined;
};

interface ReadPattern extends ClauseField {
  readonly text: string;
  readonly operand: Operand;
  readonly clause: FieldClause;
}

function compilePattern(
  { fold, place, operand, ...field }: ReadPattern,
  pattern: WildcardPattern,
  context: FilterContext,
): Predicate | undefined {
  const predicate = reportMisfit(matchPattern(field, pattern, fold), operand.path, context);
  return predicate && place(predicate);
}

function readPattern(
  body: unknown,
  path: Operand["path"],
  keys: readonly string[],
  known: readonly string[],
  context: FilterContext,
): ReadPattern | undefined {
  const clause = readFieldClause(body, path, context);
  const operand = clause && readOperand(clause, keys, known, context);
  if (clause === undefined || operand === undefined) return undefined;
  const ignoresCase = readFlag(operand, "case_insensitive", context);
  const resolved = resolveField(clause.name, clause.path, context);
  const { value: text } = operand;
  if (typeof text !== "string") return rejectValue(operand.path, text, "a text", context);
  if (ignoresCase === undefined || resolved === undefined) return undefined;
  const { type } = resolved.field;
  if (type !== "keyword" && type !== "text" && type !== "version" && type !== "unknown") {
    const message = `${quote(clause.name)} holds ${type} values, which have no patterns`;
    context.report(clause.path, "filter/unusable-field", message);
    return undefined;
  }
  return { ...resolved, fold: resolved.fold || ignoresCase, text, operand, clause };
}

function isRegex(text: string, { path }: Operand, { report }: FilterContext): boolean {
  const fault = checkRegex(text);
  if (fault === undefined) return true;
  const { message, hint } = fault;
  report(path, "filter/bad-value", message, hint === undefined ? {} : { hint });
  return false;
}
