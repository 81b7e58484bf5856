import type { Random } from "../random.ts";

/**
 * The JSON text of a value, spelled at random: space between tokens, escapes in keys and in values, numbers with
 * fractions and exponents, keys that are given before with another value. `JSON.parse` reads the same value from it.
 */
export function spellJson(value: unknown, random: Random): string {
  const space = (): string => (random.chance(0.06) ? random.pick([" ", "\t", "\r\n", "  "]) : "");
  const spell = (part: unknown): string => {
    if (typeof part === "string") return spellText(part, random);
    if (typeof part === "number") return spellNumber(part, random);
    if (Array.isArray(part)) {
      return `[${space()}${part.map(spell).join(`${space()},${space()}`)}${space()}]`;
    }
    if (typeof part !== "object" || part === null) return String(part);
    const members = Object.entries(part).flatMap(([key, below]) => {
      const own = `${spellText(key, random)}${space()}:${space()}${spell(below)}`;
      return random.chance(0.03) ? [`${spellText(key, random)}:${decoy(random)}`, own] : [own];
    });
    return `{${space()}${members.join(`${space()},${space()}`)}${space()}}`;
  };
  return `${space()}${spell(value)}${space()}`;
}

/** What stands under a key that comes a second time: `JSON.parse` keeps the last. */
function decoy(random: Random): string {
  return random.pick(['"first"', "null", "17", '{"name":"first"}', '[["a"],{"b":"\\u0063"}]']);
}

function spellText(text: string, random: Random): string {
  const escapesMany = random.chance(0.1);
  let spelled = '"';
  for (const character of text) {
    const mayEscape = escapesMany && random.chance(0.3);
    const isSpelled = mayEscape || mustEscape(character);
    spelled += isSpelled
      ? character
          .split("")
          .map((unit) => escapeUnit(unit, random))
          .join("")
      : character;
  }
  return `${spelled}"`;
}

/** Halves of surrogate pairs cannot be written in UTF-8. */
function mustEscape(character: string): boolean {
  return character < " " || /^["\\\ud800-\udfff]$/.test(character);
}

const shortEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["/", "\\/"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escapeUnit(unit: string, random: Random): string {
  const short = shortEscapes.get(unit);
  if (short !== undefined && random.chance(0.7)) return short;
  const hexadecimal = unit.charCodeAt(0).toString(16).padStart(4, "0");
  return `\\u${random.chance(0.5) ? hexadecimal : hexadecimal.toUpperCase()}`;
}

function spellNumber(value: number, random: Random): string {
  const plain = JSON.stringify(value);
  if (!Number.isSafeInteger(value) || value === 0 || !random.chance(0.2)) return plain;
  return random.pick([`${plain}.0`, `${plain}e0`, `${plain}.00E+0`, `${plain}0e-1`]);
}
