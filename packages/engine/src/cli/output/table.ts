import { visibleText } from "./terminal-text.ts";
import { columnsOf, cutText, fitText, wrapText } from "./text-width.ts";

/** A column of a table. Values may be hostile; the table makes them visible. */
export interface Column<T> {
  readonly title: string;
  /** Columns on the screen; a share of what is left where it is `undefined`. */
  readonly width?: number;
  /** Of what is left, how many parts this column gets; 1 where absent. */
  readonly share?: number;
  readonly value: (record: T) => string;
  /** Colours a fitted cell. */
  readonly style?: (text: string, record: T) => string;
  /** Lines a cell may take before it is cut; 1 where absent. */
  readonly maxLines?: number;
  /** For counts. */
  readonly alignRight?: boolean;
  /** Must never be cut. The first record may widen the column; a later, longer value moves its row. */
  readonly whole?: boolean;
}

/** How records become lines: columns, and what stands below them at full width. */
export interface Layout<T> {
  readonly columns: readonly Column<T>[];
  readonly below?: {
    readonly title: string;
    readonly value: (record: T) => string;
    readonly style?: (text: string) => string;
    readonly maxLines: number;
  };
  /** Named lines below a record; those without a text are left out. */
  readonly notes?: (record: T) => readonly Note[];
}

/** What is said of a record below it. */
export interface Note {
  readonly label: string;
  readonly text: string;
  readonly style?: (text: string) => string;
  readonly maxLines: number;
}

const gap = "  ";
const indent = "  ";

/**
 * Gives each record its lines, the first one with the head before it. Widths are decided by the screen and
 * the first record, so that records can be written as they come.
 */
export function tablePrinter<T>(
  layout: Layout<T>,
  width: number,
  styleHead: (text: string) => string = (text) => text,
): (record: T) => string {
  let widths: readonly number[] | undefined;
  return (record) => {
    const lines: string[] = [];
    if (widths === undefined) {
      widths = shareWidths(layout.columns, width, record);
      lines.push(...headLines(layout, widths).map(styleHead));
    }
    lines.push(...rowLines(layout, widths, record), ...linesBelow(layout, width, record));
    lines.push(...noteLines(layout.notes?.(record) ?? [], width));
    return lines.map((line) => `${line}\n`).join("");
  };
}

function headLines<T>({ columns, below }: Layout<T>, widths: readonly number[]): string[] {
  const titles = columns.map(({ title, alignRight }, place) => ({
    lines: [title],
    width: widths[place] ?? 0,
    alignRight: alignRight === true,
  }));
  const lines = joinCells(titles);
  return below === undefined ? lines : [...lines, `${indent}${below.title}`];
}

function rowLines<T>({ columns }: Layout<T>, widths: readonly number[], record: T): string[] {
  return joinCells(columns.map((column, place) => cellOf(column, record, widths[place] ?? 0)));
}

function linesBelow<T>({ below }: Layout<T>, width: number, record: T): string[] {
  const text = below === undefined ? "" : visibleText(below.value(record));
  if (below === undefined || text === "") return [];
  const { style = (line: string) => line, maxLines } = below;
  return wrapText(text, width - indent.length, maxLines).map((line) => indent + style(line));
}

/** The texts of all notes of a table begin in the same column. */
const noteLabelWidth = 8;

function noteLines(notes: readonly Note[], width: number): string[] {
  const textWidth = width - indent.length - noteLabelWidth - gap.length;
  return notes.flatMap(({ label, text, style = (line) => line, maxLines }) => {
    const visible = visibleText(text);
    if (visible === "") return [];
    return wrapText(visible, textWidth, maxLines).map((line, place) => {
      const head = indent + fitText(place === 0 ? label : "", noteLabelWidth) + gap;
      return head + style(line);
    });
  });
}

interface Cell {
  readonly lines: readonly string[];
  readonly width: number;
  readonly alignRight: boolean;
  readonly style?: (text: string) => string;
}

function cellOf<T>(column: Column<T>, record: T, width: number): Cell {
  const text = visibleText(column.value(record));
  const { style } = column;
  return {
    lines: column.whole === true ? [text] : wrapText(text, width, column.maxLines ?? 1),
    width,
    alignRight: column.alignRight === true,
    ...(style && { style: (cell: string) => style(cell, record) }),
  };
}

/** The lines of a row. Blanks are outside of colours, none stand at the end of a line. */
function joinCells(cells: readonly Cell[]): string[] {
  const height = Math.max(...cells.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    let text = "";
    let blanks = "";
    for (const cell of cells) {
      const content = cell.lines[line] ?? "";
      const padding = " ".repeat(Math.max(0, cell.width - columnsOf(content)));
      const styled = content === "" ? "" : (cell.style?.(content) ?? content);
      if (cell.alignRight) blanks += padding;
      if (styled !== "") {
        text += blanks + styled;
        blanks = "";
      }
      blanks += (cell.alignRight ? "" : padding) + gap;
    }
    return text;
  });
}

const narrowest = 4;

/** Fixed widths first; the rest is shared out by parts, the last sharing column taking the remainder. */
function shareWidths<T>(columns: readonly Column<T>[], width: number, first: T): number[] {
  const fixed = columns.map((column) => fixedWidth(column, first));
  const taken = fixed.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  const left = width - taken - gap.length * (columns.length - 1);
  const parts = columns.reduce((sum, column) => sum + partsOf(column), 0);
  let unshared = left;
  let lastSharing = -1;
  const widths = columns.map((column, place) => {
    const own = fixed[place];
    if (own !== undefined) return own;
    const share = Math.max(narrowest, Math.floor((left * partsOf(column)) / parts));
    unshared -= share;
    lastSharing = place;
    return share;
  });
  return widths.map((share, place) =>
    place === lastSharing ? share + Math.max(0, unshared) : share,
  );
}

function fixedWidth<T>({ width, whole, value }: Column<T>, first: T): number | undefined {
  if (width === undefined || whole !== true) return width;
  return Math.max(width, columnsOf(visibleText(value(first))));
}

function partsOf<T>(column: Column<T>): number {
  return column.width === undefined ? (column.share ?? 1) : 0;
}

/** Names beside values, the values under each other and wrapped: the parts of a summary or a page. */
export function nameValueLines(
  pairs: readonly (readonly [name: string, value: string])[],
  width: number,
  style: (name: string) => string = (name) => name,
): string[] {
  const nameWidth = Math.max(...pairs.map(([name]) => columnsOf(name)));
  return pairs.flatMap(([name, value]) =>
    wrapText(value, width - nameWidth - gap.length).map((line, place) => {
      const label = fitText(place === 0 ? name : "", nameWidth);
      return `${place === 0 ? style(cutText(label, nameWidth)) : label}${gap}${line}`.trimEnd();
    }),
  );
}
