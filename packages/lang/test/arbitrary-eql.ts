import fc from "fast-check";
import type {
  EventFilter,
  ExpressionNode,
  FieldNode,
  LiteralNode,
  Query,
  Statement,
  Term,
} from "../src/eql/index.ts";
import { keywords } from "../src/eql/token.ts";

/** A tree without its places, so that two can be compared. */
export function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "span" && key !== "bySpan");
  return Object.fromEntries(entries.map(([key, part]) => [key, bare(part)]));
}

const span = { source: { name: "made", text: "" }, start: 0, end: 0 };

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom("a*", "\\", '"', '"""', "\n", "\u202e", "//", "/*", "`"),
);
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,6}$/).filter((each) => !keywords.has(each));

const literal: fc.Arbitrary<LiteralNode> = fc
  .oneof(
    text,
    fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
    fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    fc.constantFrom(true, false, null),
  )
  .map((value) => ({ kind: "literal", value, span }));

const field: fc.Arbitrary<FieldNode> = fc
  .record({
    path: fc
      .array(fc.oneof(name, text, fc.constantFrom(...keywords)), { minLength: 1, maxLength: 3 })
      .map((names) => names.join("."))
      .filter((path) => path !== ""),
    optional: fc.boolean(),
  })
  .map((node) => ({ kind: "field", ...node, span }));

type NodeOf<K> = Extract<ExpressionNode, { readonly kind: K }>;

/** A node of a kind, with its parts. */
function node<K extends ExpressionNode["kind"]>(
  kind: K,
  parts: { readonly [P in Exclude<keyof NodeOf<K>, "kind" | "span">]: fc.Arbitrary<NodeOf<K>[P]> },
): fc.Arbitrary<ExpressionNode> {
  const list = Object.entries<fc.Arbitrary<unknown>>(parts);
  return fc.tuple(...list.map(([, part]) => part)).map((values) => {
    const made = Object.fromEntries(list.map(([key], index) => [key, values[index]]));
    // The parts are exactly those of the kind: the parameter's type says so.
    return { ...made, kind, span } as unknown as ExpressionNode;
  });
}

const { expression } = fc.letrec<{ expression: ExpressionNode }>((tie) => {
  const part = tie("expression");
  const patterns = fc.array(literal, { minLength: 1, maxLength: 3 });
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthIdentifier: "expression", withCrossShrink: true },
      literal,
      field,
      node("call", {
        name,
        insensitive: fc.boolean(),
        args: fc.array(part, { maxLength: 3 }),
      }),
      node("negate", { of: part }),
      node("not", { of: part }),
      node("arithmetic", { op: fc.constantFrom("+", "-", "*", "/", "%"), left: part, right: part }),
      node("comparison", {
        op: fc.constantFrom("==", "!=", "<", "<=", ">", ">="),
        left: part,
        right: part,
      }),
      node("in", {
        of: part,
        list: fc.array(part, { minLength: 1, maxLength: 3 }),
        insensitive: fc.boolean(),
        negated: fc.boolean(),
      }),
      node("match", {
        op: fc.constantFrom(":", "like", "like~", "regex", "regex~"),
        of: part,
        patterns,
      }),
      node("logical", {
        op: fc.constantFrom("and", "or"),
        operands: fc.array(part, { minLength: 2, maxLength: 4 }),
      }).map(flatten),
    ),
  };
});

/** A chain in a chain of the same operator is one chain: the parser makes no other. */
function flatten(made: ExpressionNode): ExpressionNode {
  if (made.kind !== "logical") return made;
  const operands = made.operands.flatMap((operand) =>
    operand.kind === "logical" && operand.op === made.op ? operand.operands : [operand],
  );
  return { ...made, operands };
}

const filter: fc.Arbitrary<EventFilter> = fc
  .record({ category: fc.option(fc.oneof(name, text)), condition: expression })
  .map(({ category, condition }) => ({
    kind: "filter",
    category: { kind: "category", name: category, span },
    condition,
    span,
  }));

function terms(keys: number, mayRepeat: boolean): fc.Arbitrary<readonly Term[]> {
  const term = fc
    .record({
      missing: mayRepeat ? fc.boolean() : fc.constant(false),
      filter,
      by: fc.array(field, { minLength: keys, maxLength: keys }),
      runs: mayRepeat ? fc.integer({ min: 1, max: 100 }) : fc.constant(1),
    })
    .map((made): Term => ({ kind: "term", ...made, span }));
  return fc
    .array(term, { minLength: 2, maxLength: 4 })
    .map(([first, ...others]) => (first ? [{ ...first, missing: false }, ...others] : []));
}

const keyCount = fc.integer({ min: 0, max: 2 });

const query: fc.Arbitrary<Query> = fc.oneof(
  filter.map((made): Query => ({ kind: "event", filter: made, span })),
  keyCount.chain((count) =>
    fc
      .record({
        by: fc.array(field, { maxLength: 2 }),
        amount: fc.integer({ min: 1, max: 1000 }),
        unit: fc.constantFrom("ms", "s", "m", "h", "d"),
        terms: terms(count, true),
        until: fc.option(terms(count, false).map(([first]) => first)),
      })
      .map(
        ({ by, amount, unit, terms: list, until }): Query => ({
          kind: "sequence",
          by,
          maxspan: { kind: "maxspan", amount, unit, span },
          terms: list,
          ...(until && { until }),
          span,
        }),
      ),
  ),
  keyCount.chain((count) =>
    fc
      .record({ by: fc.array(field, { minLength: 1, maxLength: 2 }), terms: terms(count, false) })
      .map((made): Query => ({ kind: "sample", ...made, span })),
  ),
);

const pipes = fc.array(
  fc
    .record({
      name: fc.constantFrom("head", "tail"),
      count: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    })
    .map((made) => ({ kind: "pipe" as const, ...made, span })),
  { maxLength: 2 },
);

/** Trees that the parser can make, with nonsense types: printing does not care. */
export const arbitraryStatement: fc.Arbitrary<Statement> = fc
  .record({ query, pipes })
  .map(({ query: made, pipes: list }) => ({
    kind: "statement",
    query: made,
    pipes: made.kind === "sample" ? [] : list,
    span,
  }));
