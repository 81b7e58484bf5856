import type { TextRange, ValuePath } from "./parsed-file.ts";

/**
 * Finds where the values of a TOML file stand, which its parser does not tell. The text must be
 * valid TOML: what is not is passed over. Tables are where their header is.
 */
export function locateTomlValues(text: string): (path: ValuePath) => TextRange | undefined {
  const ranges = new Map<string, TextRange>();
  listTomlStatements(text, (path, start, end) => {
    ranges.set(keyOf(path), { start, end });
  });
  return (path) => (path.length === 0 ? { start: 0, end: text.length } : ranges.get(keyOf(path)));
}

/** A header, or a key with its value, as it stands in a file. */
export interface TomlStatement extends TextRange {
  readonly isHeader: boolean;
  readonly path: ValuePath;
}

/** The statements of a valid TOML text in their order; `found` is told of each value inside them as well. */
export function listTomlStatements(
  text: string,
  found: (path: ValuePath, start: number, end: number) => void = () => {},
): readonly TomlStatement[] {
  const statements: TomlStatement[] = [];
  const lengths = new Map<string, number>();
  const scan: Scan = {
    text,
    at: 0,
    found,
  };
  let table: ValuePath = [];
  while (scan.at < text.length) {
    skipBlank(scan);
    const start = scan.at;
    if (text[start] === "[") {
      const isList = text[start + 1] === "[";
      scan.at += isList ? 2 : 1;
      const keys = readKeys(scan);
      table = resolveTable(keys, isList, lengths);
      while (text[scan.at] === "]") scan.at += 1;
      scan.found(table, start, scan.at);
      statements.push({ isHeader: true, path: table, start, end: scan.at });
    } else if (start < text.length) {
      const path = [...table, ...readKeys(scan)];
      if (text[scan.at] === "=") {
        scan.at += 1;
        skipBlank(scan);
        scanValue(scan, path);
        statements.push({ isHeader: false, path, start, end: trimEnd(text, start, scan.at) });
      }
      if (scan.at === start) scan.at += 1;
    }
  }
  return statements;
}

/** A plain value ends where blanks before a comment start. */
function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text.charAt(at - 1))) at -= 1;
  return at;
}

/** Names of a key or header beyond these are passed over: they are deeper than any rule. */
const mostNames = 64;

interface Scan {
  readonly text: string;
  at: number;
  readonly found: (path: ValuePath, start: number, end: number) => void;
}

function keyOf(path: ValuePath): string {
  return JSON.stringify(path);
}

/** A header's path: names that mean a list of tables are followed by the index of its last one. */
function resolveTable(
  keys: readonly string[],
  isList: boolean,
  lengths: Map<string, number>,
): ValuePath {
  let path: ValuePath = [];
  for (const [index, key] of keys.entries()) {
    path = [...path, key];
    const length = lengths.get(keyOf(path));
    if (isList && index === keys.length - 1) {
      lengths.set(keyOf(path), (length ?? 0) + 1);
      path = [...path, length ?? 0];
    } else if (length !== undefined) {
      path = [...path, length - 1];
    }
  }
  return path;
}

/** Blanks, line ends, comments. */
function skipBlank(scan: Scan): void {
  const { text } = scan;
  for (; scan.at < text.length; scan.at += 1) {
    const unit = text.charAt(scan.at);
    if (unit === "#") {
      while (scan.at < text.length && text[scan.at] !== "\n") scan.at += 1;
    } else if (!isBlank(unit)) {
      return;
    }
  }
}

function isBlank(unit: string): boolean {
  return unit === " " || unit === "\t" || unit === "\n" || unit === "\r";
}

/** A key with its dots; ends before `=` or `]`. */
function readKeys(scan: Scan): string[] {
  const keys: string[] = [];
  const add = (key: string) => {
    if (keys.length < mostNames) keys.push(key);
  };
  for (;;) {
    skipBlank(scan);
    const start = scan.at;
    const quote = scan.text[start];
    if (quote === '"' || quote === "'") {
      const range = scanString(scan);
      add(keyText(scan.text.slice(range.start, range.end)));
    } else {
      while (/[A-Za-z0-9_-]/.test(scan.text.charAt(scan.at))) scan.at += 1;
      add(scan.text.slice(start, scan.at));
    }
    skipBlank(scan);
    if (scan.text[scan.at] !== ".") return keys;
    scan.at += 1;
  }
}

/** A quoted key with escapes that JSON lacks is looked for by nobody: it stays as written. */
function keyText(quoted: string): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1);
  try {
    const key: unknown = JSON.parse(quoted);
    return typeof key === "string" ? key : quoted;
  } catch {
    return quoted;
  }
}

/** The nesting of lists and inline tables is bounded by the parser, which has read the text before. */
function scanValue(scan: Scan, path: ValuePath): void {
  const start = scan.at;
  const first = scan.text[start];
  if (first === '"' || first === "'") scanString(scan);
  else if (first === "[") scanList(scan, path);
  else if (first === "{") scanInlineTable(scan, path);
  else scanScalar(scan);
  scan.found(path, start, scan.at);
}

/** Blanks stand within a scalar in times only, and do not end one. */
function scanScalar(scan: Scan): void {
  let end = scan.at;
  for (; scan.at < scan.text.length; scan.at += 1) {
    const unit = scan.text.charAt(scan.at);
    if (endsScalar(unit)) break;
    if (unit !== " " && unit !== "\t") end = scan.at + 1;
  }
  scan.at = end;
}

function endsScalar(unit: string): boolean {
  return (
    unit === "," || unit === "]" || unit === "}" || unit === "#" || unit === "\n" || unit === "\r"
  );
}

function scanList(scan: Scan, path: ValuePath): void {
  scan.at += 1;
  for (let index = 0; scan.at < scan.text.length; index += 1) {
    skipBlank(scan);
    if (scan.text[scan.at] !== "]") scanValue(scan, [...path, index]);
    skipBlank(scan);
    const end = scan.text[scan.at];
    scan.at += 1;
    if (end !== ",") return;
  }
}

function scanInlineTable(scan: Scan, path: ValuePath): void {
  scan.at += 1;
  while (scan.at < scan.text.length) {
    skipBlank(scan);
    if (scan.text[scan.at] !== "}") {
      const keys = readKeys(scan);
      if (scan.text[scan.at] === "=") scan.at += 1;
      skipBlank(scan);
      scanValue(scan, [...path, ...keys]);
    }
    skipBlank(scan);
    const end = scan.text[scan.at];
    scan.at += 1;
    if (end !== ",") return;
  }
}

/** A string of any of the four kinds, its quotes included. */
function scanString(scan: Scan): TextRange {
  const { text, at: start } = scan;
  const quote = text.charAt(start);
  const isLong = text.startsWith(quote.repeat(3), start);
  const end = isLong ? quote.repeat(3) : quote;
  scan.at += end.length;
  while (scan.at < text.length && !text.startsWith(end, scan.at)) {
    scan.at += quote === '"' && text[scan.at] === "\\" ? 2 : 1;
  }
  scan.at += end.length;
  // Up to two quotes more belong to the string, before its end.
  for (let more = 0; isLong && more < 2 && text[scan.at] === quote; more += 1) scan.at += 1;
  return { start, end: scan.at };
}
