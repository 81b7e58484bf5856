import type { Diagnostic } from "@harrier/lang/text";
import { checkRegex } from "@harrier/lang/values";
import {
  type Expansion,
  formatNames,
  type LinePattern,
  type MapReading,
  type PairLayout,
  parseLinePattern,
} from "../ingest/index.ts";
import type { TableReader } from "./table-reader.ts";

/** How the text becomes raw events: `format`, and what belongs to it. `undefined` with a finding. */
export function readReading(
  table: TableReader,
  report: (diagnostic: Diagnostic) => void,
): MapReading | undefined {
  const format = table.word("format", ["lines", "key-value", ...formatNames]);
  const patterns = readPatterns(table, report);
  const csv = table.table("csv");
  const pairs = table.table("key-value");
  const forbid = (key: string, wanted: string, isThere: boolean) => {
    if (!isThere || format === wanted || format === undefined) return;
    table.report(key, {
      code: "map/bad-value",
      message: `\`${key}\` belongs to \`format = "${wanted}"\``,
    });
  };
  forbid("pattern", "lines", table.keys.includes("pattern"));
  forbid("csv", "csv", csv !== undefined);
  forbid("key-value", "key-value", pairs !== undefined);
  const csvLayout = csv && readCsvLayout(csv);
  const pairLayout = readPairLayout(pairs);
  csv?.finish();
  pairs?.finish();
  switch (format) {
    case undefined:
      if (!table.keys.includes("format")) {
        table.report(undefined, {
          code: "map/missing-key",
          message: "the mapping has no `format`",
          hint: `one of lines, key-value, ${formatNames.join(", ")}`,
        });
      }
      return undefined;
    case "lines":
      if (table.keys.includes("pattern")) return { kind: "lines", patterns };
      table.report("format", {
        code: "map/missing-key",
        message: "lines need a `pattern`",
        hint: 'for example pattern = "{client} [{time}] {message}"',
      });
      return undefined;
    case "key-value":
      return { kind: "pairs", layout: pairLayout };
    case "csv":
      return { kind: "csv", layout: csvLayout };
    default:
      return { kind: "format", format };
  }
}

function readPatterns(
  table: TableReader,
  report: (diagnostic: Diagnostic) => void,
): readonly LinePattern[] {
  const isList = Array.isArray(table.value("pattern"));
  return table.texts("pattern").flatMap((text, index) => {
    const source = table.sourceOf("pattern", text, isList ? index : undefined);
    const pattern = parseLinePattern(text);
    const reject = (message: string, start: number, end: number) => {
      const span = { source, start, end };
      report({ severity: "error", code: "map/bad-pattern", message, span });
    };
    if ("message" in pattern) {
      reject(pattern.message, pattern.start, pattern.end);
      return [];
    }
    for (const { regex } of pattern.pieces) {
      const fault = regex === undefined ? undefined : checkRegex(regex);
      if (regex === undefined || fault === undefined) continue;
      const start = text.indexOf(`:${regex}}`) + 1;
      reject(fault.message, start, start + regex.length);
    }
    return [pattern];
  });
}

function readCsvLayout(csv: TableReader) {
  const delimiter = csv.text("delimiter") ?? ",";
  if (delimiter.length !== 1) {
    csv.report("delimiter", { code: "map/bad-value", message: "a delimiter is one character" });
  }
  const columns = csv.texts("columns");
  return { delimiter, ...(columns.length > 0 && { columns }) };
}

function readPairLayout(table: TableReader | undefined): PairLayout {
  return { between: table?.text("between") ?? " ", assign: table?.text("assign") ?? "=" };
}

/** `[[expand]]`: fields whose text is an object. */
export function readExpansions(table: TableReader): readonly Expansion[] {
  return table.tables("expand").flatMap((each): Expansion[] => {
    const field = each.text("field");
    const as = each.word("as", ["json", "key-value"]);
    const layout = readPairLayout(each);
    each.finish();
    for (const key of ["field", "as"]) {
      if (each.keys.includes(key)) continue;
      each.report(undefined, {
        code: "map/missing-key",
        message: `an expansion has no \`${key}\``,
      });
    }
    if (field === undefined || as === undefined) return [];
    return [as === "json" ? { field, as } : { field, as: "pairs", layout }];
  });
}
