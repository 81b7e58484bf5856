import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalAddress, compareAddresses, parseAddress } from "./address.ts";
import { blocksOfRange, compileBlocks, parseBlock } from "./cidr.ts";
import { compareLiterals } from "./literals.ts";
import { compareNumeric, literalText, parseNumber, toNumeric } from "./numbers.ts";
import { compareText } from "./text.ts";
import { compareVersions } from "./versions.ts";

/** Any text without unpaired surrogates, half of it ASCII. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0x80, max: 0x10f7ff })))
  .map((points) =>
    String.fromCodePoint(...points.map((point) => (point < 0xd800 ? point : point + 0x800))),
  );

describe("parseNumber", () => {
  it.each([
    ["4", 4n],
    ["-7", -7n],
    ["+7", 7n],
    ["007", 7n],
    ["9223372036854775807", 9223372036854775807n],
    ["-9223372036854775808", -9223372036854775808n],
    ["9223372036854775808", 2 ** 63],
    ["4.5", 4.5],
    ["1.", 1],
    [".5", 0.5],
    ["1e3", 1000],
    ["1.5E-3", 0.0015],
  ])("%s", (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });

  it.each([
    "",
    " 4",
    "4 ",
    "0x10",
    "1e",
    ".",
    "-",
    "1_000",
    "NaN",
    "Infinity",
    "٣",
    "1".repeat(500),
  ])("%j is no number", (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });
});

describe("toNumeric", () => {
  it.each([
    [4, 4n],
    [4.5, 4.5],
    [2 ** 60, 2 ** 60],
    ["4", 4n],
    ["4.0", 4],
    [5n, 5n],
    [true, undefined],
    [null, undefined],
    ["a", undefined],
    [{}, undefined],
  ])("%s is %s", (value, expected) => {
    expect(toNumeric(value)).toBe(expected);
  });
});

describe("compareNumeric", () => {
  it("compares by value, whole and decimal", () => {
    expect(compareNumeric(4n, 4)).toBe(0);
    expect(compareNumeric(4n, 4.5)).toBe(-1);
    expect(compareNumeric(2n ** 53n + 1n, 2 ** 53)).toBe(1);
    expect(compareNumeric(-1, -2n)).toBe(1);
    expect(compareNumeric(Number.NaN, 1n)).toBe(1);
    expect(compareNumeric(Number.NaN, Number.NaN)).toBe(0);
  });
});

describe("literalText", () => {
  // What Java 21's Double.toString gives.
  it.each([
    ["a", "a"],
    [true, "true"],
    [7n, "7"],
    [42.5, "42.5"],
    [1, "1.0"],
    [-0, "-0.0"],
    [0.001, "0.001"],
    [0.0001, "1.0E-4"],
    [9999999, "9999999.0"],
    [1e7, "1.0E7"],
    [1e10, "1.0E10"],
    [12345678.9, "1.23456789E7"],
    [-1.5e300, "-1.5E300"],
    [5e-324, "4.9E-324"],
    [Number.MAX_VALUE, "1.7976931348623157E308"],
    [Number.NaN, "NaN"],
    [Number.NEGATIVE_INFINITY, "-Infinity"],
  ])("%s is %s", (value, expected) => {
    expect(literalText(value)).toBe(expected);
  });

  it("gives a decimal's text back as the same decimal", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), (value) => {
        expect(Number(literalText(value))).toBe(value);
      }),
    );
  });
});

describe("compareLiterals", () => {
  it.each([
    ["==", "a", "a", true],
    ["==", "a", "A", false],
    ["==", 4n, 4, true],
    ["==", "4", 4n, false],
    ["!=", "4", 4n, true],
    ["==", true, "true", false],
    ["<", "4", 5n, null],
    [">=", true, 1n, null],
    ["<", false, true, true],
    ["<", 4n, 4.5, true],
    ["<=", "a", "b", true],
    [">", "\uff5e", "\u{1f600}", false],
    ["==", null, null, null],
    ["!=", null, "a", null],
    ["<", 1n, null, null],
    ["==", Number.NaN, Number.NaN, false],
    ["!=", Number.NaN, 1n, true],
    ["<", Number.NaN, 1n, false],
    [">", Number.POSITIVE_INFINITY, 1n, true],
  ] as const)("%s of %s and %s is %s", (op, a, b, expected) => {
    expect(compareLiterals(op, a, b)).toBe(expected);
  });
});

describe("compareText", () => {
  it("orders as the bytes of UTF-8 do", () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(Math.sign(compareText(a, b))).toBe(
          Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))),
        );
      }),
    );
    expect(compareText("\uff5e", "\u{1f600}")).toBeLessThan(0);
    expect(compareText("a", "ab")).toBeLessThan(0);
  });
});

describe("compareVersions", () => {
  const ascending = [
    "1",
    "1.0.0-1",
    "1.0.0-2",
    "1.0.0-11",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-rc.1",
    "1.0.0",
    "1.2.4-SNAPSHOT",
    "1.2.4",
    "1.5.0",
    "1.11.3",
    "18446744073709551616.0",
    "",
    "01.2.3",
    "1..2",
    "1.0.0-",
    "1.0.0-01",
    "v1.2.3",
  ];

  it("orders by the numbers, pre-releases first, texts that are no version last", () => {
    expect(ascending.toReversed().sort(compareVersions)).toEqual(ascending);
    expect(compareVersions("1.0.0+a", "1.0.0+b")).toBe(0);
  });

  it("is a total order", () => {
    const part = fc.constantFrom("0", "1", "2", "10", "01", "a", "rc");
    const parts = fc.array(part, { minLength: 1, maxLength: 3 }).map((some) => some.join("."));
    const version = fc
      .tuple(parts, fc.option(parts), fc.option(parts))
      .map(([main, pre, build]) => `${main}${pre ? `-${pre}` : ""}${build ? `+${build}` : ""}`);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(Math.sign(compareVersions(a, b))).toBe(-Math.sign(compareVersions(b, a)) + 0);
        if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) {
          expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

describe("addresses", () => {
  it.each([
    ["10.0.0.1", "10.0.0.1"],
    ["::ffff:1.2.3.4", "1.2.3.4"],
    ["::FFFF:102:304", "1.2.3.4"],
    ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["::1", "::1"],
    ["1::", "1::"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["::1.2.3.4", "::102:304"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
  ])("%s is %s", (text, expected) => {
    expect(canonicalAddress(text)).toBe(expected);
  });

  it.each([
    "",
    "localhost",
    "1.2.3",
    "1.2.3.4.5",
    "1.2.3.256",
    "1.2.3.04",
    "1.2.3.",
    ".1.2.3",
    "1..2.3",
    "1.2.3.4 ",
    "+1.2.3.4",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "12345::",
    "fe80::1%eth0",
    "::1.2.3",
    "1.2.3.4::",
    "::1.2.3.4:5",
    ":1:2:3:4:5:6:7",
    "1:".repeat(1000),
  ])("%j is no address", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it("have one order", () => {
    expect(compareAddresses("10.0.0.2", "10.0.0.10")).toBeLessThan(0);
    expect(compareAddresses("::ffff:10.0.0.1", "10.0.0.1")).toBe(0);
    expect(compareAddresses("::1", "1.2.3.4")).toBeLessThan(0);
    expect(compareAddresses("1.2.3.4", "x")).toBeUndefined();
  });

  const words = fc.tuple(fc.bigInt(0n, 2n ** 128n - 1n), fc.constantFrom(0n, 64n, 96n, 112n));
  const number = words.map(([bits, zeros]) => bits >> zeros);
  const spell = (value: bigint): string =>
    Array.from({ length: 8 }, (_, index) =>
      ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
    ).join(":");

  it("are the same however they are spelled", () => {
    fc.assert(
      fc.property(number, (value) => {
        const text = spell(value);
        const canonical = canonicalAddress(text);
        expect(canonical).toBeDefined();
        expect(parseAddress(canonical ?? "")).toEqual(parseAddress(text));
      }),
    );
  });

  it("lie in a block when the first bits are equal", () => {
    fc.assert(
      fc.property(number, number, fc.integer({ min: 0, max: 128 }), (base, value, length) => {
        const shift = BigInt(128 - length);
        const isInside = base >> shift === value >> shift;
        expect(compileBlocks([`${spell(base)}/${length}`])(spell(value))).toBe(isInside);
        const near = base ^ (value & ((1n << shift) - 1n));
        expect(compileBlocks([`${spell(base)}/${length}`])(spell(near))).toBe(true);
      }),
    );
  });
});

describe("blocks", () => {
  it.each([
    ["10.0.0.0/8", "10.255.0.1", true],
    ["10.6.48.157/8", "10.0.0.0", true],
    ["10.0.0.0/8", "11.0.0.0", false],
    ["0.0.0.0/0", "255.255.255.255", true],
    ["0.0.0.0/0", "::1", false],
    ["::/0", "1.2.3.4", true],
    ["192.168.1.1", "192.168.1.1", true],
    ["192.168.1.1", "192.168.1.2", false],
    ["::ffff:10.0.0.0/104", "10.200.1.1", true],
    ["fe80::/10", "febf::1", true],
    ["fe80::/10", "fec0::1", false],
    ["10.0.0.0/8", "", false],
    ["10.0.0.0/8", "10.1.1.1 ", false],
  ])("%s with %j: %j", (block, address, expected) => {
    expect(compileBlocks([block])(address)).toBe(expected);
  });

  it.each([
    "",
    "/8",
    "10.0.0.0/",
    "10.0.0.0/33",
    "::/129",
    "10.0.0.0/08",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
  ])("%j is no block", (text) => {
    expect(parseBlock(text)).toBeUndefined();
  });

  it("are joined as alternatives", () => {
    const matches = compileBlocks(["10.0.0.0/8", "fe80::/10"]);
    expect(["10.1.1.1", "fe80::1", "192.168.0.1"].map(matches)).toEqual([true, true, false]);
  });

  it("are found in order", () => {
    const block = fc
      .tuple(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 14, max: 32 }))
      .map(([low, length]) => `10.7.${low >>> 8}.${low & 0xff}/${length}`);
    fc.assert(
      fc.property(
        fc.array(block, { maxLength: 30 }),
        fc.integer({ min: 0, max: 0xffff }),
        (blocks, low) => {
          const address = `10.7.${low >>> 8}.${low & 0xff}`;
          const isInOne = blocks.some((each) => compileBlocks([each])(address));
          expect(compileBlocks(blocks)(address)).toBe(isInOne);
        },
      ),
    );
  });

  it.each([
    ["10.0.0.0", "10.0.0.255", ["10.0.0.0/24"]],
    ["10.0.0.1", "10.0.0.4", ["10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/32"]],
    ["0.0.0.0", "255.255.255.255", ["0.0.0.0/0"]],
    ["192.168.1.7", "192.168.1.7", ["192.168.1.7/32"]],
    ["2001:db8::", "2001:db8::1", ["2001:db8:0:0:0:0:0:0/127"]],
    ["::1", "::", undefined],
    ["10.0.0.2", "10.0.0.1", undefined],
    ["10.0.0.1", "2001:db8::1", undefined],
    ["10.0.0.1", "x", undefined],
  ])("from %s to %s: %j", (first, last, expected) => {
    expect(blocksOfRange(first, last)).toEqual(expected);
  });

  it("of a range hold what lies in it", () => {
    const byte = fc.integer({ min: 0, max: 1023 });
    const spell = (low: number) => `10.0.${low >>> 8}.${low & 0xff}`;
    fc.assert(
      fc.property(byte, byte, byte, (first, last, value) => {
        const blocks = blocksOfRange(spell(first), spell(last));
        const isInside = first <= value && value <= last;
        expect(blocks !== undefined && compileBlocks(blocks)(spell(value))).toBe(isInside);
      }),
    );
  });
});
