import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CodePoints } from "./code-points.ts";
import { checkRegex, compileRegex, compileTree, parseRegex, RegexSyntaxError } from "./index.ts";
import { intervalNode } from "./interval.ts";
import type { RegexNode } from "./tree.ts";

function matches(pattern: string, text: string): boolean {
  return compileRegex([pattern], false, "unicode")(text);
}

/**
 * What a tree means, by the book: the node, or undefined for what can be left out, after one code point
 * has been taken off the front (Brzozowski's derivatives), without any automaton.
 */
function derive(node: RegexNode, point: number): RegexNode {
  switch (node.kind) {
    case "set":
      return node.points.some(([first, last]) => point >= first && point <= last) ? empty : nothing;
    case "sequence": {
      const [head, ...rest] = node.of;
      if (head === undefined) return nothing;
      const tail: RegexNode = { kind: "sequence", of: rest };
      const taken = sequence(derive(head, point), tail);
      return isNullable(head) ? either(taken, derive(tail, point)) : taken;
    }
    case "alternatives":
      return node.of.map((part) => derive(part, point)).reduce(either);
    case "intersection":
      return { ...node, of: node.of.map((part) => derive(part, point)) };
    case "complement":
      return { ...node, of: derive(node.of, point) };
    case "repeat": {
      if (node.max === 0) return nothing;
      const max = node.max === undefined ? undefined : node.max - 1;
      const rest: RegexNode = { ...node, min: Math.max(0, node.min - 1), max };
      return sequence(derive(node.of, point), rest);
    }
  }
}

const nothing: RegexNode = { kind: "set", points: [] };
const empty: RegexNode = { kind: "sequence", of: [] };

function isNothing(node: RegexNode): boolean {
  return node.kind === "set" && node.points.length === 0;
}

function sequence(first: RegexNode, rest: RegexNode): RegexNode {
  if (isNothing(first) || isNothing(rest)) return nothing;
  return { kind: "sequence", of: [first, rest] };
}

function either(a: RegexNode, b: RegexNode): RegexNode {
  if (isNothing(a)) return b;
  return isNothing(b) ? a : { kind: "alternatives", of: [a, b] };
}

function isNullable(node: RegexNode): boolean {
  switch (node.kind) {
    case "set":
      return false;
    case "sequence":
    case "intersection":
      return node.of.every(isNullable);
    case "alternatives":
      return node.of.some(isNullable);
    case "complement":
      return !isNullable(node.of);
    case "repeat":
      return node.min === 0 || isNullable(node.of);
  }
}

function matchesByDerivative(node: RegexNode, text: string): boolean {
  const rest = [...text].reduce((left, letter) => derive(left, letter.codePointAt(0) ?? 0), node);
  return isNullable(rest);
}

