import type { Diagnostic } from "./diagnostic.ts";
import { outermostSpan, positionAt, type Span } from "./span.ts";

/** How a frame is coloured. The default leaves everything as it is. */
export interface FrameStyle {
  /** Columns of the screen; a longer line of the text is cut around the span. Default: 160. */
  readonly width?: number;
  readonly severity: (text: string, severity: Diagnostic["severity"]) => string;
  readonly gutter: (text: string) => string;
}

const plain: FrameStyle = { severity: (text) => text, gutter: (text) => text };
const tabWidth = 4;
const defaultWidth = 160;
/** Columns that a line needs before its text: number, bar, blanks, and the two marks of a cut. */
const reserved = 12;

/**
 * A finding as people read it: message, place, the line with a caret under the span, labels, hint.
 *
 * ```
 * error[eql/unknown-field]: there is no field `process.nmae`
 *   --> rules/suspicious-shell.toml:14:15
 *    |
 * 14 | process where process.nmae == "cmd.exe"
 *    |               ^^^^^^^^^^^^
 *    = hint: did you mean `process.name`?
 * ```
 * The text comes from a file that anybody may have written: control and direction characters are
 * shown as escapes, and a long line is cut around the span.
 */
export function renderDiagnostic(diagnostic: Diagnostic, style: FrameStyle = plain): string {
  const head = style.severity(`${diagnostic.severity}[${diagnostic.code}]`, diagnostic.severity);
  const lines = [`${head}: ${visible(diagnostic.message)}`];
  const places = [
    { span: diagnostic.span, message: "" },
    ...(diagnostic.labels ?? []).map(({ span, message }) => ({ span, message })),
  ];
  const width = Math.max(...places.map(({ span }) => String(lineOf(span)).length));
  for (const { span, message } of places) {
    lines.push(...frameOf(span, message, width, style));
  }
  if (diagnostic.hint !== undefined) {
    lines.push(`${" ".repeat(width)} ${style.gutter("=")} hint: ${visible(diagnostic.hint)}`);
  }
  return lines.join("\n");
}

function lineOf(span: Span): number {
  const outer = outermostSpan(span);
  return positionAt(outer.source.text, outer.start).line;
}

function frameOf(span: Span, message: string, width: number, style: FrameStyle): string[] {
  const { source, start, end } = outermostSpan(span);
  const { line, column } = positionAt(source.text, start);
  const pad = " ".repeat(width);
  const [lineStart, lineEnd] = lineAround(source.text, start);
  const longest = Math.max(20, (style.width ?? defaultWidth) - reserved);
  const from = Math.max(lineStart, Math.min(start - Math.floor(longest / 2), lineEnd - longest));
  const to = Math.min(lineEnd, from + longest);
  const before = (from > lineStart ? "…" : "") + visible(source.text.slice(from, start));
  const marked = visible(source.text.slice(start, Math.min(end, to)));
  const after = visible(source.text.slice(Math.min(end, to), to)) + (to < lineEnd ? "…" : "");
  const caret = "^".repeat(Math.max(1, columnsOf(marked)));
  const suffix = message === "" ? "" : ` ${visible(message)}`;
  return [
    `${pad}${style.gutter("-->")} ${visible(source.name)}:${line}:${column}`,
    `${pad} ${style.gutter("|")}`,
    `${style.gutter(String(line).padStart(width))} ${style.gutter("|")} ${before}${marked}${after}`,
    `${pad} ${style.gutter("|")} ${" ".repeat(columnsOf(before))}${caret}${suffix}`,
  ];
}

function lineAround(text: string, offset: number): [number, number] {
  let start = Math.min(offset, text.length);
  while (start > 0 && !isLineBreak(text.charCodeAt(start - 1))) start -= 1;
  let end = Math.min(offset, text.length);
  while (end < text.length && !isLineBreak(text.charCodeAt(end))) end += 1;
  return [start, end];
}

function isLineBreak(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d;
}

function columnsOf(text: string): number {
  return [...text].length;
}

/** Tabs as blanks; characters that could move the cursor or turn the text around as `\u{…}`. */
function visible(text: string): string {
  return text
    .replaceAll("\t", " ".repeat(tabWidth))
    .replace(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
      (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    );
}
