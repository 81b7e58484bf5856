import type { Schema } from "../ecs/index.ts";
import type { Diagnostic } from "../text/index.ts";
import type { ClauseNode, FieldNode, ItemNode, LuceneQuery, MatchNode } from "./ast.ts";
import { checkExistsName, checkField } from "./check-field.ts";
import { checkSpelling } from "./check-spelling.ts";
import { type Checking, reportFinding } from "./checking.ts";
import { occurrencesOf } from "./clauses.ts";
import { existsName, isAnyField, isPattern, targetsOf } from "./fields.ts";
import type { CheckOptions } from "./options.ts";
import { isStars, matchValue, patternsAnywhere } from "./values.ts";

/** Everything there is to say about a query that could be read. */
export function checkLucene(
  { clauses }: LuceneQuery,
  schema: Schema,
  { now, strictFields = false }: CheckOptions = {},
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  checkClauses(clauses, null, { schema, now, strictFields, report, unknown: new Set() });
  return diagnostics.sort((left, right) => left.span.start - right.span.start);
}

function checkClauses(
  clauses: readonly ClauseNode[],
  around: FieldNode | null,
  checking: Checking,
): void {
  checkOperators(clauses, checking);
  for (const { of } of clauses) checkItem(of, around, checking);
}

/** Operators without precedence: what looks like an alternative may be none. */
function checkOperators(clauses: readonly ClauseNode[], checking: Checking): void {
  const occurrences = occurrencesOf(clauses);
  const hasRequired = occurrences.includes("required");
  for (const [index, { span, conjunction }] of clauses.entries()) {
    const isAlternative = conjunction === "or" || clauses[index + 1]?.conjunction === "or";
    if (occurrences[index] === "optional" && hasRequired) {
      const message = "this clause changes nothing: others in its row are required";
      const hint = "`AND` binds no tighter than `OR`: put brackets around what belongs together";
      reportFinding(checking, "warning", "lucene/operators", span, message, hint);
    } else if (occurrences[index] === "prohibited" && isAlternative) {
      const message = "this is no alternative: no event that meets it comes through, `OR` or not";
      const hint = "for an alternative write brackets: `a OR (NOT b)`";
      reportFinding(checking, "warning", "lucene/operators", span, message, hint);
    }
  }
}

function checkItem(item: ItemNode, around: FieldNode | null, checking: Checking): void {
  const { boost } = item;
  if (boost !== null) {
    const message = "a boost has no effect: an event matches or does not";
    reportFinding(checking, "note", "lucene/ignored", boost.span, message);
  }
  const field = item.field ?? around;
  if (item.field !== null && item.field.name !== existsName && !isAnyField(item.field)) {
    checkField(item.field, checking);
  }
  if (item.kind === "group") checkClauses(item.clauses, field, checking);
  else checkMatch(item, field, checking);
}

function checkMatch(match: MatchNode, field: FieldNode | null, checking: Checking): void {
  const { value } = match;
  checkSpelling(value, checking);
  if (field?.name === existsName) checkExistsName(value, checking);
  else if (isAnyField(field)) checkAnywhere(match, checking);
  else checkOnField(match, field, checking);
}

function checkOnField({ value }: MatchNode, field: FieldNode, checking: Checking): void {
  const [target] = targetsOf(field.name, checking);
  if (target === undefined || isPattern(field.name) || !isComparable(field, checking)) return;
  const found = matchValue(target, value, checking.now);
  if (found === undefined) {
    const message = `no word for \`${field.name}\` stands here: the clause counts as not written`;
    reportFinding(checking, "warning", "lucene/no-words", value.span, message);
  } else if (found.kind === "misfit") {
    const code = value.kind === "regex" ? "lucene/regex" : "lucene/constant";
    const isBounds = value.kind === "range" && target.field.type !== "text";
    const bounds = isBounds ? [value.from, value.to] : [];
    const { span } = bounds.filter((bound) => bound !== null)[found.index] ?? value;
    reportFinding(checking, "error", code, span, found.message, found.hint);
  }
}

/** Fields that are refused have their own finding. */
function isComparable({ name }: FieldNode, { schema }: Checking): boolean {
  const [target] = targetsOf(name, { schema, now: undefined });
  return target?.field.type !== "unsupported" && schema.nestedRootOf(name) === undefined;
}

function checkAnywhere({ value, field }: MatchNode, checking: Checking): void {
  if (value.kind === "pattern" && isStars(value.pattern)) return;
  if (patternsAnywhere(value) === undefined) {
    const message = `a ${value.kind === "range" ? "range" : "regular expression"} takes a field`;
    reportFinding(checking, "error", "lucene/no-field", value.span, message);
  } else if (field === null) {
    const message = "this value has no field: any field may have it, as its whole value";
    const hint = "name the field: `field:value`; `*value*` is found inside of values, too";
    reportFinding(checking, "warning", "lucene/no-field", value.span, message, hint);
  }
}