describe("syntax", () => {
  it.each([
    ["", "", true],
    ["", "a", false],
    ["abc", "abc", true],
    ["abc", "xabc", false],
    [".", "\n", true],
    [".", "\u{1f600}", true],
    ["..", "\u{1f600}", false],
    [".*x", "\r\n\u2028x", true],
    ["^a$", "^a$", true],
    ["^a$", "a", false],
    ["a|bc", "bc", true],
    ["(a|b)c", "bc", true],
    ["()", "", true],
    ["a()b", "ab", true],
    ["a?", "", true],
    ["a+", "", false],
    ["a{2}", "aa", true],
    ["a{2}", "aaa", false],
    ["a{2,}", "aaaaa", true],
    ["a{2,}", "a", false],
    ["a{0,2}", "", true],
    ["a{0,2}b", "aab", true],
    ["a{0,2}b", "aaab", false],
    ["(ab){2,3}", "ababab", true],
    ["a*?", "aaa", true],
    ["a*+b", "aab", true],
    ["(?:a)", "?:a", true],
    ["(?:a)", "a", false],
    ["(?i)a", "?ia", true],
    ["*a", "*a", true],
    ["(|a)", "|a", true],
    ["a||b", "|b", true],
    ["[abc]", "b", true],
    ["[^a-z]", "A", true],
    ["[^a-z]", "q", false],
    ['[.*"#@&~<(]+', '.*"#@&~<(', true],
    ["[\\]\\-\\\\]+", "]-\\", true],
    ["[]a]+", "]a", true],
    ["[^]]", "]", false],
    ["[a-z\\-_]+", "a-_", true],
    ["[\\w-]+", "a-b", true],
    ["[\\s\\d]+", " \t\r\n09", true],
    ["[^\\s\\d]", "5", false],
    ["[\\D]", "a", true],
    ["[\\DA5]", "5", true],
    ["\\d+\\D\\s\\S\\w\\W", "42x y_-", true],
    ["\\s", "\u00a0", false],
    ["\\d", "\u0663", false],
    ["\\w", "é", false],
    ['\\.\\*\\/\\-\\"\\(', '.*/-"(', true],
    ["\\1", "1", true],
    ["\\\\", "\\", true],
    ['"a.b*"c', "a.b*c", true],
    ['"a.b"', "axb", false],
    ['""', "", true],
    ['"ab"+', "abab", true],
    ["#", "", false],
    ["a|#", "a", true],
    ["@", "any\nthing", true],
    ["a@b", "a-b", true],
    ["~a", "", true],
    ["~a", "a", false],
    ["~a", "aa", true],
    ["~ab", "b", true],
    ["~ab", "xxb", true],
    ["~ab", "ab", false],
    ["~(ab)", "ab", false],
    ["~(ab)", "b", true],
    ["~a*", "aaa", true],
    ["~~a", "a", true],
    ["~@", "", false],
    ["~#", "x", true],
    ["x~(.*b.*)y", "xaay", true],
    ["x~(.*b.*)y", "xaby", false],
    ["a.*&.*b", "axb", true],
    ["a.*&.*b", "axc", false],
    ["a|b&c", "a", true],
    ["a|b&c", "b", false],
    ["[a-z]+&~(cmd|powershell)", "bash", true],
    ["[a-z]+&~(cmd|powershell)", "cmd", false],
    ["(.{3}&a.*)+", "abcaxy", true],
    ["(.{3}&a.*)+", "abcxay", false],
    [",/-:=!%", ",/-:=!%", true],
    ["\u{1f600}+", "\u{1f600}\u{1f600}", true],
    ["[\u{1f600}-\u{1f610}]", "\u{1f605}", true],
    ["[ʰ-˿ᴬ-ᶻ]", "ʰ", true],
    [".*\\.exe -enc .*", "powershell.exe -enc SQBF", true],
    ["-[^-]*[uz][^-]*", "-xzf", true],
  ])("%s on %j: %j", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each([
    ["<1-12>", ["1", "12", "01", "0007"], ["0", "13", "", "1a", "-1"]],
    ["<12-1>", ["1", "12"], ["0", "13"]],
    ["<01-12>", ["01", "09", "12"], ["1", "13", "00", "012"]],
    ["<0-5>", ["0", "5"], ["6", "00"]],
    ["<0-10>", ["0", "00", "10", "010"], ["11", ""]],
    ["<98-1203>", ["98", "99", "100", "999", "1000", "1203", "00098"], ["97", "1204", "9"]],
    ["v<1-3>x", ["v2x", "v3x"], ["v4x", "vx"]],
  ])("%s is a range of numbers", (pattern, inside, outside) => {
    expect(inside.filter((text) => !matches(pattern, text))).toEqual([]);
    expect(outside.filter((text) => matches(pattern, text))).toEqual([]);
  });

  it("takes exactly the numbers of a range", () => {
    const bound = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(bound, bound, fc.boolean(), (a, b, isPadded) => {
        const [low, high] = [a, b].map((end) => String(end).padStart(isPadded ? 3 : 0, "0"));
        const { node } = intervalNode(low ?? "", high ?? "");
        const dfa = compileTree(node);
        const width = low?.length === high?.length ? low?.length : undefined;
        for (let value = 0; value <= 410; value += 7) {
          for (const text of [String(value), String(value).padStart(3, "0")]) {
            const isInside = value >= Math.min(a, b) && value <= Math.max(a, b);
            const fits = width === undefined || text.length === width;
            expect(dfa.matches(text), text).toBe(isInside && fits);
          }
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("case", () => {
  it.each([
    ["[a-z]+", "ABC", "ascii", true],
    ["[a-z]+", "\u212a\u017f", "ascii", false],
    ["[a-z]+", "\u212a\u017f", "unicode", true],
    ["kill", "\u212aILL", "unicode", true],
    ["[^k]", "\u212a", "unicode", false],
    ["[^k]", "K", "ascii", false],
    ["[^\\w]", "\u017f", "unicode", false],
    ["\\W", "\u017f", "unicode", false],
    ['"AbC"', "aBc", "unicode", true],
    ["~(cmd)", "CMD", "unicode", false],
    ["É", "é", "ascii", false],
    ["É", "é", "unicode", true],
    ["σ", "ς", "unicode", true],
    ["i", "\u0130", "unicode", false],
    ["\u{10400}", "\u{10428}", "unicode", true],
    ["[^\u{10400}]", "\u{10428}", "unicode", false],
  ] as const)("%s on %j under %s: %j", (pattern, text, folding, expected) => {
    expect(compileRegex([pattern], true, folding)(text)).toBe(expected);
  });
});

describe("what is refused", () => {
  it.each([
    ["(a", 0, "`(` is not closed"],
    ["a)b", 1, "unexpected `)`"],
    ["x[a", 1, "`[` is not closed"],
    ["[a-", 0, "`[` is not closed"],
    ["[", 0, "`[` is not closed"],
    ["[z-a]", 1, "the range `z-a` ends before it starts"],
    ["[_-\\.]", 1, "the range `_-\\.` ends before it starts"],
    ["[a-]", 1, "the range `a-]` ends before it starts"],
    ['"ab', 0, "a quoted text is not closed"],
    ["a|", 2, "the pattern ends where something to match is expected"],
    ["a&", 2, "the pattern ends where something to match is expected"],
    ["~", 1, "the pattern ends where something to match is expected"],
    ["ab\\", 2, "nothing follows `\\`"],
    ["a\\b", 1, "there is no escape `\\b`"],
    ["[\\p]", 1, "there is no escape `\\p`"],
    ["a{", 2, "expected a number after `{`"],
    ["a{,3}", 2, "expected a number after `{`"],
    ["a{2", 3, "expected `}`"],
    ["a{3,2}", 1, "at most 2 is less than at least 3"],
    ["<abc>", 0, "there is no automaton with the name `abc`"],
    ["a<1-2", 1, "`<` is not closed"],
    ["<1-b>", 0, "`<1-b>` is no range of whole numbers"],
    ["<-2>", 0, "`<-2>` is no range of whole numbers"],
    ["(a{200}){200}", 8, "once its repetitions are written out"],
    ["a{999999999999}", 1, "once its repetitions are written out"],
    ["((((a{99}){99}){99}){99}){99}", 15, "once its repetitions are written out"],
    ["(){999999}", 2, "once its repetitions are written out"],
    ["x".repeat(10_001), 10_000, "longer than 10000"],
    ["(".repeat(300), 200, "nested more than 200 deep"],
    ["~".repeat(300), 200, "nested more than 200 deep"],
    ["*".repeat(300), 200, "nested more than 200 deep"],
    [`a${"*".repeat(9_000)}`, 200, "nested more than 200 deep"],
    ["x~(.*a.{20})", 1, "more than 10,000 states"],
    [".*a.{20}&.*b.{20}", 0, "more than 10,000 states"],
  ])("%s", (pattern, offset, message) => {
    const error = checkRegex(pattern);
    expect(error).toBeInstanceOf(RegexSyntaxError);
    expect(error?.message).toContain(message);
    expect(error?.offset).toBe(offset);
  });

  it("only ever throws RegexSyntaxError", () => {
    const piece = fc.constantFrom(...'ab()[]{}<>|&~*+?.,-^"\\#@019dwS', "\u{1f600}", "\ud800");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const error = checkRegex(pieces.join(""));
        if (error !== undefined) expect(error.offset).toBeLessThanOrEqual(pieces.join("").length);
      }),
      { numRuns: 800 },
    );
  });
});

describe("what patterns may cost", () => {
  it("is bounded for all operators of a pattern together", () => {
    const deep = `${"~(b".repeat(60)}.*a.{11}${")".repeat(60)}`;
    expect(checkRegex(deep)?.message).toContain("more than 10,000 states");
    const wide = Array.from({ length: 60 }, (_, index) => `~(.*a.{9}${index})`).join("|");
    expect(checkRegex(wide)?.message).toContain("has more than 60000 states");
  });

  it("counts a repeated operator once", () => {
    expect(checkRegex("(~(.*a.{8})b){3}")).toBeUndefined();
  });
});

describe("compileRegex", () => {
  it("joins patterns as alternatives", () => {
    const test = compileRegex(["a.", "~(x)&x?"], false, "unicode");
    expect(["ab", "", "x", "b"].map(test)).toEqual([true, true, false, false]);
    expect(compileRegex([], false, "unicode")("")).toBe(false);
  });

  it("handles unpaired surrogates in values", () => {
    expect(matches(".", "\ud800")).toBe(true);
    expect(matches("..", "\udc00\ud800")).toBe(true);
    expect(matches("a.", "a\ud83d\ude00")).toBe(true);
  });
});

/** Patterns, and the trees that they must be read as. */
const letters = ["a", "b", "A", "é", "\u{1f600}"];
const one = (letter: string): CodePoints => {
  const point = letter.codePointAt(0) ?? 0;
  return [[point, point]];
};
interface Sample {
  readonly text: string;
  readonly node: RegexNode;
}
const { sample } = fc.letrec<{ sample: Sample; atom: Sample }>((tie) => {
  const group = ({ text, node }: Sample): Sample => ({ text: `(${text})`, node });
  const inner = tie("sample").map(group);
  return {
    atom: fc.oneof(
      {
        weight: 4,
        arbitrary: fc
          .constantFrom(...letters)
          .map((text): Sample => ({ text, node: { kind: "set", points: one(text) } })),
      },
      fc.constantFrom<Sample>(
        { text: ".", node: { kind: "set", points: [[0, 0x10ffff]] } },
        {
          text: "[^a]",
          node: {
            kind: "set",
            points: [
              [0, 0x60],
              [0x62, 0x10ffff],
            ],
          },
        },
        { text: "[A-b]", node: { kind: "set", points: [[0x41, 0x62]] } },
        { text: "#", node: { kind: "set", points: [] } },
        { text: "()", node: { kind: "sequence", of: [] } },
        {
          text: "@",
          node: {
            kind: "repeat",
            of: { kind: "set", points: [[0, 0x10ffff]] },
            min: 0,
            max: undefined,
          },
        },
      ),
    ),
    sample: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      tie("atom"),
      fc.tuple(inner, inner).map(
        ([a, b]): Sample => ({
          text: a.text + b.text,
          node: { kind: "sequence", of: [a.node, b.node] },
        }),
      ),
      fc.tuple(inner, inner).map(
        ([a, b]): Sample => ({
          text: `${a.text}|${b.text}`,
          node: { kind: "alternatives", of: [a.node, b.node] },
        }),
      ),
      fc.tuple(inner, inner).map(
        ([a, b]): Sample => ({
          text: `${a.text}&${b.text}`,
          node: { kind: "intersection", of: [a.node, b.node], offset: 0 },
        }),
      ),
      inner.map(
        (a): Sample => ({
          text: `~${a.text}`,
          node: { kind: "complement", of: a.node, offset: 0 },
        }),
      ),
      fc
        .tuple(
          inner,
          fc.constantFrom<readonly [string, number, number | undefined]>(
            ["*", 0, undefined],
            ["+", 1, undefined],
            ["?", 0, 1],
            ["{2}", 2, 2],
            ["{1,3}", 1, 3],
            ["{2,}", 2, undefined],
            ["{0}", 0, 0],
          ),
        )
        .map(
          ([a, [text, min, max]]): Sample => ({
            text: a.text + text,
            node: { kind: "repeat", of: a.node, min, max },
          }),
        ),
    ),
  };
});
const texts = fc.array(fc.constantFrom(...letters), { maxLength: 7 }).map((some) => some.join(""));

describe("against other ways to match", () => {
  it("agrees with derivatives of the tree", () => {
    fc.assert(
      fc.property(
        sample,
        fc.array(texts, { minLength: 1, maxLength: 4 }),
        ({ text, node }, values) => {
          const test = compileRegex([text], false, "unicode");
          for (const value of values) expect(test(value)).toBe(matchesByDerivative(node, value));
        },
      ),
      { numRuns: 400 },
    );
  });

  it("agrees with itself when its table never has room", () => {
    fc.assert(
      fc.property(sample, texts, ({ text }, value) => {
        const node = parseRegex(text);
        const long = value.repeat(8);
        expect(compileTree(node, 0).matches(long)).toBe(compileTree(node).matches(long));
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with RegExp where the two languages are one", () => {
    const atom = fc.constantFrom(
      "a",
      "b",
      "c",
      ".",
      "[ab]",
      "[^b]",
      "\\.",
      "\\d",
      "(a|bc)",
      "(ab?|c)",
    );
    const item = fc
      .tuple(atom, fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,2}"))
      .map((pair) => pair.join(""));
    const branch = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join(""));
    const pattern = fc.array(branch, { minLength: 1, maxLength: 3 }).map((some) => some.join("|"));
    const value = fc
      .array(fc.constantFrom(..."abcABC.1"), { maxLength: 8 })
      .map((some) => some.join(""));
    fc.assert(
      fc.property(pattern, value, fc.boolean(), (source, text, fold) => {
        const expected = new RegExp(`^(?:${source})$`, fold ? "sui" : "su").test(text);
        expect(compileRegex([source], fold, "unicode")(text)).toBe(expected);
      }),
      { numRuns: 600 },
    );
  });
});

describe("cost", () => {
  // Steps are counted, not time: a count does not depend on the machine.
  const hostile = [
    "(a*)*b",
    "(a+)+b",
    "(a|a)*b",
    "(a|aa)+b",
    ".*.*.*.*b",
    "(.*a){20}b",
    "a{0,25}a{25}b",
  ];

  it.each(hostile)("%s looks at each state once, then only at its table", (pattern) => {
    const dfa = compileTree(parseRegex(pattern));
    expect(dfa.matches("a".repeat(20_000))).toBe(false);
    const first = dfa.visits;
    expect(first).toBeLessThan(20_000);
    expect(dfa.matches("a".repeat(40_000))).toBe(false);
    expect(dfa.visits).toBe(first);
  });

  it("stays linear where every step makes a new state", () => {
    const dfa = () => compileTree(parseRegex(".*a.{60}b"), 2000);
    const value = (length: number): string => {
      let bits = 1;
      return Array.from({ length }, () => {
        bits = (Math.imul(bits, 1103515245) + 12345) >>> 0;
        return bits & 0x10000 ? "a" : "c";
      }).join("");
    };
    const visitsFor = (length: number): number => {
      const machine = dfa();
      expect(machine.matches(value(length))).toBe(false);
      return machine.visits;
    };
    const short = visitsFor(2_000);
    // 63 states, each looked at once as a source and once or twice as a target.
    expect(short).toBeLessThan(2_000 * 63 * 3);
    expect(visitsFor(8_000)).toBeLessThan(short * 4.2);
  });
});
