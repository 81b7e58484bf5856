import type { Diagnostic, Source } from "@harrier/lang/text";
import { decodeJsonString, findJsonFault, locateJsonValues } from "./json-scan.ts";
import type { ParsedFile, ParsedValue, TextRange } from "./parsed-file.ts";

/** Reads a file that holds one JSON value. A file of several lines that are a value each is read as NDJSON. */
export function parseJson(source: Source): ParsedFile {
  const whole = { start: 0, end: source.text.length };
  const value = parseRange(source, whole);
  if (value !== undefined) return { format: "json", values: [value], diagnostics: [] };
  const lines = parseNdjson(source);
  if (lines.values.length > 0 && lines.diagnostics.length === 0) return lines;
  return { format: "json", values: [], diagnostics: [faultOf(source, whole)] };
}

/** Reads a file of JSON lines. A line that is no JSON is a finding; the others stand. Empty lines count for nothing. */
export function parseNdjson(source: Source): ParsedFile {
  const { text } = source;
  const values: ParsedValue[] = [];
  const diagnostics: Diagnostic[] = [];
  let line = 1;
  for (let start = 0; start < text.length; line += 1) {
    const lineEnd = text.indexOf("\n", start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const range = { start, end };
    start = end + 1;
    if (text.slice(range.start, range.end).trim() === "") continue;
    const value = parseRange(source, range, line);
    if (value === undefined) diagnostics.push(faultOf(source, range));
    else values.push(value);
  }
  return { format: "ndjson", values, diagnostics };
}

function parseRange({ text }: Source, range: TextRange, line?: number): ParsedValue | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text.slice(range.start, range.end));
  } catch {
    return undefined;
  }
  return {
    value,
    ...(line === undefined ? {} : { line }),
    locate: locateJsonValues(text, range.start),
    decode: (place) => decodeJsonString(text, place),
  };
}

function faultOf(source: Source, range: TextRange): Diagnostic {
  const { offset, message } = findJsonFault(source.text, range) ?? {
    offset: range.start,
    message: "the parser refuses this text",
  };
  // The end of a text that stops too early is the end of its line.
  const start = Math.min(offset, range.end);
  return {
    severity: "error",
    code: "rule/syntax",
    message: `not valid JSON: ${message}`,
    span: { source, start, end: Math.min(start + 1, source.text.length) },
  };
}
