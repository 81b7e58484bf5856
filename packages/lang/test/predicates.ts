/** Random predicates and events for property tests. Small pools, so that they often meet. */
import fc from "fast-check";
import type { Expression, Field, FieldPredicate, Predicate } from "../src/ir/index.ts";
import type { EventDocument } from "../src/match/index.ts";

const fields: readonly Field[] = [
  { path: "name", type: "keyword" },
  { path: "process.name", type: "keyword" },
  { path: "process.parent.name", type: "keyword" },
  { path: "process.args", type: "keyword" },
  { path: "__proto__.name", type: "keyword" },
  { path: "constructor", type: "keyword" },
  { path: "pid", type: "long" },
  { path: "process.pid", type: "long" },
  { path: "ratio", type: "double" },
  { path: "flag", type: "boolean" },
  { path: "source.ip", type: "ip" },
  { path: "version", type: "version" },
  { path: "time", type: "date" },
  { path: "time.exact", type: "date_nanos" },
  { path: "odd..name", type: "unknown" },
  { path: "process.odd", type: "unknown" },
  // Of objects inside `process`, and of `process` as an object.
  { path: "parent.name", type: "keyword" },
  { path: "args", type: "keyword" },
  { path: "message", type: "text" },
];

/** Paths at which events may have objects, one or many. */
const objects = ["process", "process.parent", "parent", "__proto__", "time"];

const texts: readonly string[] = [
  ..."aAbBkKsiIß*?\\.😀",
  "\u212a",
  "\u017f",
  "\u0130",
  "\ud83d",
  "",
  "ab",
  "AB",
  "aab",
  "a*b",
  "cmd.exe",
  "CMD.EXE",
  "C:\\Windows\\cmd.exe",
  "powershell.exe",
  "a\nb",
  "true",
  "false",
  "4",
  "4.0",
  "4.5",
  "-7",
  "10.0.0.1",
  "10.0.0.2",
  "::ffff:10.0.0.1",
  "fe80::1",
  "1.2.3",
  "1.2.3-SNAPSHOT",
  "1.10",
  "2024-05-01",
  "2024-05-01T10:00:00.123456789Z",
  "ab".repeat(2_500),
  "Ab ab aab, cmd.exe",
  "power-shell ab k",
];

/** As analyzers make them, and some that they never make. */
const tokens = ["ab", "aab", "k", "s", "cmd.exe", "cmd", "power-shell", "4", "İ", "AB", ""];

const patternPieces = ["*", "*", "?", "a", "B", "cmd", ".exe", "\u212a", "😀", "\\", "ab", "power"];
const regexes = [
  "a.*",
  "[a-c]+",
  "(ab|k)*",
  ".",
  "[A-Z]{1,3}",
  "~(a.*)",
  "<1-20>",
  "cmd\\.exe",
  "@",
];
const blocks = ["10.0.0.0/31", "10.0.0.1", "fe80::/10", "0.0.0.0/0"];

const numbers = fc.constantFrom<(number | bigint)[]>(0n, 4n, -7n, 5n, 2n ** 60n, 4.5, 0.5, 1e300);
const text = fc.constantFrom(...texts);
const pattern = fc
  .array(fc.constantFrom(...patternPieces), { maxLength: 5 })
  .map((p) => p.join(""));
const fieldArb = fc.constantFrom(...fields);

/** A literal as the lowering would give it for the field. */
function literalOf(field: Field): fc.Arbitrary<string | number | bigint | boolean> {
  switch (field.type) {
    case "long":
    case "double":
      return numbers;
    case "boolean":
      return fc.boolean();
    case "ip":
      return fc.constantFrom("10.0.0.1", "10.0.0.2", "fe80::1");
    case "date":
    case "date_nanos":
      return fc.constantFrom(1_714_521_600_000_000_000n, 1_714_557_600_123_456_789n, 4_000_000n);
    case "unknown":
      return fc.oneof(text, numbers, fc.boolean());
    default:
      return text;
  }
}

function rangeOf(field: Field): fc.Arbitrary<FieldPredicate> {
  const value = literalOf(field).map((literal) => (typeof literal === "boolean" ? 4n : literal));
  return fc
    .record({ value, inclusive: fc.boolean(), isAbove: fc.boolean() })
    .map(({ isAbove, ...bound }) =>
      isAbove ? { kind: "range", field, above: bound } : { kind: "range", field, below: bound },
    );
}

