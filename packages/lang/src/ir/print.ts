import { type Literal, literalText } from "../values/index.ts";
import type { JoinField, Pipe, Plan, Step } from "./plan.ts";
import type { Bound, Expression, Predicate, RangePredicate, TokensPredicate } from "./predicate.ts";

/**
 * A plan on one line, for tests and for people: `(event process (like~ process.name "power*.exe"))`.
 * A condition that asks for one category has it first, as a bare word; the rest follows.
 */
export function printPlan(plan: Plan): string {
  switch (plan.kind) {
    case "event":
      return list("event", printCondition(plan.condition), plan.pipes.map(printPipe));
    case "sequence":
      return list(
        "sequence",
        ...(plan.maxspanMs === undefined ? [] : [list("maxspan", `${plan.maxspanMs}ms`)]),
        plan.steps.map((step) => printStep(step.missing ? "missing" : "step", step)),
        ...(plan.until === undefined ? [] : [printStep("until", plan.until)]),
        plan.pipes.map(printPipe),
      );
    case "sample":
      return list(
        "sample",
        plan.steps.map((step) => printStep("step", step)),
        plan.pipes.map(printPipe),
      );
    default:
      return plan satisfies never;
  }
}

/**
 * A predicate on one line: `(all (== a "x") (not (exists b)))`. A `~` means that case does not count. What
 * stands in `(expression …)` is computed for every combination of values.
 */
export function printPredicate(predicate: Predicate): string {
  switch (predicate.kind) {
    case "constant":
      return String(predicate.value);
    case "all":
    case "any":
      return list(predicate.kind, predicate.of.map(printPredicate));
    case "not":
      return list("not", printPredicate(predicate.of));
    case "exists":
      return list("exists", printPath(predicate.field.path));
    case "equals": {
      const values = predicate.values.map(printLiteral);
      return list(withFold("==", predicate.fold), printPath(predicate.field.path), values);
    }
    case "range":
      return printRange(predicate);
    case "wildcard":
    case "regex": {
      const word = predicate.kind === "wildcard" ? "like" : "regex";
      const patterns = predicate.patterns.map(printLiteral);
      return list(withFold(word, predicate.fold), printPath(predicate.field.path), patterns);
    }
    case "cidr":
      return list("cidrMatch", printPath(predicate.field.path), predicate.blocks.map(printLiteral));
    case "tokens":
      return printTokens(predicate);
    case "nested":
      return list("nested", printPath(predicate.path), printPredicate(predicate.of));
    case "anywhere":
      return list(withFold("anywhere", predicate.fold), predicate.patterns.map(printLiteral));
    case "expression":
      return list("expression", printExpression(predicate.of));
    default:
      return predicate satisfies never;
  }
}

/** An expression on one line: `(> (length process.name) 3)`. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return printLiteral(expression.value);
    case "field":
      return printPath(expression.field.path);
    case "call":
      return list(withFold(expression.name, expression.fold), expression.args.map(printExpression));
    case "arithmetic":
    case "comparison":
      return list(
        expression.op,
        printExpression(expression.left),
        printExpression(expression.right),
      );
    case "negate":
      return list("-", printExpression(expression.of));
    case "in": {
      const values = expression.values.map(printLiteral);
      return list(withFold("in", expression.fold), printExpression(expression.of), values);
    }
    case "wildcard":
    case "regex": {
      const word = expression.kind === "wildcard" ? "like" : "regex";
      const patterns = expression.patterns.map(printLiteral);
      return list(withFold(word, expression.fold), printExpression(expression.of), patterns);
    }
    case "isNull":
      return list("isNull", printExpression(expression.of));
    case "all":
    case "any":
      return list(expression.kind, expression.of.map(printExpression));
    case "not":
      return list("not", printExpression(expression.of));
    default:
      return expression satisfies never;
  }
}

const categoryField = "event.category";

function printStep(word: string, step: Step): string {
  const keys = step.keys.length === 0 ? [] : [list("by", step.keys.map(printKey))];
  return list(word, printCondition(step.condition), keys);
}

function printKey({ field, optional }: JoinField): string {
  return `${optional ? "?" : ""}${printPath(field.path)}`;
}

function printPipe({ kind, count }: Pipe): string {
  return list(kind, String(count));
}

function printCondition(condition: Predicate): readonly string[] {
  const [first, ...rest] = condition.kind === "all" ? condition.of : [condition];
  const category = first === undefined ? undefined : categoryOf(first);
  if (category === undefined) return [printPredicate(condition)];
  if (rest.length < 2) return [category, ...rest.map(printPredicate)];
  return [category, printPredicate({ kind: "all", of: rest })];
}

function categoryOf(predicate: Predicate): string | undefined {
  if (predicate.kind !== "equals" || predicate.fold || predicate.values.length !== 1) {
    return undefined;
  }
  const [value] = predicate.values;
  if (predicate.field.path !== categoryField || typeof value !== "string") return undefined;
  return /^[A-Za-z_]\w*$/.test(value) ? value : printLiteral(value);
}

function printRange({ field, above, below }: RangePredicate): string {
  const bounds = [
    ...(above === undefined ? [] : [printBound(">", above)]),
    ...(below === undefined ? [] : [printBound("<", below)]),
  ];
  return list("range", printPath(field.path), bounds);
}

const tokenWords = { any: "token", phrase: "phrase", wildcard: "tokenLike" } as const;

function printTokens({ mode, analyzer, field, tokens }: TokensPredicate): string {
  const word = analyzer === "standard" ? tokenWords[mode] : `${tokenWords[mode]}/${analyzer}`;
  return list(word, printPath(field.path), tokens.map(printLiteral));
}

function printBound(op: string, { value, inclusive }: Bound): string {
  return `${op}${inclusive ? "=" : ""} ${printLiteral(value)}`;
}

function printLiteral(value: Literal): string {
  return typeof value === "string" ? JSON.stringify(value) : literalText(value);
}

/** As EQL quotes it: in backquotes where it is no plain name. */
function printPath(path: string): string {
  return /^[A-Za-z_@][\w.@-]*$/.test(path) ? path : `\`${path.replaceAll("`", "``")}\``;
}

function withFold(word: string, fold: boolean): string {
  return fold ? `${word}~` : word;
}

/** Lists among the parts may be long: they are no arguments of their own. */
function list(...parts: readonly (string | readonly string[])[]): string {
  return `(${parts.flat().join(" ")})`;
}
