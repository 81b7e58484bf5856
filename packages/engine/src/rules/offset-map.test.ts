import type { Source } from "@harrier/lang/text";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { parseJson } from "./json.ts";
import { embedText } from "./offset-map.ts";
import type { ParsedFile } from "./parsed-file.ts";
import { parseToml } from "./toml.ts";
import { parseYaml } from "./yaml.ts";

/** A piece of a string as a file spells it, and the text that it means. */
interface Piece {
  readonly written: string;
  readonly means: string;
}

/** Letters, blanks, quotes, escapes, and characters of two units: what goes wrong if anything does. */
const character = fc.oneof(
  fc.constantFrom(
    "a",
    "Z",
    " ",
    "\t",
    '"',
    "'",
    "\\",
    "\n",
    "\r\n",
    "é",
    "€",
    "\u{1f985}",
    "#",
    "=",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
);

function queryOf(parsed: ParsedFile, source: Source): Source {
  const value = parsed.values[0];
  if (value === undefined) throw new Error("nothing parsed");
  // The generators write objects with a text under this key.
  const { query } = value.value as { readonly query: string };
  return embedText(source, value, ["query"], query);
}

/** The offsets that the pieces tell, behind `start`; the end included. */
function expectedOffsets(pieces: readonly Piece[], start: number): number[] {
  const offsets: number[] = [];
  let at = start;
  for (const { written, means } of pieces) {
    const isPlain = written === means;
    for (let unit = 0; unit < means.length; unit += 1) offsets.push(isPlain ? at + unit : at);
    at += written.length;
  }
  return [...offsets, at];
}

function offsetsOf({ text, embedded }: Source): number[] {
  return Array.from({ length: text.length + 1 }, (_, offset) => embedded?.offsetOf(offset) ?? -1);
}

function expectMap(
  parse: (source: Source) => ParsedFile,
  head: string,
  pieces: readonly Piece[],
  tail: string,
): void {
  const text = head + pieces.map(({ written }) => written).join("") + tail;
  const source = { name: "generated", text };
  const query = queryOf(parse(source), source);
  expect(query.text).toBe(pieces.map(({ means }) => means).join(""));
  expect(offsetsOf(query)).toEqual(expectedOffsets(pieces, head.length));
}

function plain(text: string): Piece {
  return { written: text, means: text };
}

function isControl(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

describe("offset maps of TOML strings", () => {
  const escaped = fc.constantFrom(
    { written: "\\n", means: "\n" },
    { written: "\\t", means: "\t" },
    { written: '\\"', means: '"' },
    { written: "\\\\", means: "\\" },
    { written: "\\u00e9", means: "é" },
    { written: "\\U0001f985", means: "\u{1f985}" },
  );
  const folded = fc.constantFrom(
    { written: "\\\n", means: "" },
    { written: "\\  \n\n \t", means: "" },
    { written: "\\\r\n  ", means: "" },
  );

  it("holds in basic strings", () => {
    const raw = character
      .filter((text) => !isControl(text) && text !== '"' && text !== "\\")
      .map(plain);
    const pieces = fc.array(fc.oneof(raw, escaped));
    fc.assert(
      fc.property(pieces, (list) => {
        expectMap(parseToml, '# query\n"query" = "', list, '" # end\n');
      }),
    );
  });

  it("holds in literal strings", () => {
    const raw = character.filter((text) => !isControl(text) && text !== "'").map(plain);
    fc.assert(
      fc.property(fc.array(raw), (list) => {
        expectMap(parseToml, "other = [1, 2]\nquery = '", list, "'");
      }),
    );
  });

  it("holds in long basic strings", () => {
    // A fold eats blanks that follow it, so that a piece with something to keep stands between.
    const raw = character.filter((text) => !/[\p{Cc}"\\ ]/u.test(text)).map(plain);
    const breaks = fc.constantFrom(plain("\n"), plain("\r\n"), plain(" "), plain("\t"));
    const group = fc
      .tuple(fc.oneof(escaped, folded, breaks), raw)
      .map(([piece, kept]) => [piece, kept]);
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            group,
            raw.map((piece) => [piece]),
          ),
        ),
        (groups) => {
          const pieces = groups.flat();
          expectMap(
            parseToml,
            'a.b = { c = "]" }\nquery = """\r\n',
            [plain("x"), ...pieces],
            '"""\n',
          );
        },
      ),
    );
  });

  it("holds in long literal strings", () => {
    const raw = character
      .filter(
        (text) => text === "\n" || text === "\r\n" || text === "\t" || !/[\p{Cc}']/u.test(text),
      )
      .map(plain);
    fc.assert(
      fc.property(fc.array(raw), (list) => {
        expectMap(parseToml, "query = '''\n", [plain("'x'"), ...list], "'''");
      }),
    );
  });

  it.each([
    ["dotted key", 'rule.query = "ab"'],
    ["inline table", 'rule = { name = "n", query = "ab" }'],
    ["table with blanks", '[ rule ] # c\n\n  query\t=  "ab"'],
    ["quoted keys", `["rule"]\n'query' = "ab"`],
    ["decoys before it", '[x]\nquery = "no"\n[[rule.l]]\nquery = "no"\n[rule]\nquery = "ab"'],
    ["quotes at the end", `[rule]\nquery = """ab""" # "query"`],
  ])("finds the query: %s", (_, text) => {
    const source = { name: "t", text };
    const parsed = parseToml(source).values[0];
    if (parsed === undefined) throw new Error("nothing parsed");
    expect(embedText(source, parsed, ["rule", "query"], "ab").embedded?.offsetOf(0)).toBe(
      text.lastIndexOf("ab"),
    );
  });

  it("falls back to the value where the text is another", () => {
    const source = { name: "t", text: 'a = 1\nquery = "ab"' };
    const parsed = parseToml(source).values[0];
    if (parsed === undefined) throw new Error("nothing parsed");
    const other = embedText(source, parsed, ["query"], "something else");
    expect([other.embedded?.offsetOf(0), other.embedded?.offsetOf(9)]).toEqual([14, 14]);
    expect(embedText(source, parsed, ["absent"], "x").embedded?.offsetOf(0)).toBe(0);
  });

  it("clamps offsets outside of the text", () => {
    const source = { name: "t", text: 'query = "ab"' };
    const query = queryOf(parseToml(source), source);
    expect([query.embedded?.offsetOf(-5), query.embedded?.offsetOf(99)]).toEqual([9, 11]);
  });
});

describe("offset maps of JSON strings", () => {
  const escaped = fc.constantFrom(
    { written: "\\n", means: "\n" },
    { written: "\\/", means: "/" },
    { written: '\\"', means: '"' },
    { written: "\\\\", means: "\\" },
    { written: "\\u20AC", means: "€" },
    { written: "\\ud83e", means: "\ud83e" },
    { written: "\\udd85", means: "\udd85" },
  );

  it("holds", () => {
    const raw = character
      .filter((text) => !isControl(text) && text !== '"' && text !== "\\")
      .map(plain);
    fc.assert(
      fc.property(fc.array(fc.oneof(raw, escaped)), (list) => {
        const head = '{ "query": [], "list": [{"query": "no"}, 1e5, null],\n "query" :\t"';
        expectMap(parseJson, head, list, '", "z": {} }');
      }),
    );
  });
});

describe("offset maps of YAML scalars", () => {
  const parse = (text: string) => {
    const source = { name: "y", text };
    return { source, query: queryOf(parseYaml(source), source) };
  };

  it.each([
    ["literal", "query: |\n  ab\n    cd\n\n  ef\nz: 1\n", "ab\n  cd\n\nef\n"],
    ["literal, no end", "query: |-\n  ab\n  cd\n", "ab\ncd"],
    ["literal, CRLF", "query: |\r\n  ab\r\n  cd\r\n", "ab\ncd\n"],
    ["folded", "query: >\n  ab\n  cd\n\n  ef\n    gh\n  ij\n", "ab cd\nef\n  gh\nij\n"],
    ["plain on many lines", "query: ab\n  cd\n\n  ef\n", "ab cd\nef"],
    ["single quotes", "query: 'it''s ab'\n", "it's ab"],
    ["double quotes", 'query: "a\\tb \\\n   cd\\u00e9 \\"e\n  f"\n', 'a\tb cdé "e f'],
  ])("holds: %s", (_, text, expected) => {
    const { source, query } = parse(text);
    expect(query.text).toBe(expected);
    // Every letter leads to itself; the map is no fallback.
    const places = offsetsOf(query);
    for (const [index, unit] of [...query.text].entries()) {
      if (/[a-z]/.test(unit)) expect(source.text[places[index] ?? -1]).toBe(unit);
    }
    expect(new Set(places).size).toBeGreaterThan(2);
  });

  it("never decreases, and leads letters to themselves", () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const gap = fc.constantFrom(" ", "\n", "\n\n", " == ", '"', "'", ": ", "\\", "\n  ");
    const text = fc.array(fc.tuple(word, gap)).map((list) => list.flat().join(""));
    fc.assert(
      fc.property(word, text, fc.integer({ min: 20, max: 80 }), (first, rest, lineWidth) => {
        const { source, query } = parse(stringify({ query: first + rest }, { lineWidth }));
        const places = offsetsOf(query);
        for (let index = 0; index < query.text.length; index += 1) {
          const place = places[index] ?? -1;
          const unit = query.text.charAt(index);
          if (/[a-z]/.test(unit)) expect(source.text[place]).toBe(unit);
          expect(place).toBeLessThanOrEqual(places[index + 1] ?? -1);
        }
      }),
    );
  });

  it("falls back to the start where the scalar names its indentation", () => {
    const { query } = parse("query: |2\n    ab\n");
    expect(query.text).toBe("  ab\n");
    expect(offsetsOf(query)).toEqual([7, 7, 7, 7, 7, 7]);
  });
});
