import { compareOnField, equalsOnField } from "../ir/index.ts";
import type { CallNode, ComparisonNode, ExpressionNode } from "./ast.ts";
import { checkCall } from "./check-call.ts";
import { isUnusable, reportMisfit, warnOfWildcard } from "./check-constant.ts";
import { checkIn } from "./check-list.ts";
import { checkMatch } from "./check-match.ts";
import { type Checking, checkField, reportError } from "./checking.ts";
import { isUnmappedOptional, lowerField, orderSides } from "./operands.ts";
import {
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
function checkExpression(node: ExpressionNode, checking: Checking): ExpressionType {
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
    case "in": {
      const of = checkExpression(node.of, checking);
      const elements = node.list.map((element) => checkExpression(element, checking));
      checkIn(node, of, elements, checking);
      return "boolean";
    }
    case "match":
      checkMatch(node, checkExpression(node.of, checking), checking);
      for (const pattern of node.patterns) checkExpression(pattern, checking);
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
