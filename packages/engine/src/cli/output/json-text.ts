/**
 * What JSON allows in a string and a terminal or a reader of lines would still obey: DEL, C1, line
 * separators, direction marks, characters without width. JSON itself escapes C0 and lone surrogates.
 */
const loose = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const everyLoose = new RegExp(loose.source, "gu");

/**
 * A value as JSON that is safe to print: every character that terminals act on is a `\u` escape, which
 * reads back as the same character. Whole numbers beyond 2^53 (`bigint`) keep their digits.
 */
export function jsonText(value: unknown, indent?: number): string {
  const text = holdsBigint(value) ? writeJson(value) : JSON.stringify(value, undefined, indent);
  return loose.test(text) ? text.replace(everyLoose, escapeUnits) : text;
}

function escapeUnits(character: string): string {
  let escaped = "";
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }
  return escaped;
}

function holdsBigint(value: unknown): boolean {
  if (typeof value === "bigint") return true;
  if (value === null || typeof value !== "object") return false;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (holdsBigint(member)) return true;
  }
  return false;
}

/** `JSON.stringify` for plain data with bigints in it. */
function writeJson(value: unknown): string {
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(writeJson).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${writeJson(member)}`);
  return `{${members.join(",")}}`;
}
