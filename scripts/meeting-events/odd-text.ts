import type { Random } from "../random.ts";

/** What stands where a pattern leaves room: nothing, plain text, and what tells careless code apart. */
const fillings: readonly [string, ...string[]] = [
  "",
  "",
  "x",
  "abc",
  " -a /b ",
  "\\",
  "..\\..\\",
  "*",
  "?",
  '"',
  "line\nbreak",
  "\r\n",
  "\t",
  "\u0000",
  "é",
  "ß",
  // They fold to ASCII letters, or do not.
  "\u212a",
  "\u017f",
  "\u0130",
  "\u03c2",
  "日本",
  "😀",
  "\ud83d",
  "\ude00",
  "y".repeat(300),
];
const characters: readonly [string, ...string[]] = [
  "x",
  "Z",
  "0",
  "*",
  "\\",
  "\n",
  "é",
  "\u212a",
  "日",
  "😀",
  "\ud83d",
];

/** Any run of characters, for a `*`. */
export function oddText(random: Random): string {
  return random.chance(0.005) ? "long ".repeat(1_200) : random.pick(fillings);
}

/** One code point, for a `?`. */
export function oddCharacter(random: Random): string {
  return random.pick(characters);
}

/** The text with the case of some letters changed, now and then to a letter outside of ASCII that folds alike. */
export function oddCase(text: string, random: Random): string {
  const style = random.below(4);
  if (style === 0) return text;
  if (style === 1) return text.toUpperCase();
  return [...text].map((letter) => changeCase(letter, random)).join("");
}

function changeCase(letter: string, random: Random): string {
  if (/[kK]/.test(letter) && random.chance(0.1)) return "\u212a";
  if (/[sS]/.test(letter) && random.chance(0.05)) return "\u017f";
  const changed = random.chance(0.5) ? letter.toUpperCase() : letter.toLowerCase();
  // Some letters have a capital of two: another text.
  return changed.length === letter.length ? changed : letter;
}
