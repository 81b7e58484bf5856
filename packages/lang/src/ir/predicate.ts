import type { FieldPath, FieldType, Literal } from "../values/index.ts";

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

export type LeafPredicate = FieldPredicate | ExpressionPredicate;

/** A leaf over one field: what the matching engine indexes and shares between rules. */
export type FieldPredicate =
  | ExistsPredicate
  | EqualsPredicate
  | RangePredicate
  | WildcardPredicate
  | RegexPredicate
  | CidrPredicate;

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

/** Some value matches one of the patterns: `*` any run, `?` one code point, nothing else is special. */
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
