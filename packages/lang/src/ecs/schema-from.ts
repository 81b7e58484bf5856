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
      return [...plain].filter(isUsable).flatMap(([name]) => (matches(name) ? [name] : []));
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
