import type { FieldPath, FieldType } from "../values/index.ts";
import { catalogueText } from "./catalogue.gen.ts";

const typeOfLetter: Readonly<Record<string, FieldType>> = {
  k: "keyword",
  t: "text",
  l: "long",
  d: "double",
  b: "boolean",
  i: "ip",
  D: "date",
  v: "version",
  o: "object",
  n: "nested",
  x: "unsupported",
  u: "unknown",
};

/**
 * The generated catalogue as names and types, in the catalogue's order.
 *
 * A line holds the type's letter, then in base 36 how many leading parts the name shares with the
 * name before it, then the parts that follow. A part `*` stands for any name.
 */
export function decodeCatalogue(text: string = catalogueText): Map<FieldPath, FieldType> {
  const types = new Map<FieldPath, FieldType>();
  /** Where in `name` each of its parts ends. */
  const ends: number[] = [];
  let name = "";
  for (const line of text.split("\n")) {
    const type = typeOfLetter[line.charAt(0)];
    if (type === undefined) continue;
    const shared = Number.parseInt(line.charAt(1), 36);
    const rest = line.slice(2);
    const start = shared === 0 ? "" : `${name.slice(0, ends[shared - 1])}.`;
    name = start + rest;
    ends.length = shared;
    for (let dot = name.indexOf(".", start.length); dot >= 0; dot = name.indexOf(".", dot + 1)) {
      ends.push(dot);
    }
    ends.push(name.length);
    types.set(name, type);
  }
  return types;
}
