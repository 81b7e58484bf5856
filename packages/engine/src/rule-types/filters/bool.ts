import { allOf, anyOf, complement, type Predicate } from "@harrier/lang/ir";
import type { RawObject, ValuePath } from "../../rules/index.ts";
import type { CompileClause, FilterContext } from "./context.ts";
import { checkOptions } from "./field-clause.ts";
import { isObject, quote, rejectValue } from "./shape.ts";

const lists = ["must", "filter", "should", "must_not"] as const;

/** `must` and `filter` all hold, `must_not` none, and of `should` some, unless others decide already. */
export const compileBool: CompileClause = (body, path, context) => {
  if (!isObject(body)) return rejectValue(path, body, "an object", context);
  const known = [...lists, "minimum_should_match", "adjust_pure_negative"];
  const isSound = checkOptions(body, known, path, context);
  const must = compileList(body, "must", path, context);
  const filter = compileList(body, "filter", path, context);
  const should = compileList(body, "should", path, context);
  const mustNot = compileList(body, "must_not", path, context);
  if (!isSound || !must || !filter || !should || !mustNot) return undefined;
  const needsSome = must.length === 0 && filter.length === 0 ? 1 : 0;
  const least = readMinimum(body, needsSome, should.length, path, context);
  if (least === undefined) return undefined;
  const needed = [...must, ...filter, ...mustNot.map(complement)];
  // Without any clause every event is meant, whatever the minimum.
  if (needed.length === 0 && should.length === 0) return { kind: "constant", value: true };
  return allOf([...needed, ...atLeast(least, should)]);
};

/** One clause or a list of them; `undefined` if one of them can't be a condition. */
function compileList(
  body: RawObject,
  key: (typeof lists)[number],
  path: ValuePath,
  context: FilterContext,
): readonly Predicate[] | undefined {
  const given = Object.hasOwn(body, key) ? body[key] : undefined;
  if (given === undefined || given === null) return [];
  const compiled = Array.isArray(given)
    ? given.map((clause: unknown, index) => context.compile(clause, [...path, key, index], context))
    : [context.compile(given, [...path, key], context)];
  const sound = compiled.filter((predicate) => predicate !== undefined);
  return sound.length === compiled.length ? sound : undefined;
}

/** How many of the clauses must hold. */
function readMinimum(
  body: RawObject,
  usual: number,
  count: number,
  path: ValuePath,
  { report }: FilterContext,
): number | undefined {
  const { minimum_should_match: given } = body;
  if (given === undefined || given === null) return Math.min(usual, count);
  const least = parseMinimum(given, count);
  if (least === undefined || (least > 1 && least < count)) {
    const message = `\`minimum_should_match\` is ${quote(String(given))}; only none, one or all of the clauses can be asked for`;
    report([...path, "minimum_should_match"], "filter/unsupported", message);
    return undefined;
  }
  return least;
}

/** A count or a share of the clauses; a negative one tells how many may be missing. */
function parseMinimum(given: unknown, count: number): number | undefined {
  const parts = /^(-?)(\d{1,9})(%?)$/.exec(String(given).trim());
  if (parts === null) return undefined;
  const [, sign, digits, percent] = parts;
  const size = percent === "%" ? Math.floor((count * Number(digits)) / 100) : Number(digits);
  return Math.max(0, sign === "-" ? count - size : size);
}

function atLeast(least: number, should: readonly Predicate[]): readonly Predicate[] {
  if (least === 0) return [];
  if (least > should.length) return [{ kind: "constant", value: false }];
  return least === 1 ? [anyOf(should)] : should;
}
