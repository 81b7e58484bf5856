import { holdsHidden } from "./hidden.ts";

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ['"', '\\"'],
  ["\\", "\\\\"],
]);

/**
 * A text as a TOML string on one line: with quotes that leave its backslashes and quotes as they are where that is
 * possible. Halves of surrogate pairs, which TOML can't hold, become U+FFFD.
 */
export function formatTomlString(text: string): string {
  const isLiteral = /["\\]/.test(text) && !/['\n\t]/.test(text) && !needsEscapes(text);
  return isLiteral ? `'${text}'` : `"${escapeBasic(text, /["\\\n\t]/g)}"`;
}

/** A text of several lines as a TOML string of several lines, else as one of one line. */
export function formatTomlText(text: string): string {
  if (!text.includes("\n")) return formatTomlString(text);
  const isLiteral = !text.includes("'''") && !text.endsWith("'") && !needsEscapes(text);
  if (isLiteral && /["\\]/.test(text)) return `'''\n${text}'''`;
  // Three quotes would end the string, and so would one that stands right before its end.
  const escaped = escapeBasic(text, /\\|"(?="")|"$/g);
  return `"""\n${escaped}"""`;
}

/** A key or a part of a header. */
export function formatTomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : `"${escapeBasic(key, /["\\\n\t]/g)}"`;
}

function needsEscapes(text: string): boolean {
  return holdsHidden(text) || !isWellFormed(text);
}

/** Whether the text has no half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

function escapeBasic(text: string, marks: RegExp): string {
  const escaped = text.replace(marks, (mark) => shortEscapes.get(mark) ?? mark);
  if (!needsEscapes(escaped)) return escaped;
  return Array.from(escaped, escapeCharacter).join("");
}

function escapeCharacter(character: string): string {
  if (!isWellFormed(character)) return "\ufffd";
  if (!holdsHidden(character)) return character;
  const short = shortEscapes.get(character);
  if (short !== undefined) return short;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}
