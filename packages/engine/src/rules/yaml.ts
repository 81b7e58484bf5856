import type { Diagnostic, Source } from "@harrier/lang/text";
import { type Document, isNode, isScalar, parseAllDocuments, visit } from "yaml";
import type { ParsedFile, ParsedValue, TextRange, ValuePath } from "./parsed-file.ts";
import { mayNestDeeperThan } from "./yaml-nesting.ts";
import { decodeYamlScalar } from "./yaml-string.ts";

/** Rules are small; a parser that keeps every node is no place for more. */
const largestFile = 2 * 1024 * 1024;
/** Brackets inside each other, or columns of indentation; rules need a handful. */
const deepestNesting = 128;
/** A broken file has as many errors as lines; the first ones say it. */
const mostErrors = 10;
/** How often aliases may repeat what their anchors hold, in all. */
const mostAliases = 100;

const parserOptions = {
  logLevel: "silent",
  prettyErrors: false,
  // The parser compares every key with every other: on many keys we are faster.
  uniqueKeys: false,
} as const;

/** Reads a YAML file: a value for each of its documents. */
export function parseYaml(source: Source): ParsedFile {
  if (source.text.length > largestFile) return refuse(source, "larger than 2 MB");
  try {
    if (mayNestDeeperThan(deepestNesting, source.text)) return refuse(source, "nested too deeply");
    const documents = parseAllDocuments(source.text, parserOptions);
    // An empty stream is a list with properties of its own: nothing to read.
    const listed: readonly Document.Parsed[] = Array.isArray(documents) ? documents : [];
    const errors = listed.flatMap((document) => [
      ...document.errors.map((error) => syntaxError(source, error.message, error.pos)),
      ...findEqualKeys(source, document),
    ]);
    if (errors.length > 0) {
      return { format: "yaml", values: [], diagnostics: errors.slice(0, mostErrors) };
    }
    return {
      format: "yaml",
      values: listed.map((document) => readDocument(source, document)),
      diagnostics: [],
    };
  } catch (error) {
    // Aliases that repeat too much, or lead nowhere.
    return refuse(source, error instanceof Error ? error.message : String(error));
  }
}

function readDocument(source: Source, document: Document.Parsed): ParsedValue {
  const value: unknown = document.toJS({ maxAliasCount: mostAliases });
  return {
    value,
    locate: (path) => locateNode(document, path),
    decode: (range) => decodeYamlScalar(source.text, range),
  };
}

function locateNode(document: Document.Parsed, path: ValuePath): TextRange | undefined {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isNode(node) || !node.range) return undefined;
  return { start: node.range[0], end: node.range[1] };
}

/** Keys that a map has twice. */
function findEqualKeys(source: Source, document: Document.Parsed): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Map: (_, map) => {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value) && key.range) {
          found.push(syntaxError(source, "a key twice in one map", key.range));
        }
        keys.add(key.value);
      }
    },
  });
  return found;
}

function syntaxError(
  source: Source,
  message: string,
  [start, end]: readonly [number, number, ...number[]],
): Diagnostic {
  return {
    severity: "error",
    code: "rule/syntax",
    message: `not valid YAML: ${message}`,
    span: { source, start, end: Math.max(start, end) },
  };
}

function refuse(source: Source, message: string): ParsedFile {
  return { format: "yaml", values: [], diagnostics: [syntaxError(source, message, [0, 0])] };
}
