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
  /** An identifier that must never be cut: a long one pushes the others to the right. */
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
}

const gap = "  ";
const indent = "  ";

/** Widths are decided before the first record, so that records can be written as they come. */
export interface TablePrinter<T> {
  readonly head: () => string;
  readonly row: (record: T) => string;
}

export function tablePrinter<T>(
  layout: Layout<T>,
  width: number,
  styleHead: (text: string) => string = (text) => text,
): TablePrinter<T> {
  const widths = shareWidths(layout.columns, width);
  const { below } = layout;
  return {
    head: () => {
      const titles = layout.columns.map(({ title, alignRight }, place) => ({
        lines: [title],
        width: widths[place] ?? 0,
        alignRight: alignRight === true,
      }));
      const lines = joinCells(titles);
      if (below !== undefined) lines.push(`${indent}${below.title}`);
      return lines.map((line) => `${styleHead(line)}\n`).join("");
    },
    row: (record) => {
      const cells = layout.columns.map((column, place) =>
        cellOf(column, record, widths[place] ?? 0),
      );
      const lines = joinCells(cells);
      if (below !== undefined) {
        const text = visibleText(below.value(record));
        const style = below.style ?? ((line: string) => line);
        if (text !== "") {
          const wrapped = wrapText(text, width - indent.length, below.maxLines);
          lines.push(...wrapped.map((line) => `${indent}${style(line)}`));
        }
      }
      return lines.map((line) => `${line}\n`).join("");
    },
  };
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
function shareWidths<T>(columns: readonly Column<T>[], width: number): number[] {
  const fixed = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
  const left = width - fixed - gap.length * (columns.length - 1);
  const parts = columns.reduce((sum, column) => sum + partsOf(column), 0);
  let unshared = left;
  let lastSharing = -1;
  const widths = columns.map((column, place) => {
    if (column.width !== undefined) return column.width;
    const share = Math.max(narrowest, Math.floor((left * partsOf(column)) / parts));
    unshared -= share;
    lastSharing = place;
    return share;
  });
  return widths.map((share, place) =>
    place === lastSharing ? share + Math.max(0, unshared) : share,
  );
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
