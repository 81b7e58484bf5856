import { equalsOnField } from "../ir/index.ts";
import type { InNode } from "./ast.ts";
import { holdsStar, isUnusable, reportMisfit, warnOfWildcard } from "./check-constant.ts";
import { type Checking, reportError } from "./checking.ts";
import { listValues, lowerField } from "./operands.ts";
import { areCompatible, type ExpressionType, fitsAll, isConstant, nameType } from "./types.ts";

/** `of in (…)`; `type` is that of `of`, `elements` those of the list, already checked. */
export function checkIn(
  node: InNode,
  type: ExpressionType,
  elements: readonly ExpressionType[],
  checking: Checking,
): void {
  const op = node.insensitive ? "in~" : "in";
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
