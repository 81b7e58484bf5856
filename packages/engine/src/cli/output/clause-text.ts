import type {
  Bound,
  EqualsPredicate,
  Expression,
  LeafPredicate,
  Predicate,
  RangePredicate,
  RegexPredicate,
  TokensPredicate,
  WildcardPredicate,
} from "@harrier/lang/ir";
import { formatInstant, hasWildcards, type Literal, literalText } from "@harrier/lang/values";

/**
 * One clause as EQL spells it, for people: `process.name : ("nc.exe", "ncat*")`. What joins clauses is a
 * phrase. At most `listLimit` values of a list are shown.
 */
export function clauseText(predicate: Predicate, listLimit: number): string {
  switch (predicate.kind) {
    case "constant":
      return predicate.value ? "any event" : "no event";
    case "all":
      return "all of";
    case "any":
      return "any of";
    case "not":
      return predicate.of.kind === "any" ? "none of" : "not";
    default:
      return leafText(predicate, listLimit);
  }
}

function leafText(leaf: LeafPredicate, limit: number): string {
  switch (leaf.kind) {
    case "exists":
      return `${leaf.field.path} != null`;
    case "equals": {
      const values = leaf.values.map((value) => valueText(value, leaf.field.type));
      return `${leaf.field.path} ${equalsWord(leaf)} ${listText(values, limit)}`;
    }
    case "range":
      return rangeText(leaf);
    case "wildcard":
    case "regex": {
      const patterns = leaf.patterns.map((pattern) => literal(pattern));
      return `${leaf.field.path} ${patternWord(leaf)} ${listText(patterns, limit)}`;
    }
    case "cidr": {
      const blocks = leaf.blocks.map((block) => literal(block));
      return `cidrMatch(${[leaf.field.path, ...shorten(blocks, limit)].join(", ")})`;
    }
    case "tokens":
      return tokensText(leaf, limit);
    case "anywhere": {
      const patterns = leaf.patterns.map((pattern) => literal(pattern));
      return `any field ${leaf.fold ? ":" : "like"} ${listText(patterns, limit)}`;
    }
    case "nested":
      return `one object of ${leaf.path} has`;
    case "expression":
      return expressionText(leaf.of, limit);
    default:
      return leaf satisfies never;
  }
}

/** `:` is how rules are written, but it takes `*` and `?` as wildcards, which they are not here. */
function equalsWord({ values, fold }: EqualsPredicate): string {
  if (!fold) return values.length === 1 ? "==" : "in";
  const hasMarks = values.some((value) => typeof value === "string" && hasWildcards(value));
  return hasMarks ? "in~" : ":";
}

function patternWord({ kind, fold }: WildcardPredicate | RegexPredicate): string {
  if (kind === "wildcard") return fold ? ":" : "like";
  return fold ? "regex~" : "regex";
}

/** Words of a text: EQL has no spelling for them. */
function tokensText({ field, mode, tokens }: TokensPredicate, limit: number): string {
  const list = listText(
    tokens.map((token) => literal(token)),
    limit,
  );
  switch (mode) {
    case "any":
      return `${field.path} has ${tokens.length === 1 ? "the word" : "one of the words"} ${list}`;
    case "phrase":
      return `${field.path} has the words ${literal(tokens.join(" "))}`;
    case "wildcard":
      return `${field.path} has a word like ${list}`;
    default:
      return mode satisfies never;
  }
}

function rangeText({ field, above, below }: RangePredicate): string {
  const part = (op: string, { value, inclusive }: Bound) =>
    `${field.path} ${op}${inclusive ? "=" : ""} ${valueText(value, field.type)}`;
  return [
    ...(above === undefined ? [] : [part(">", above)]),
    ...(below === undefined ? [] : [part("<", below)]),
  ].join(" and ");
}

function expressionText(expression: Expression, limit: number): string {
  const text = (part: Expression): string =>
    isCompound(part) ? `(${expressionText(part, limit)})` : expressionText(part, limit);
  switch (expression.kind) {
    case "literal":
      return literal(expression.value);
    case "field":
      return expression.field.path;
    case "call": {
      const args = expression.args.map((argument) => expressionText(argument, limit));
      return `${expression.name}${expression.fold ? "~" : ""}(${shorten(args, limit + 1).join(", ")})`;
    }
    case "arithmetic":
    case "comparison":
      return `${text(expression.left)} ${expression.op} ${text(expression.right)}`;
    case "negate":
      return `-${text(expression.of)}`;
    case "in": {
      const values = expression.values.map((value) => literal(value));
      return `${text(expression.of)} in${expression.fold ? "~" : ""} ${listText(values, limit)}`;
    }
    case "wildcard":
    case "regex": {
      const word = expression.kind === "wildcard" ? "like" : "regex";
      const patterns = expression.patterns.map((pattern) => literal(pattern));
      return `${text(expression.of)} ${word}${expression.fold ? "~" : ""} ${listText(patterns, limit)}`;
    }
    case "isNull":
      return `${text(expression.of)} == null`;
    case "all":
    case "any":
      return expression.of.map(text).join(expression.kind === "all" ? " and " : " or ");
    case "not":
      return `not ${text(expression.of)}`;
    default:
      return expression satisfies never;
  }
}

function isCompound({ kind }: Expression): boolean {
  return kind !== "literal" && kind !== "field" && kind !== "call";
}

function listText(values: readonly string[], limit: number): string {
  const [first = ""] = values;
  return values.length === 1 ? first : `(${shorten(values, limit).join(", ")})`;
}

function shorten(values: readonly string[], limit: number): readonly string[] {
  if (values.length <= limit + 1) return values;
  return [...values.slice(0, limit), `… ${values.length - limit} more`];
}

/** A literal of a field of this type; dates are nanoseconds there, and times for people. */
function valueText(value: Literal, type: string): string {
  const isDate = (type === "date" || type === "date_nanos") && typeof value === "bigint";
  return isDate ? literal(formatInstant(value)) : literal(value);
}

/** As it would stand in a query. */
export function literal(value: Literal): string {
  return typeof value === "string" ? JSON.stringify(value) : literalText(value);
}
