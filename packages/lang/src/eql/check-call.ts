import {
  findFunction,
  type LanguageFunction,
  type Parameter,
  similarFunctions,
} from "../functions/index.ts";
import { parseBlock } from "../values/index.ts";
import type { CallNode, ExpressionNode } from "./ast.ts";
import { type Checking, reportError } from "./checking.ts";
import { foldConstant } from "./fold.ts";
import { type ExpressionType, fitsAll, isConstant, isNumeric, nameType, sumType } from "./types.ts";

/** What to write instead of functions of the older dialect. */
const oldFunctions: Readonly<Record<string, string>> = {
  match: 'write `field regex "…"`, which matches the whole value in Lucene\'s dialect',
  matchlite: 'write `field regex "…"`, which matches the whole value in Lucene\'s dialect',
  wildcard: 'write `field : ("a*", "b*")`',
  arraycontains: "a condition on a field holds if it holds for any of its values",
  arraysearch: "a condition on a field holds if it holds for any of its values",
  arraycount: "values of a field cannot be counted",
  safe: "not needed: a function with no value gives null",
};

/** What the call gives; `args` are the types of its arguments, already checked. A finding about a call points at the call. */
export function checkCall(
  node: CallNode,
  args: readonly ExpressionType[],
  checking: Checking,
): ExpressionType {
  const called = findFunction(node.name);
  if (called === undefined) {
    reportUnknownFunction(node, checking);
    return "unknown";
  }
  if (node.insensitive && !called.hasInsensitiveForm) {
    const message = `\`${called.name}\` has no form that ignores case`;
    const hint = `write \`${called.name}(…)\``;
    reportError(checking, "eql/insensitive-form", node.span, message, { hint });
  } else if (checkCount(node, called, checking)) {
    checkArguments(node, called, args, checking);
  }
  if (called.returns !== "number") return called.returns;
  return args.every(isNumeric) ? sumType(args) : "number";
}

function reportUnknownFunction(node: CallNode, checking: Checking): void {
  const lower = node.name.toLowerCase();
  const [similar] = similarFunctions(node.name);
  const old = Object.hasOwn(oldFunctions, lower) ? oldFunctions[lower] : undefined;
  const hint = old ?? (similar === undefined ? undefined : `did you mean \`${similar}\`?`);
  reportError(
    checking,
    "eql/unknown-function",
    node.span,
    `there is no function \`${node.name}\``,
    hint === undefined ? {} : { hint },
  );
}

function checkCount(node: CallNode, called: LanguageFunction, checking: Checking): boolean {
  const { parameters } = called;
  const least = parameters.filter(({ optional }) => optional !== true).length;
  const most = parameters.some(({ rest }) => rest === true) ? undefined : parameters.length;
  const given = node.args.length;
  if (given >= least && (most === undefined || given <= most)) return true;
  reportError(
    checking,
    "eql/argument-count",
    node.span,
    `\`${called.name}\` takes ${countText(least, most)}, here ${given === 1 ? "is" : "are"} ${given}`,
    { hint: `write \`${usageOf(called)}\`` },
  );
  return false;
}

function countText(least: number, most: number | undefined): string {
  if (most === undefined) return `${least} or more arguments`;
  if (most === least) return least === 1 ? "1 argument" : `${least} arguments`;
  return `${least} ${most === least + 1 ? "or" : "to"} ${most} arguments`;
}

function usageOf({ name, parameters }: LanguageFunction): string {
  const list = parameters.map(
    (each) => `${each.name}${each.optional === true ? "?" : ""}${each.rest === true ? ", …" : ""}`,
  );
  return `${name}(${list.join(", ")})`;
}

function checkArguments(
  node: CallNode,
  called: LanguageFunction,
  types: readonly ExpressionType[],
  checking: Checking,
): void {
  for (const [index, arg] of node.args.entries()) {
    const parameter = called.parameters[index] ?? called.parameters.at(-1);
    const type = types[index];
    if (parameter === undefined || type === undefined) continue;
    const label = { labels: [{ span: arg.span, message: `this is ${nameType(type)}` }] };
    if (parameter.constant === true && !isConstant(arg)) {
      const message = `argument \`${parameter.name}\` of \`${called.name}\` must be constant`;
      reportError(checking, "eql/not-constant", node.span, message, {
        labels: [{ span: arg.span, message: "this depends on a field" }],
      });
      return;
    }
    if (!accepts(parameter, type, arg)) {
      const message = `argument \`${parameter.name}\` of \`${called.name}\` must be ${wanted[parameter.type]}`;
      reportError(checking, "eql/argument-type", node.span, message, label);
      return;
    }
    if (called.name === "cidrMatch" && index > 0) {
      checkBlock(arg, checking);
    }
  }
}

const wanted: Readonly<Record<Parameter["type"], string>> = {
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "a boolean",
  ip: "an IP address",
  any: "a value",
};

function accepts(parameter: Parameter, type: ExpressionType, arg: ExpressionNode): boolean {
  if (fitsAll(type)) return true;
  switch (parameter.type) {
    case "any":
      return true;
    case "number":
      return isNumeric(type);
    case "integer":
      return type === "integer" || type === "number";
    case "ip":
      // Text that is computed may be an address; a field of text is refused, as in Elasticsearch.
      return type === "ip" || (type === "string" && arg.kind !== "field");
    default:
      return type === parameter.type;
  }
}

function checkBlock(arg: ExpressionNode, checking: Checking): void {
  const block = foldConstant(arg, checking.folding);
  if (typeof block !== "string" || parseBlock(block) !== undefined) return;
  reportError(checking, "eql/constant", arg.span, "this is no block of IP addresses", {
    hint: "write an address or a block: `10.0.0.0/8`, `2001:db8::/32`",
  });
}
