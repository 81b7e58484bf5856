import type { Diagnostic, Source } from "@harrier/lang/text";
import { parse, TomlError } from "smol-toml";
import type { ParsedFile, TextRange, ValuePath } from "./parsed-file.ts";
import { locateTomlValues } from "./toml-scan.ts";
import { decodeTomlString } from "./toml-string.ts";

/** Far more than any rule has; also bounds the recursion of the scanner. */
const deepestNesting = 64;

/** Reads a TOML file as one value. */
export function parseToml(source: Source): ParsedFile {
  let value: unknown;
  try {
    value = parse(source.text, { maxDepth: deepestNesting });
  } catch (error) {
    return { format: "toml", values: [], diagnostics: [syntaxError(source, error)] };
  }
  let located: ((path: ValuePath) => TextRange | undefined) | undefined;
  return {
    format: "toml",
    values: [
      {
        value,
        locate: (path) => {
          located ??= locateTomlValues(source.text);
          return located(path);
        },
        decode: (range) => decodeTomlString(source.text, range),
      },
    ],
    diagnostics: [],
  };
}

function syntaxError(source: Source, error: unknown): Diagnostic {
  const start = error instanceof TomlError ? offsetAt(source.text, error.line, error.column) : 0;
  const message = error instanceof Error ? error.message : String(error);
  return {
    severity: "error",
    code: "rule/syntax",
    // The parser's message goes on with a picture of the place; ours is drawn elsewhere.
    message: message.split("\n", 1)[0]?.replace(/^Invalid TOML document: /, "") ?? "",
    span: { source, start, end: Math.min(start + 1, source.text.length) },
  };
}

/** The parser counts lines at LF, and columns in UTF-16 units from 1. */
function offsetAt(text: string, line: number, column: number): number {
  let start = 0;
  for (let before = 1; before < line; before += 1) {
    const lineEnd = text.indexOf("\n", start);
    if (lineEnd < 0) break;
    start = lineEnd + 1;
  }
  return Math.min(start + Math.max(0, column - 1), text.length);
}
