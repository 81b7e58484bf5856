import type { Report, Span } from "../text/index.ts";
import { checkRegex, type Literal } from "../values/index.ts";
import type {
  CallNode,
  ComparisonNode,
  ExpressionNode,
  InNode,
  LiteralNode,
  MatchNode,
} from "./ast.ts";
import { checkCall } from "./check-call.ts";
import { type Checking, checkField, reportError } from "./checking.ts";
import { compareOnField, equalsOnField, type Misfit } from "./constants.ts";
import { isUnmappedOptional, listValues, lowerField, orderSides } from "./operands.ts";
import { meaningOfMatch } from "./patterns.ts";
import { spanInside } from "./string-lexer.ts";
import {
  areCompatible,
  type ExpressionType,
  fitsAll,
  isConstant,
  isNumeric,
  nameType,
  sumType,
  typeOfLiteral,
} from "./types.ts";

/** An expression where only true or false makes sense. */
export function checkCondition(node: ExpressionNode, checking: Checking): void {
  const type = checkExpression(node, checking);
  if (type === "boolean" || fitsAll(type)) return;
  reportError(
    checking,
    "eql/not-boolean",
    node.span,
    `this is ${nameType(type)}, a condition must be true or false`,
    { hint: "compare it with something; `!= null` asks whether there is a value" },
  );
}

/** What the expression gives, after everything in it was checked. */
export function checkExpression(node: ExpressionNode, checking: Checking): ExpressionType {
  const type = typeOf(node, checking);
  checking.types.set(node, type);
  return type;
}

function typeOf(node: ExpressionNode, checking: Checking): ExpressionType {
  switch (node.kind) {
    case "literal":
      return typeOfLiteral(node.value);
    case "field":
      return checkField(node, checking);
    case "call":
      return checkCall(
        node,
        node.args.map((arg) => checkArgument(arg, node, checking)),
        checking,
      );
    case "negate":
      return checkNumber(node.of, checking);
    case "arithmetic": {
      const left = checkNumber(node.left, checking);
      const right = checkNumber(node.right, checking);
      return sumType([left, right]);
    }
    case "comparison":
      checkComparison(node, checking);
      return "boolean";
    case "in":
      checkIn(node, checking);
      return "boolean";
    case "match":
      checkMatch(node, checking);
      return "boolean";
    case "not":
      checkCondition(node.of, checking);
      return "boolean";
    case "logical":
      for (const operand of node.operands) checkCondition(operand, checking);
      return "boolean";
    default:
      return node satisfies never;
  }
}

/** A finding about an argument points at the call, with a label at the argument. */
function checkArgument(arg: ExpressionNode, call: CallNode, checking: Checking): ExpressionType {
  return arg.kind === "field"
    ? checkField(arg, checking, call.span)
    : checkExpression(arg, checking);
}

function checkNumber(node: ExpressionNode, checking: Checking): ExpressionType {
  const type = checkExpression(node, checking);
  if (isNumeric(type)) return type;
  if (!fitsAll(type)) {
    const message = `this is ${nameType(type)}, arithmetic takes numbers`;
    const isPredicate = node.kind === "in" || node.kind === "match";
    reportError(checking, "eql/type", node.span, message, {
      ...(isPredicate && {
        hint: "an operator such as `in` takes only the value right before it; use brackets",
      }),
    });
  }
  return "number";
}

function checkComparison(node: ComparisonNode, checking: Checking): void {
  checkExpression(node.left, checking);
  checkExpression(node.right, checking);
  const hasConstant = [node.left, node.right].some(
    (side) => isConstant(side) || isUnmappedOptional(side, checking.schema),
  );
  if (!hasConstant) {
    reportFieldComparison(node, checking);
    return;
  }
  const { op, left, right } = orderSides(node, checking);
  const { constant } = right;
  if (left.kind !== "field" || constant === null || isUnusable(left, checking)) return;
  const field = lowerField(left, checking);
  const isEquality = op === "==" || op === "!=";
  const fit = isEquality
    ? equalsOnField(field, [constant], false, checking.now)
    : compareOnField(field, op, constant, checking.now);
  if (fit.kind === "misfit") reportMisfit(fit, right.node.span, checking);
  else if (isEquality) warnOfWildcard(constant, right.node.span, op, left, checking);
}

function reportFieldComparison({ op, right }: ComparisonNode, checking: Checking): void {
  // `process.name == cmd.exe`: text without its quotes reads as a field that nobody knows.
  const isText = right.kind === "field" && checking.unknown.has(right.path);
  reportError(
    checking,
    "eql/field-comparison",
    right.span,
    `both sides of \`${op}\` depend on fields, one of them must be constant`,
    {
      hint: isText
        ? `text stands between double quotes: \`"${right.path}"\``
        : 'only a function may take several fields, such as `concat(a, b) == "xy"`',
    },
  );
}

