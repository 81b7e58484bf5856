import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visibleCell, visibleLines, visibleText } from "./terminal-text.ts";

describe("visibleText", () => {
  it.each([
    ["plain text", "plain text", "plain text"],
    ["a Windows path", "C:\\Windows\\nc.exe", "C:\\Windows\\nc.exe"],
    ["letters beyond ASCII", "Zoë 日本語 привет", "Zoë 日本語 привет"],
    ["a letter with its mark apart", "e\u0301", "e\u0301"],
    ["an emoji of one code point", "\u{1f600}", "\u{1f600}"],
    ["line feed, return, tab", "a\nb\rc\td", "a\\nb\\rc\\td"],
    ["NUL", "a\0b", "a\\u{0}b"],
    ["DEL", "a\x7fb", "a\\u{7f}b"],
    ["clear screen", "\x1b[2J", "\\u{1b}[2J"],
    ["window title (OSC, BEL)", "\x1b]0;owned\x07", "\\u{1b}]0;owned\\u{7}"],
    ["hyperlink (OSC 8, ST)", "\x1b]8;;http://x\x1b\\y", "\\u{1b}]8;;http://x\\u{1b}\\y"],
    ["C1 control sequence introducer", "\x9b31m", "\\u{9b}31m"],
    ["C1 next line", "a\x85b", "a\\u{85}b"],
    ["line and paragraph separator", "a\u2028b\u2029c", "a\\u{2028}b\\u{2029}c"],
    ["right-to-left override", "cod\u202egpj.exe", "cod\\u{202e}gpj.exe"],
    ["isolates", "\u2066a\u2069", "\\u{2066}a\\u{2069}"],
    ["marks", "\u200ea\u200fb\u061c", "\\u{200e}a\\u{200f}b\\u{61c}"],
    [
      "zero-width space and joiners",
      "a\u200bb\u200cc\u200dd\u2060e",
      "a\\u{200b}b\\u{200c}c\\u{200d}d\\u{2060}e",
    ],
    ["byte order mark", "\ufeffa", "\\u{feff}a"],
    ["soft hyphen", "a\u00adb", "a\\u{ad}b"],
    ["Hangul filler", "a\u3164b", "a\\u{3164}b"],
    ["variation selector", "a\ufe0fb", "a\\u{fe0f}b"],
    ["tag characters", "a\u{e0041}", "a\\u{e0041}"],
    ["lone high surrogate", "a\ud83db", "a\\u{d83d}b"],
    ["lone low surrogate", "a\ude00b", "a\\u{de00}b"],
  ])("%s", (_, text, expected) => {
    expect(visibleText(text)).toBe(expected);
  });

  it("never lets a control, format, separator or surrogate character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });

  it("changes a text once only", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visibleText(visibleText(text))).toBe(visibleText(text));
      }),
    );
  });
});

it("visibleLines keeps line feeds and spreads tabs", () => {
  expect(visibleLines("a\r\n\tb\x1b[1m\rc\u202e")).toBe("a\n    b\\u{1b}[1m\\rc\\u{202e}");
});

it("visibleCell keeps what the quotes of CSV can hold", () => {
  expect(visibleCell("a\r\n\tb\x1b\x9b\u2028")).toBe("a\r\n\tb\\u{1b}\\u{9b}\\u{2028}");
});
