import type { Diagnostic, Source } from "@harrier/lang/text";
import { type Document, isNode, parseAllDocuments, type YAMLError } from "yaml";
import type { ParsedFile, ParsedValue, TextRange, ValuePath } from "./parsed-file.ts";
import { decodeYamlScalar } from "./yaml-string.ts";

/** Rules are small; a parser that keeps every node is no place for more. */
const largestFile = 8 * 1024 * 1024;
/** How often aliases may repeat what their anchors hold, in all. */
const mostAliases = 100;

/** Reads a YAML file: a value for each of its documents. */
export function parseYaml(source: Source): ParsedFile {
  if (source.text.length > largestFile) return refuse(source, "larger than 8 MB");
  try {
    const documents = parseAllDocuments(source.text, { logLevel: "silent", prettyErrors: false });
    // An empty stream is a list with properties of its own: nothing to read.
    const listed: readonly Document.Parsed[] = Array.isArray(documents) ? documents : [];
    const errors = listed.flatMap((document) => document.errors);
    if (errors.length > 0) {
      return {
        format: "yaml",
        values: [],
        diagnostics: errors.map((error) => syntaxError(source, error)),
      };
    }
    return {
      format: "yaml",
      values: listed.map((document) => readDocument(source, document)),
      diagnostics: [],
    };
  } catch (error) {
    // Nesting that is too deep for the stack, or aliases that repeat too much.
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

function syntaxError(source: Source, error: YAMLError): Diagnostic {
  const [start, end] = error.pos;
  return {
    severity: "error",
    code: "rule/syntax",
    message: `not valid YAML: ${error.message}`,
    span: { source, start, end: Math.max(start, end) },
  };
}

function refuse(source: Source, message: string): ParsedFile {
  const span = { source, start: 0, end: 0 };
  return {
    format: "yaml",
    values: [],
    diagnostics: [
      { severity: "error", code: "rule/syntax", message: `not valid YAML: ${message}`, span },
    ],
  };
}
