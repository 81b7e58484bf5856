import { type DecodedText, startDecoding, type TextDecoder } from "./offset-map.ts";
import type { TextRange } from "./parsed-file.ts";

/**
 * Reads a YAML scalar with the place of each unit. `undefined` for block scalars that name their
 * indentation: it counts from the parent's, which the scalar's own text does not tell.
 */
export function decodeYamlScalar(file: string, range: TextRange): DecodedText | undefined {
  const first = file.charAt(range.start);
  if (first === "|" || first === ">") return decodeBlock(file, range);
  const isQuoted = first === '"' || first === "'";
  return decodeFlow(
    file,
    isQuoted ? { start: range.start + 1, end: range.end - 1 } : range,
    isQuoted ? first : "",
  );
}

interface BlockLine {
  /** Where the line's content starts, behind the indentation that all lines share. */
  readonly start: number;
  readonly content: string;
}

/** Literal and folded block scalars (YAML 1.2.2, 8.1). Line ends are LF, as the parser gives them. */
function decodeBlock(file: string, range: TextRange): DecodedText | undefined {
  const headerEnd = file.indexOf("\n", range.start);
  if (headerEnd < 0 || headerEnd >= range.end) return startDecoding().finish(range.end);
  const header = /^([|>])([-+]?)[ \t]*(?:#.*)?\r?$/.exec(file.slice(range.start, headerEnd));
  if (header === null) return undefined;
  const [, style = "", chomp = ""] = header;
  const all = blockLines(file, { start: headerEnd + 1, end: range.end });
  const used = all.findLastIndex(({ content }) => content !== "") + 1;
  const decoder = startDecoding();
  const lines = all.slice(0, used);
  if (style === "|") copyLiteral(lines, decoder);
  else copyFolded(lines, decoder);
  const last = lines.at(-1);
  const end = last === undefined ? headerEnd + 1 : last.start + last.content.length;
  // One line end stays, with `-` none, with `+` all of them.
  if (chomp === "+") for (const line of all.slice(used)) decoder.put("\n", line.start - 1);
  else if (chomp === "" && last !== undefined) decoder.put("\n", end);
  return decoder.finish(Math.max(end, chomp === "+" ? range.end : end));
}

function blockLines(file: string, range: TextRange): BlockLine[] {
  const lines: { readonly start: number; readonly text: string }[] = [];
  let indent = 0;
  for (let start = range.start; start <= range.end; ) {
    const lineEnd = file.indexOf("\n", start);
    const end = lineEnd < 0 || lineEnd > range.end ? range.end : lineEnd;
    const text = file.slice(start, end).replace(/\r$/, "");
    if (indent === 0 && text.trim() !== "") indent = text.length - text.trimStart().length;
    lines.push({ start, text });
    start = end + 1;
  }
  return lines.map(({ start, text }) => {
    const blanks = text.length - text.trimStart().length;
    const cut = Math.min(indent, blanks);
    return { start: start + cut, content: text.slice(cut) };
  });
}

function copyLiteral(lines: readonly BlockLine[], decoder: TextDecoder): void {
  for (const [index, { start, content }] of lines.entries()) {
    if (index > 0) decoder.put("\n", endOfLine(lines[index - 1]));
    decoder.copy(content, start);
  }
}

/** Lines run together with a blank; empty and more indented lines keep their line ends. */
function copyFolded(lines: readonly BlockLine[], decoder: TextDecoder): void {
  let separator = "";
  let wasMoreIndented = false;
  for (const [index, { start, content }] of lines.entries()) {
    const place = endOfLine(lines[index - 1]);
    if (content.startsWith(" ") || content.startsWith("\t")) {
      if (separator === " ") separator = "\n";
      else if (!wasMoreIndented && separator === "\n") separator = "\n\n";
      decoder.put(separator, place);
      decoder.copy(content, start);
      separator = "\n";
      wasMoreIndented = true;
    } else if (content === "") {
      if (separator === "\n") decoder.put("\n", place);
      else separator = "\n";
    } else {
      decoder.put(separator, place);
      decoder.copy(content, start);
      separator = " ";
      wasMoreIndented = false;
    }
  }
}

function endOfLine(line: BlockLine | undefined): number {
  return line === undefined ? 0 : line.start + line.content.length;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  N: "\u0085",
  _: "\u00a0",
  L: "\u2028",
  P: "\u2029",
  " ": " ",
  '"': '"',
  "/": "/",
  "\\": "\\",
  "\t": "\t",
};
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Plain and quoted scalars (YAML 1.2.2, 7.3), without their quotes. */
function decodeFlow(file: string, range: TextRange, quote: string): DecodedText | undefined {
  const decoder = startDecoding();
  const special = quote === '"' ? /[\\\n]/g : quote === "'" ? /['\n]/g : /\n/g;
  let at = range.start;
  while (at < range.end) {
    special.lastIndex = at;
    const stop = Math.min(special.exec(file)?.index ?? range.end, range.end);
    const isFold = stop < range.end && file[stop] === "\n";
    const copied = file.slice(at, stop);
    decoder.copy(isFold ? trimBlanks(copied) : copied, at);
    if (stop === range.end) break;
    if (isFold) {
      at = copyFold(file, { start: stop, end: range.end }, decoder);
    } else if (file[stop] === "'") {
      decoder.put("'", stop);
      at = stop + 2;
    } else {
      const escaped = readEscape(file, stop);
      if (escaped === undefined) return undefined;
      decoder.put(escaped.units, stop);
      at = escaped.end;
    }
  }
  return decoder.finish(range.end);
}

/** Without the blanks at the end. A regular expression would take quadratic time on many blanks. */
function trimBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && " \t\r".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** A line end is a blank; of several the first is dropped. Blanks around them are dropped too. */
function copyFold(file: string, range: TextRange, decoder: TextDecoder): number {
  let at = range.start;
  let lineEnds = 0;
  while (at < range.end && /[ \t\r\n]/.test(file.charAt(at))) {
    if (file[at] === "\n") lineEnds += 1;
    at += 1;
  }
  decoder.put(lineEnds === 1 ? " " : "\n".repeat(lineEnds - 1), range.start);
  return at;
}

function readEscape(
  file: string,
  backslash: number,
): { readonly units: string; readonly end: number } | undefined {
  const letter = file.charAt(backslash + 1);
  const simple = simpleEscapes[letter];
  if (simple !== undefined) return { units: simple, end: backslash + 2 };
  const length = hexLengths[letter];
  if (length !== undefined) {
    const end = backslash + 2 + length;
    const code = Number.parseInt(file.slice(backslash + 2, end), 16);
    return code <= 0x10ffff ? { units: String.fromCodePoint(code), end } : undefined;
  }
  if (letter !== "\n" && letter !== "\r") return undefined;
  // An escaped line end is nothing; the next line's indentation goes with it.
  let end = backslash + (letter === "\r" ? 3 : 2);
  while (file[end] === " " || file[end] === "\t") end += 1;
  return { units: "", end };
}
