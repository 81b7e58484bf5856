/** A table on the terminal: names at the left, numbers at the right. The first row is the head. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return isNumber(cell) || rows.slice(1).some((other) => isNumber(other[column] ?? ""))
        ? cell.padStart(width)
        : cell.padEnd(width);
    });
    console.log(`  ${cells.join("  ").trimEnd()}`);
  }
}

/** With as many digits as say something. */
export function digits(value: number): string {
  if (!Number.isFinite(value)) return "-";
  const size = Math.abs(value);
  if (size >= 1_000) return Math.round(value).toLocaleString("en");
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

function isNumber(cell: string): boolean {
  return /^[\d.,-]+$/.test(cell);
}
