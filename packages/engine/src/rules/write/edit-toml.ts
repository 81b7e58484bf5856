import type { TextRange, ValuePath } from "../parsed-file.ts";
import { listTomlStatements, type TomlStatement } from "../toml-scan.ts";
import { isTables, writeTomlMember } from "./toml.ts";

/** A member of a table, by the keys that lead to it, and what it is to be; `undefined`: it goes. */
export interface TomlEdit {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Changes members of a TOML text and leaves all else as it stands: order, comments, spelling. What is written in a way
 * that can't be changed in place comes out wrong or invalid: read the result again and compare.
 */
export function editToml(text: string, { path, value }: TomlEdit): string {
  const lines = writeTomlMember(path, value);
  const areTables = isTables(value);
  const comment = areTables || lines === "" ? "" : commentBehind(text, path);
  const commented = comment === "" ? lines : lines.replace(/\n$/, () => comment);
  return replaceMember(text, path, commented, areTables);
}

/** What stands on the line behind a value, with the line end; empty where that is blank. */
function commentBehind(text: string, path: readonly string[]): string {
  const own = listTomlStatements(text).find((each) => !each.isHeader && isSame(each.path, path));
  const tail = own === undefined ? "" : text.slice(own.end, lineEnd(text, own.end));
  return tail.trim() === "" ? "" : tail;
}

/** What stands for a member in a TOML text, headers and all; empty where nothing does. */
export function memberText(text: string, path: readonly string[]): string {
  const { ranges } = findMember(text, path);
  return ranges.map(({ start, end }) => text.slice(start, end)).join("");
}

/** Puts whole lines in the place of a member; empty lines take it away. */
export function replaceMember(
  text: string,
  path: readonly string[],
  lines: string,
  areTables: boolean,
): string {
  const { ranges, statements } = findMember(text, path);
  const [first, ...others] = ranges;
  if (first === undefined) {
    if (lines === "") return text;
    const at = areTables
      ? endOfTables(text, path, statements)
      : endOfValues(text, path, statements);
    return insertAt(text, at, lines, areTables);
  }
  const isSwitched =
    areTables !== (statements.find(({ start }) => start >= first.start)?.isHeader ?? false);
  // From the end, so that what stands before keeps its place.
  let edited = text;
  for (const { start, end } of [...others].reverse())
    edited = edited.slice(0, start) + edited.slice(end);
  if (isSwitched && lines !== "") {
    const without = edited.slice(0, first.start) + edited.slice(first.end);
    return replaceMember(without, path, lines, areTables);
  }
  const gap = areTables && lines !== "" && first.end < edited.length ? "\n" : "";
  return edited.slice(0, first.start) + lines + gap + edited.slice(first.end);
}

interface FoundMember {
  /** Whole lines: that of its key, or from each of its headers to the next one. */
  readonly ranges: readonly TextRange[];
  readonly statements: readonly TomlStatement[];
}

function findMember(text: string, path: readonly string[]): FoundMember {
  const statements = listTomlStatements(text);
  const own = statements.find((each) => !each.isHeader && isSame(each.path, path));
  if (own !== undefined) {
    return {
      ranges: [{ start: lineStart(text, own.start), end: lineEnd(text, own.end) }],
      statements,
    };
  }
  const ranges = statements.flatMap((each, index) => {
    if (!each.isHeader || !isBelow(each.path, path)) return [];
    const next = statements.slice(index + 1).find(({ isHeader }) => isHeader);
    const end = next === undefined ? text.length : headStart(text, next.start);
    return [{ start: lineStart(text, each.start), end }];
  });
  return { ranges, statements };
}

function insertAt(text: string, at: number, lines: string, areTables: boolean): string {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const start = before === "" || before.endsWith("\n") ? before : `${before}\n`;
  const blank = areTables && start !== "" && !start.endsWith("\n\n") ? "\n" : "";
  return `${start}${blank}${lines}${areTables && after !== "" ? "\n" : ""}${after}`;
}

/** Behind the last value of the table that the member belongs to. */
function endOfValues(
  text: string,
  path: readonly string[],
  statements: readonly TomlStatement[],
): number {
  const header = statements.findIndex(
    (each) => each.isHeader && isSame(each.path, path.slice(0, -1)),
  );
  let last = statements[header];
  for (const each of statements.slice(header + 1)) {
    if (each.isHeader) break;
    last = each;
  }
  return last === undefined ? 0 : lineEnd(text, last.end);
}

/** Behind all tables of the same outermost table. */
function endOfTables(
  text: string,
  path: readonly string[],
  statements: readonly TomlStatement[],
): number {
  const last = statements.findLastIndex((each) => isBelow(each.path, path.slice(0, 1)));
  const next = statements.slice(last + 1).find(({ isHeader }) => isHeader);
  return next === undefined ? text.length : headStart(text, next.start);
}

/** Where what belongs to a header starts: the comments right above it do. */
function headStart(text: string, header: number): number {
  let start = lineStart(text, header);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!text.slice(above, start).trimStart().startsWith("#")) return start;
    start = above;
  }
  return start;
}

function isSame(path: ValuePath, other: readonly string[]): boolean {
  return path.length === other.length && isBelow(path, other);
}

/** Indexes of lists do not count in what is above. */
function isBelow(path: ValuePath, above: readonly string[]): boolean {
  return above.every((key, index) => path[index] === key);
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Behind the line end, and behind a comment on the line. */
function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}
