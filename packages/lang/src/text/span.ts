/**
 * A text that was given to us under a name: a file, an argument, a query inside a rule file.
 *
 * A query that stands inside another file is a source of its own (`text` is the query as the
 * language sees it) with `embedded` saying where each of its offsets lies in the outer text.
 */
export interface Source {
  readonly name: string;
  readonly text: string;
  readonly embedded?: {
    readonly in: Source;
    /** From an offset in this text (0..length) to the offset in the outer text. Never decreases. */
    readonly offsetOf: (offset: number) => number;
  };
}

/** A stretch of a source. Offsets are UTF-16 units, end exclusive. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** Where an offset is, as people count: line and column from 1, the column in code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function spanOf(source: Source, start: number, end: number): Span {
  return { source, start, end };
}

/** The smallest span that covers both. Both must be in the same source. */
export function coverSpans(first: Span, last: Span): Span {
  return {
    source: first.source,
    start: Math.min(first.start, last.start),
    end: Math.max(first.end, last.end),
  };
}

/** The same stretch in the outermost text: the one that the user can open. */
export function outermostSpan(span: Span): Span {
  let current = span;
  while (current.source.embedded !== undefined) {
    const { in: outer, offsetOf } = current.source.embedded;
    const start = offsetOf(current.start);
    current = { source: outer, start, end: Math.max(start, offsetOf(current.end)) };
  }
  return current;
}

/** A line ends with LF, CR LF or a lone CR; an offset past the end counts as the end. */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  const end = Math.min(offset, text.length);
  for (let index = 0; index < end; index += 1) {
    const unit = text.charCodeAt(index);
    const isLineFeed = unit === 0x0a;
    const isLoneReturn = unit === 0x0d && text.charCodeAt(index + 1) !== 0x0a;
    if (isLineFeed || isLoneReturn) {
      line += 1;
      lineStart = index + 1;
    }
  }
  return { line, column: [...text.slice(lineStart, end)].length + 1 };
}
