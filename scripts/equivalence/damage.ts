import type { Random } from "../random.ts";

/** A line as it comes from a full disk, a lost packet or an attacker: cut, or with something put in or taken out. */
export function damageLine(line: string, random: Random): string {
  const at = random.below(line.length + 1);
  switch (random.below(4)) {
    case 0:
      return line.slice(0, at);
    case 1:
      return line.slice(0, at) + line.slice(at + 1);
    default: {
      const piece = random.pick([
        '"',
        "\\",
        "\\u00",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\n",
        "\u0000",
        "1e",
        "é",
      ]);
      return line.slice(0, at) + piece + line.slice(at);
    }
  }
}

/** What `JSON.parse` makes of the line, where that is an object. */
export function parseObject(line: string): Readonly<Record<string, unknown>> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  // The line above has shown it.
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}
