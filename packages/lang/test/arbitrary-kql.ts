import fc from "fast-check";
import type {
  ConditionNode,
  KqlQuery,
  LiteralNode,
  Logic,
  LogicalNode,
  PatternNode,
  ValueNode,
  WordNode,
} from "../src/kql/index.ts";

const span = { source: { name: "made", text: "" }, start: 0, end: 0 };

/** Texts with all that has a meaning somewhere in the language. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 3 }),
      fc.constantFrom(...' \t\r\n\u00a0\\():<>"*{}?,/'.split("")),
      fc.constantFrom("and", "or", "not", "NOT", " AND ", " or ", "not ", "\\t", "\\u0041", "n"),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(""));

const quoted = text.map((value): LiteralNode => ({ kind: "literal", value, isQuoted: true, span }));

const typedWords = ["", "null", "true", "false"];

const plain = fc
  .oneof(
    text.map((value) => value.trim()).filter((value) => !typedWords.includes(value)),
    fc.constantFrom(true, false, null),
  )
  .map((value): LiteralNode => ({ kind: "literal", value, isQuoted: false, span }));

const pattern = fc.array(text, { minLength: 2, maxLength: 4 }).map(
  (pieces): PatternNode => ({
    kind: "pattern",
    pieces: pieces.map((piece, index) => {
      if (index === 0) return piece.trimStart();
      return index === pieces.length - 1 ? piece.trimEnd() : piece;
    }),
    span,
  }),
);

const word: fc.Arbitrary<WordNode> = fc.oneof(quoted, plain, pattern);

/** Parts joined by operators, as brackets allow. */
function logic<T>(part: fc.Arbitrary<T>): fc.Arbitrary<Logic<T>> {
  return fc.letrec<{ node: Logic<T> }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      part,
      fc
        .record({
          kind: fc.constantFrom("and" as const, "or" as const),
          operands: fc.array(tie("node"), { minLength: 2, maxLength: 3 }),
        })
        .map((made): LogicalNode<T> => ({ ...made, span })),
      tie("node").map((of): Logic<T> => ({ kind: "not", of, span })),
    ),
  })).node;
}

const value: fc.Arbitrary<ValueNode> = logic(word);

const condition: fc.Arbitrary<ConditionNode> = fc.letrec<{ condition: ConditionNode }>((tie) => ({
  condition: logic<ConditionNode>(
    fc.oneof(
      { depthSize: "small" },
      word.map((made): ConditionNode => ({ kind: "term", value: made, span })),
      fc
        .record({ field: word, value })
        .map((made): ConditionNode => ({ kind: "match", ...made, span })),
      fc
        .record({ field: word, op: fc.constantFrom("<", "<=", ">", ">="), bound: word })
        .map((made): ConditionNode => ({ kind: "range", ...made, span })),
      fc
        .record({ field: word, of: tie("condition") })
        .map((made): ConditionNode => ({ kind: "nested", ...made, span })),
    ),
  ),
})).condition;

/** Trees that the parser can make, with nonsense fields: printing does not care. */
export const arbitraryKql: fc.Arbitrary<KqlQuery> = fc
  .option(condition)
  .map((made) => ({ condition: made, span }));
