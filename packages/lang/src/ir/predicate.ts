import type { FieldPath, FieldType, Literal, TextAnalyzer } from "../values/index.ts";

/** A field as a condition uses it: its path, and the type the schema gave it when the query was lowered. */
export interface Field {
  readonly path: FieldPath;
  readonly type: FieldType;
}

/**
 * A condition on one event. It is true or false, never null: a leaf that finds no value is false,
 * and `not` is the complement of what it holds (eql-semantics 4.2).
 *
 * Every leaf over a field is true when *some* value of the field satisfies it, so that its negation
 * means *no* value does. An absent field has no values.
 */
export type Predicate =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "all" | "any"; readonly of: readonly Predicate[] }
  | { readonly kind: "not"; readonly of: Predicate }
  | LeafPredicate;

export type LeafPredicate = FieldPredicate | ComputedPredicate;

/** A leaf that takes more than the values of one field: it is worked out when a condition comes to it. */
export type ComputedPredicate = ExpressionPredicate | NestedPredicate | AnywherePredicate;

/** A leaf over one field: what the matching engine indexes and shares between rules. */
export type FieldPredicate =
  | ExistsPredicate
  | EqualsPredicate
  | RangePredicate
  | WildcardPredicate
  | RegexPredicate
  | CidrPredicate
  | TokensPredicate;

/** The field has a value; an empty string is one. */
export interface ExistsPredicate {
  readonly kind: "exists";
  readonly field: Field;
}

/**
 * Some value equals one of `values`, which already have the field's type: text for `keyword` and
 * `version`, `bigint` or `number` for numbers, canonical text for `ip`, epoch nanoseconds (`bigint`)
 * for dates. No wildcards. `fold` ignores case.
 */
export interface EqualsPredicate {
  readonly kind: "equals";
  readonly field: Field;
  readonly values: readonly Exclude<Literal, null>[];
  readonly fold: boolean;
}

/** One value lies between all bounds given (at least one). Bounds have the field's type, as in `equals`. */
export interface RangePredicate {
  readonly kind: "range";
  readonly field: Field;
  readonly above?: Bound;
  readonly below?: Bound;
}

export interface Bound {
  readonly value: Exclude<Literal, null | boolean>;
  readonly inclusive: boolean;
}

/**
 * Some value matches one of the patterns: `*` any run, `?` one code point, nothing else is special. Languages
 * with escapes lower a pattern that has a literal `*` or `?` beside wildcards to `regex`: see `patternsOnField`.
 */
export interface WildcardPredicate {
  readonly kind: "wildcard";
  readonly field: Field;
  readonly patterns: readonly string[];
  readonly fold: boolean;
}

/** Some value matches one of the Lucene regular expressions as a whole. */
export interface RegexPredicate {
  readonly kind: "regex";
  readonly field: Field;
  readonly patterns: readonly string[];
  readonly fold: boolean;
}

/** Some value is an address inside one of the blocks (`10.0.0.0/8`, a bare address is a block of one). */
export interface CidrPredicate {
  readonly kind: "cidr";
  readonly field: Field;
  readonly blocks: readonly string[];
}

/**
 * Some value of a text field, cut into tokens by the field's analyzer (`analyzeText`), has
 *
 * - `any`: one of `tokens`;
 * - `phrase`: all of `tokens`, one right after another;
 * - `wildcard`: a token that matches one of `tokens`, which are patterns as those of `wildcard`.
 *
 * `tokens` are what the analyzer makes, in lower case; see `tokensOnField`.
 */
export interface TokensPredicate {
  readonly kind: "tokens";
  readonly field: Field;
  readonly analyzer: TextAnalyzer;
  readonly mode: "any" | "phrase" | "wildcard";
  readonly tokens: readonly string[];
}

/** One object of those at `path` satisfies `of` all by itself. The fields of `of` are relative to the object. */
export interface NestedPredicate {
  readonly kind: "nested";
  readonly path: FieldPath;
  readonly of: Predicate;
}

/**
 * Some value of any field, as text, matches one of the patterns as a whole. In these patterns a backslash
 * takes the meaning of the character behind it (`parseWildcard`).
 */
export interface AnywherePredicate {
  readonly kind: "anywhere";
  readonly patterns: readonly string[];
  readonly fold: boolean;
}

/**
 * A leaf that computes: functions, arithmetic, several fields. Evaluated for all combinations of
 * its fields' values; true if some combination gives true. Null counts as false here and only here.
 */
export interface ExpressionPredicate {
  readonly kind: "expression";
  readonly of: Expression;
}

/** Inside an expression three-valued logic holds: null in, null out, but for `isNull`. */
export type Expression =
  | { readonly kind: "literal"; readonly value: Literal }
  | { readonly kind: "field"; readonly field: Field }
  | {
      readonly kind: "call";
      /** The function's name as the functions table spells it. */
      readonly name: string;
      readonly args: readonly Expression[];
      /** Called in its insensitive form, `endsWith~`. */
      readonly fold: boolean;
    }
  | {
      readonly kind: "arithmetic";
      readonly op: "+" | "-" | "*" | "/" | "%";
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "negate"; readonly of: Expression }
  | {
      readonly kind: "comparison";
      readonly op: "==" | "!=" | "<" | "<=" | ">" | ">=";
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "in";
      readonly of: Expression;
      readonly values: readonly Exclude<Literal, null>[];
      readonly fold: boolean;
    }
  | {
      readonly kind: "wildcard" | "regex";
      readonly of: Expression;
      readonly patterns: readonly string[];
      readonly fold: boolean;
    }
  | { readonly kind: "isNull"; readonly of: Expression }
  | { readonly kind: "all" | "any"; readonly of: readonly Expression[] }
  | { readonly kind: "not"; readonly of: Expression };
