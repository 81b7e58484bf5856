/**
 * Reads a list of field types (JSON: `{name: {type, multi_fields?, also?}}`), by default
 * `data/ecs-fields.json` of the shared material; writes `packages/lang/src/ecs/catalogue.gen.ts`.
 *
 *     node --import tsx scripts/generate-catalogue.ts [ecs-fields.json]
 *
 * The output depends on the list alone. Its format is told in `packages/lang/src/ecs/catalogue.ts`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface ListedField {
  readonly type: string;
  /** Sub-fields by name, with their types. */
  readonly multi_fields?: Readonly<Record<string, string>>;
  /** Other types that other sources give the same name. */
  readonly also?: readonly string[];
}

/** The letters of `FieldType`s in the catalogue. */
const letters: Readonly<Record<string, string>> = {
  keyword: "k",
  constant_keyword: "k",
  wildcard: "k",
  // A copy in lower case: exact as far as its case goes.
  "keyword+lowercase": "k",
  // Both aliases of the list lead to keyword fields.
  alias: "k",
  text: "t",
  match_only_text: "t",
  long: "l",
  integer: "l",
  short: "l",
  unsigned_long: "l",
  // The one field listed as "number" is a port.
  number: "l",
  double: "d",
  float: "d",
  scaled_float: "d",
  boolean: "b",
  ip: "i",
  date: "D",
  version: "v",
  object: "o",
  nested: "n",
  geo_point: "x",
};

const workspace = join(import.meta.dirname, "..");
const shared = process.env.HARRIER_SHARED ?? join(workspace, "..", "shared");
const input = process.argv[2] ?? join(shared, "data", "ecs-fields.json");
const output = join(workspace, "packages", "lang", "src", "ecs", "catalogue.gen.ts");

// The list is a file of our own making: its shape is not checked, its types are, below.
const listed = JSON.parse(readFileSync(input, "utf8")) as Record<string, ListedField>;
const catalogue = frontCode(letterOfEveryName(listed));
writeFileSync(
  output,
  `// Written by scripts/generate-catalogue.ts. The format is told in catalogue.ts.\nexport const catalogueText: string = \`\n${catalogue}\`;\n`,
);

/** All names with their letters, multi-fields spelled out. */
function letterOfEveryName(fields: Readonly<Record<string, ListedField>>): Map<string, string> {
  const names = Object.keys(fields).filter((name) => !name.startsWith("."));
  const parents = new Set(names.flatMap(ancestorsOf));
  const found = new Map<string, string>();
  const add = (name: string, letter: string) => {
    if (!found.has(name)) found.set(name, letter);
  };
  for (const name of names) {
    const field = fields[name];
    if (field === undefined) continue;
    const type = usableType(field, parents.has(name));
    if (type === "flattened") {
      add(name, "o");
      add(`${name}.*`, "k");
    } else if (type === "object" && name.endsWith(".*")) {
      add(name, "u");
    } else if (type === "object" && !parents.has(name)) {
      // An object without listed leaves holds whatever its source has.
      add(name, "o");
      add(`${name}.*`, "u");
    } else {
      add(name, letterOf(name, type));
    }
  }
  for (const [name, { multi_fields }] of Object.entries(fields)) {
    if (!found.has(name)) continue;
    for (const [sub, type] of Object.entries(multi_fields ?? {})) {
      add(`${name}.${sub}`, letterOf(name, type));
    }
  }
  return found;
}

/** One type where the sources or the sub-fields give several: an exact one, if there is any. */
function usableType({ type, multi_fields, also = [] }: ListedField, isParent: boolean): string {
  const others = [...also, ...Object.values(multi_fields ?? {})];
  if (type === "text" || type === "match_only_text") {
    return others.find((other) => other === "keyword" || other === "wildcard") ?? type;
  }
  if (type === "object" && !isParent && others.includes("flattened")) return "flattened";
  if (type === "array") {
    return others[0] ?? (isParent ? "object" : "keyword");
  }
  return type;
}

function letterOf(name: string, type: string): string {
  const letter = letters[type];
  if (letter === undefined) throw new Error(`no FieldType for ${type} (${name})`);
  return letter;
}

function ancestorsOf(name: string): string[] {
  const parts = name.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("."));
}

/** A line a name: letter, how many parts it shares with the name before (base 36), the rest. */
function frontCode(types: ReadonlyMap<string, string>): string {
  const rows = [...types].map(([name, letter]) => ({ parts: name.split("."), letter }));
  rows.sort((a, b) => compareParts(a.parts, b.parts));
  let before: readonly string[] = [];
  let text = "";
  for (const { parts, letter } of rows) {
    let shared = 0;
    while (shared < parts.length - 1 && parts[shared] === before[shared]) shared += 1;
    const rest = parts.slice(shared).join(".");
    if (/[`$\\\s]/.test(rest)) throw new Error(`a name that the catalogue cannot hold: ${rest}`);
    text += `${letter}${shared.toString(36)}${rest}\n`;
    before = parts;
  }
  return text;
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (part !== other) return part < other ? -1 : 1;
  }
  return a.length - b.length;
}