const leaf: fc.Arbitrary<FieldPredicate> = fieldArb.chain((field) =>
  fc.oneof(
    fc.constant({ kind: "exists" as const, field }),
    fc.record({
      kind: fc.constant("equals" as const),
      field: fc.constant(field),
      values: fc.array(literalOf(field), { minLength: 1, maxLength: 3 }),
      fold: fc.boolean(),
    }),
    ...(field.type === "boolean" ? [] : [rangeOf(field)]),
    fc.record({
      kind: fc.constant("wildcard" as const),
      field: fc.constant(field),
      patterns: fc.array(pattern, { minLength: 1, maxLength: 3 }),
      fold: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("regex" as const),
      field: fc.constant(field),
      patterns: fc.array(fc.constantFrom(...regexes), { minLength: 1, maxLength: 2 }),
      fold: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant("cidr" as const),
      field: fc.constant(field),
      blocks: fc.array(fc.constantFrom(...blocks), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      kind: fc.constant("tokens" as const),
      field: fc.constant(field),
      analyzer: fc.constantFrom("standard" as const, "powershell" as const),
      mode: fc.constantFrom("any" as const, "phrase" as const, "wildcard" as const),
      tokens: fc.array(fc.oneof(fc.constantFrom(...tokens), pattern), { maxLength: 3 }),
    }),
  ),
);

const { expression } = fc.letrec<{ expression: Expression }>((tie) => {
  const part = tie("expression");
  const parts = fc.array(part, { minLength: 1, maxLength: 3 });
  return {
    expression: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fieldArb.map((field): Expression => ({ kind: "field", field })),
      fc
        .oneof(text, numbers, fc.boolean(), fc.constant(null))
        .map((value): Expression => ({ kind: "literal", value })),
      fc
        .record({ name: fc.constantFrom("length", "string"), arg: part })
        .map(({ name, arg }): Expression => ({ kind: "call", name, args: [arg], fold: false })),
      fc
        .record({
          name: fc.constantFrom("startsWith", "endsWith", "stringContains", "indexOf"),
          args: fc.tuple(part, part),
          fold: fc.boolean(),
        })
        .map((call): Expression => ({ kind: "call", ...call })),
      parts.map((args): Expression => ({ kind: "call", name: "concat", args, fold: false })),
      fc.record({
        kind: fc.constant("arithmetic" as const),
        op: fc.constantFrom("+", "-", "*", "/", "%"),
        left: part,
        right: part,
      }),
      fc.record({
        kind: fc.constant("comparison" as const),
        op: fc.constantFrom("==", "!=", "<", "<=", ">", ">="),
        left: part,
        right: part,
      }),
      fc.record({
        kind: fc.constantFrom("negate" as const, "isNull" as const, "not" as const),
        of: part,
      }),
      fc.record({
        kind: fc.constant("in" as const),
        of: part,
        values: fc.array(fc.oneof(text, numbers), { minLength: 1, maxLength: 3 }),
        fold: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant("wildcard" as const),
        of: part,
        patterns: fc.array(pattern, { minLength: 1, maxLength: 2 }),
        fold: fc.boolean(),
      }),
      fc.record({ kind: fc.constantFrom("all" as const, "any" as const), of: parts }),
    ),
  };
});

/** Leaves of every kind under `all`, `any`, `not` and constants. */
export const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { arbitrary: leaf, weight: 6 },
    {
      arbitrary: expression.map((of): Predicate => ({ kind: "expression", of })),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant("anywhere" as const),
        patterns: fc.array(fc.oneof(pattern, fc.constantFrom("a\\*b", "?\\?*", "ab\\")), {
          maxLength: 2,
        }),
        fold: fc.boolean(),
      }),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant("nested" as const),
        path: fc.constantFrom(...objects),
        of: tie("predicate"),
      }),
      weight: 2,
    },
    {
      arbitrary: fc.boolean().map((value): Predicate => ({ kind: "constant", value })),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constantFrom("all" as const, "any" as const),
        of: fc.array(tie("predicate"), { maxLength: 4 }),
      }),
      weight: 4,
    },
    {
      arbitrary: tie("predicate").map((of): Predicate => ({ kind: "not", of })),
      weight: 2,
    },
  ),
}));

const scalar = fc.oneof(
  { arbitrary: text, weight: 6 },
  { arbitrary: fc.constantFrom<(number | bigint)[]>(0, 4, 4.5, -7, 2 ** 60, 2n ** 60n), weight: 2 },
  { arbitrary: fc.boolean(), weight: 1 },
  { arbitrary: fc.constant(null), weight: 1 },
);
const value = fc.oneof(
  { arbitrary: scalar, weight: 4 },
  { arbitrary: fc.array(scalar, { maxLength: 3 }), weight: 2 },
  { arbitrary: fc.array(fc.array(scalar, { maxLength: 2 }), { maxLength: 2 }), weight: 1 },
);

/** One field with a value, its path cut into keys somewhere: `process.parent.name`, `process` > `parent.name`, … */
const entry = fc.record({
  path: fieldArb.map((field) => field.path),
  cuts: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  value,
  isListed: fc.boolean(),
});

/** Nested, dotted and mixed keys, arrays and arrays of objects, null in all its forms. */
export const event: fc.Arbitrary<EventDocument> = fc
  .array(entry, { maxLength: 6 })
  .map((entries) => {
    const document = {};
    for (const { path, cuts, value: leafValue, isListed } of entries) {
      setOwn(document, keysOf(path, cuts), isListed ? [leafValue] : leafValue);
    }
    return document;
  });

function keysOf(path: string, cuts: readonly boolean[]): readonly string[] {
  const keys: string[] = [];
  path.split(".").forEach((name, index) => {
    if (index === 0 || cuts[index] === true) keys.push(name);
    else keys.push(`${keys.pop()}.${name}`);
  });
  return keys;
}

/** Defines own properties only, also for `__proto__`; what is there already becomes a list with the new. */
function setOwn(target: object, [key = "", ...rest]: readonly string[], leafValue: unknown): void {
  const current: unknown = Object.getOwnPropertyDescriptor(target, key)?.value;
  let next = leafValue;
  if (rest.length > 0) {
    next = {};
    setOwn(next as object, rest, leafValue);
  }
  Object.defineProperty(target, key, {
    value: current === undefined ? next : [current, next],
    enumerable: true,
    configurable: true,
    writable: true,
  });
}
