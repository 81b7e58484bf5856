import fc from "fast-check";
import { expect, it } from "vitest";
import type { FieldType } from "../values/index.ts";
import { meaningOf } from "./field-type.ts";
import { compileMembership } from "./membership.ts";

const pools = {
  long: [0n, 4n, -7n, 2n ** 60n, 2n ** 60n + 1n, 4, 4.5, 2 ** 60, -0, 1e300],
  double: [0n, 4n, 2n ** 60n, 2n ** 60n + 1n, 4, 4.5, 2 ** 60, -0, 0.1, 1e300],
  boolean: [true, false],
  ip: ["10.0.0.1", "::ffff:10.0.0.1", "fe80::1", "FE80:0::1", "none"],
  date: [0n, 4_000_000n, 1_714_557_600_123_456_789n],
  version: ["1.2.3", "1.2.3+build", "1.2", "01", "x", "y", "1.2.3-SNAPSHOT"],
  unknown: ["4", "a", "", 4n, 4.5, true],
} satisfies Partial<Record<FieldType, readonly (string | bigint | number | boolean)[]>>;

it.each(Object.entries(pools))("finds what is equal among values of %s", (name, pool) => {
  // The keys of the table are types of fields.
  const type = name as FieldType;
  const value = fc.constantFrom<string | bigint | number | boolean>(...pool);
  fc.assert(
    fc.property(fc.array(value), value, (literals, given) => {
      const read = meaningOf(type, given).read(given);
      if (read === undefined) return;
      const sameMeaning = literals.filter(
        (literal) => meaningOf(type, literal) === meaningOf(type, given),
      );
      const { compare } = meaningOf(type, given);
      const isEqual = sameMeaning.some((each) => each === read || compare(read, each) === 0);
      expect(compileMembership(type, sameMeaning)(read)).toBe(isEqual);
    }),
    { numRuns: 200 },
  );
});
