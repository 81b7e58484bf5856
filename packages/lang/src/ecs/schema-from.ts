import {
  compileEscapedWildcards,
  type FieldPath,
  type FieldType,
  type TextAnalyzer,
} from "../values/index.ts";
import type { Schema } from "./schema.ts";
import { indexNames } from "./similar.ts";

export interface SchemaOptions {
  /** Flattened objects: everything below them is `keyword`. */
  readonly flattened?: readonly FieldPath[];
  /** Texts that another analyzer than `standard` cuts. */
  readonly analyzers?: Readonly<Record<FieldPath, TextAnalyzer>>;
}

/**
 * A schema of the given fields. Objects that the names imply are added. A part `*` in a name stands
 * for any one name, at the end for all that follows: `labels.*`. A plain name goes first, then the
 * name with most parts.
 */
export function schemaFrom(
  types: Readonly<Record<FieldPath, FieldType>> | ReadonlyMap<FieldPath, FieldType>,
  options: SchemaOptions = {},
): Schema {
  const given = types instanceof Map ? types : new Map(Object.entries(types));
  const plain = new Map<FieldPath, FieldType>();
  const patterns: Pattern[] = [];
  const add = (path: FieldPath, type: FieldType) => {
    if (path.includes("*")) patterns.push({ parts: path.split("."), type });
    else plain.set(path, type);
  };
  for (const [path, type] of given) add(path, type);
  for (const path of options.flattened ?? []) add(`${path}.*`, "keyword");
  for (const path of [...plain.keys(), ...patterns.map(({ parts }) => parts.join("."))]) {
    addParents(path, plain);
  }
  for (const path of options.flattened ?? []) plain.set(path, "object");
  patterns.sort((a, b) => b.parts.length - a.parts.length);

  const analyzers = new Map(Object.entries(options.analyzers ?? {}));
  let numbered: readonly FieldPath[] | undefined;
  let similar: ((path: FieldPath) => readonly FieldPath[]) | undefined;
  return {
    typeOf: (path) => plain.get(path) ?? typeOfPattern(path, patterns),
    nestedRootOf: (path) => nestedRootOf(path, plain),
    analyzerOf: (path) => analyzers.get(path) ?? "standard",
    matching: (pattern) => {
      const matches = compileEscapedWildcards(
        [pattern.replace(/[?\\]/g, "\\$&")],
        false,
        "unicode",
      );
      numbered ??= patterns.flatMap(({ parts }) => numberedNames(parts, plain));
      const named = [...plain].filter(isUsable).map(([name]) => name);
      return [...new Set([...named, ...numbered])].filter(matches);
    },
    similarTo: (path) => {
      similar ??= indexNames([...plain].filter(isUsable).map(([name]) => name));
      return similar(path);
    },
  };
}

interface Pattern {
  readonly parts: readonly string[];
  readonly type: FieldType;
}

/** Objects are no use in a condition: nobody means one. */
function isUsable([, type]: readonly [FieldPath, FieldType]): boolean {
  return type !== "object" && type !== "nested";
}

/** Of a list that its source keeps as an object with numbers for names, as many elements have names of their own. */
const mostNumbered = 10;

/** `list.*.name` as `list.0.name`, `list.1.name` and so on, if `list.0` is known; no names for other patterns. */
function numberedNames(
  parts: readonly string[],
  plain: ReadonlyMap<FieldPath, FieldType>,
): readonly FieldPath[] {
  let names: readonly FieldPath[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === 0) names = [part];
    else if (part !== "*") names = names.map((name) => `${name}.${part}`);
    else if (index < parts.length - 1 && plain.has(`${names[0]}.0`)) {
      names = names.flatMap((name) =>
        Array.from({ length: mostNumbered }, (_, number) => `${name}.${number}`),
      );
    } else return [];
  }
  return parts.includes("*") ? names : [];
}

function addParents(path: FieldPath, types: Map<FieldPath, FieldType>): void {
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const parent = path.slice(0, dot);
    if (types.has(parent)) return;
    if (!parent.includes("*")) types.set(parent, "object");
  }
}

function nestedRootOf(
  path: FieldPath,
  types: ReadonlyMap<FieldPath, FieldType>,
): FieldPath | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    const object = path.slice(0, end);
    if (types.get(object) === "nested") return object;
  }
  return undefined;
}

function typeOfPattern(path: FieldPath, patterns: readonly Pattern[]): FieldType | undefined {
  const parts = path.split(".");
  return patterns.find((pattern) => matchesPattern(parts, pattern.parts))?.type;
}

function matchesPattern(parts: readonly string[], pattern: readonly string[]): boolean {
  const isOpen = pattern.at(-1) === "*";
  if (isOpen ? parts.length < pattern.length : parts.length !== pattern.length) return false;
  return pattern.every((part, index) => part === "*" || part === parts[index]);
}
