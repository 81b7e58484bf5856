import type { Schema } from "../ecs/index.ts";
import type { Diagnostic } from "../text/index.ts";
import type { Category, EventFilter, ExpressionNode, FieldNode, Statement, Term } from "./ast.ts";
import { checkCondition } from "./check-expression.ts";
import { type Checking, checkField, reportError, reportUnknownField } from "./checking.ts";
import { type CheckOptions, defaultCategoryField } from "./options.ts";
import { areCompatible, type ExpressionType, expressionTypeOfField, nameType } from "./types.ts";

export interface CheckResult {
  /** In the order of the text. With an error among them the statement cannot be lowered. */
  readonly diagnostics: readonly Diagnostic[];
  /** What each expression gives. */
  readonly types: ReadonlyMap<ExpressionNode, ExpressionType>;
}

/** Compares a query with what is known of the fields (eql-semantics 3). Only returns its findings. */
export function checkEql(
  { query }: Statement,
  schema: Schema,
  options: CheckOptions = {},
): CheckResult {
  const diagnostics: Diagnostic[] = [];
  const checking: Checking = {
    schema,
    strictFields: options.strictFields ?? false,
    folding: options.folding ?? "unicode",
    now: options.now,
    report: (diagnostic) => diagnostics.push(diagnostic),
    types: new Map(),
    unknown: new Set(),
  };
  const categoryField = options.categoryField ?? defaultCategoryField;
  const checkFilter = ({ category, condition }: EventFilter): void => {
    checkCategory(category, categoryField, checking);
    checkCondition(condition, checking);
  };
  if (query.kind === "event") checkFilter(query.filter);
  else {
    for (const key of query.by) checkField(key, checking);
    const until = query.kind === "sequence" && query.until ? [query.until] : [];
    const terms = [...query.terms, ...until];
    for (const term of terms) {
      checkFilter(term.filter);
      for (const key of term.by) checkField(key, checking);
    }
    checkKeyTypes(terms, checking);
  }
  return {
    diagnostics: diagnostics.sort((a, b) => a.span.start - b.span.start),
    types: checking.types,
  };
}

function checkCategory({ name, span }: Category, field: string, checking: Checking): void {
  if (name === null) return;
  const type = checking.schema.typeOf(field);
  if (type === undefined) {
    const advice = "the event category is read from it; `any where …` needs none";
    reportUnknownField(field, span, checking, advice);
  } else if (expressionTypeOfField(type) === undefined) {
    const message = `the event category is in \`${field}\`, which no condition can use`;
    reportError(checking, "eql/unusable-field", span, message);
  }
}

/** Keys at one position must be able to be equal (eql-semantics 3.7). The shared keys are the same for all. */
function checkKeyTypes(terms: readonly Term[], checking: Checking): void {
  const [first, ...others] = terms;
  const typeOf = (key: FieldNode): ExpressionType => checking.types.get(key) ?? "unknown";
  for (const [index, key] of (first?.by ?? []).entries()) {
    const odd = others
      .map((term) => term.by[index])
      .find((other) => other !== undefined && !areCompatible(typeOf(key), typeOf(other)));
    if (odd === undefined) continue;
    reportError(
      checking,
      "eql/key-type",
      odd.span,
      `\`${odd.path}\` is ${nameType(typeOf(odd))} and \`${key.path}\` is ${nameType(typeOf(key))}: the two keys can never be equal`,
      { labels: [{ span: key.span, message: "the key of the first term" }] },
    );
  }
}
