/** What a query asks, free of any language's spelling. Every language lowers to this; every target starts from it. */
export { allOf, anyOf, complement } from "./combine.ts";
export { compareOnField, equalsOnField, type Misfit } from "./constants.ts";
export { existsOnField, orBelow } from "./objects.ts";
export { patternsOnField, tokenPatternsOnField, tokensOnField } from "./patterns.ts";
export type { EventPlan, JoinField, Pipe, Plan, SamplePlan, SequencePlan, Step } from "./plan.ts";
export type {
  AnywherePredicate,
  Bound,
  CidrPredicate,
  ComputedPredicate,
  EqualsPredicate,
  ExistsPredicate,
  Expression,
  ExpressionPredicate,
  Field,
  FieldPredicate,
  LeafPredicate,
  NestedPredicate,
  Predicate,
  RangePredicate,
  RegexPredicate,
  TokensPredicate,
  WildcardPredicate,
} from "./predicate.ts";
export { printExpression, printPlan, printPredicate } from "./print.ts";
export { simplify } from "./simplify/index.ts";
export { conditionsOf, fieldsOf, partsOf, walkFields, walkPredicate } from "./walk.ts";