/** A field that already has its finding: nothing more is said about its constants. */
function isUnusable(node: ExpressionNode, { types, schema }: Checking): boolean {
  return (
    node.kind === "field" && types.get(node) === "unknown" && schema.typeOf(node.path) !== undefined
  );
}

function reportMisfit({ message, hint }: Misfit, span: Span, checking: Checking): void {
  reportError(checking, "eql/constant", span, message, hint === undefined ? {} : { hint });
}

function warnOfWildcard(
  constant: Literal,
  span: Span,
  op: string,
  of: ExpressionNode,
  { types, report }: Checking,
): void {
  const type = types.get(of);
  if (!holdsStar(constant)) return;
  if (type !== "string" && type !== "unknown") return;
  report({
    severity: "warning",
    code: "eql/literal-wildcard",
    message: `\`${op}\` takes \`*\` literally`,
    span,
    hint: "use `:` or `like` to match a pattern",
  });
}

/** Windows itself writes shares as `\\*\ADMIN$`: that star is meant. */
function holdsStar(constant: Literal): boolean {
  return typeof constant === "string" && constant.includes("*") && !constant.startsWith("\\\\*\\");
}

function checkIn(node: InNode, checking: Checking): void {
  const op = node.insensitive ? "in~" : "in";
  const type = checkExpression(node.of, checking);
  const elements = node.list.map((element) => checkExpression(element, checking));
  if (node.insensitive && type !== "string" && !fitsAll(type)) {
    reportError(
      checking,
      "eql/type",
      node.of.span,
      `this is ${nameType(type)}, \`in~\` takes text`,
    );
    return;
  }
  const field = node.list.find((element) => !isConstant(element));
  if (field !== undefined) {
    reportError(
      checking,
      "eql/not-constant",
      node.span,
      `a list behind \`${op}\` takes constants only`,
      {
        labels: [{ span: field.span, message: "this depends on a field" }],
      },
    );
    return;
  }
  const first = node.insensitive ? "string" : (elements.find((each) => !fitsAll(each)) ?? "null");
  const odd = elements.findIndex((each) => !areCompatible(each, first));
  const oddNode = node.list[odd];
  if (oddNode !== undefined) {
    const message = node.insensitive
      ? "a list behind `in~` takes text only"
      : `a list behind \`${op}\` takes values of one type`;
    reportError(checking, "eql/type", node.span, message, {
      labels: [{ span: oddNode.span, message: `this is ${nameType(elements[odd] ?? "null")}` }],
    });
    return;
  }
  checkListOnField(node, op, checking);
}

function checkListOnField(node: InNode, op: string, checking: Checking): void {
  if (node.of.kind !== "field" || isUnusable(node.of, checking)) return;
  const values = listValues(node, checking);
  const field = lowerField(node.of, checking);
  const constants = values.map(({ value }) => value);
  const fit = equalsOnField(field, constants, node.insensitive, checking.now);
  const place = fit.kind === "misfit" ? values[fit.index] : undefined;
  if (fit.kind === "misfit") reportMisfit(fit, place?.node.span ?? node.span, checking);
  else {
    // One warning a list: it is the operator that is wrong.
    const star = values.find(({ value }) => holdsStar(value));
    if (star !== undefined) warnOfWildcard(star.value, star.node.span, op, node.of, checking);
  }
}

function checkMatch(node: MatchNode, checking: Checking): void {
  const type = checkExpression(node.of, checking);
  if (type !== "string" && !fitsAll(type)) {
    const message = `this is ${nameType(type)}, \`${node.op}\` takes text`;
    const hint =
      type === "ip" ? 'use `cidrMatch(source.ip, "10.0.0.0/8")`' : "use `==`, or `string(…)`";
    reportError(checking, "eql/type", node.of.span, message, { hint });
    return;
  }
  for (const pattern of node.patterns) {
    checkExpression(pattern, checking);
    if (typeof pattern.value !== "string") {
      const message = `the right side of \`${node.op}\` is text`;
      reportError(checking, "eql/type", pattern.span, message);
    } else if (meaningOfMatch(node.op).isRegex) {
      checkPattern(pattern, pattern.value, checking.report);
    }
  }
}

/** The finding is about the string; a label points at the place inside. */
function checkPattern({ span }: LiteralNode, pattern: string, report: Report): void {
  const error = checkRegex(pattern);
  if (error === undefined) return;
  report({
    severity: "error",
    code: "eql/regex",
    message: error.message,
    span,
    labels: [{ span: spanInside(span, error.offset), message: "here" }],
    ...(error.hint !== undefined && { hint: error.hint }),
  });
}
