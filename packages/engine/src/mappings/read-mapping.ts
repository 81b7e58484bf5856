import { type Diagnostic, hasErrors, type Source } from "@harrier/lang/text";
import { describeError } from "../describe-error.ts";
import type { EventMap } from "../ingest/index.ts";
import { parseToml, readSource } from "../rules/index.ts";
import { readCondition } from "./read-condition.ts";
import { readField } from "./read-field.ts";
import { readExpansions, readReading } from "./read-reading.ts";
import { readTable, type TableReader } from "./table-reader.ts";

export interface ReadMapping {
  /** In the order of the files; those with an error are not among them. */
  readonly maps: readonly EventMap[];
  /** Errors and warnings, with their places in the files. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads mapping files. Never throws for a bad one. The guide `map-your-own-logs` describes what they hold. */
export async function readMappings(paths: readonly string[]): Promise<ReadMapping> {
  const read = await Promise.all(paths.map(readFile));
  return {
    maps: read.flatMap(({ map }) => (map === undefined ? [] : [map])),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

interface ReadFile {
  readonly map: EventMap | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

async function readFile(path: string): Promise<ReadFile> {
  try {
    return readMapping(await readSource(path));
  } catch (error) {
    const span = { source: { name: path, text: "" }, start: 0, end: 0 };
    const message = describeError(error);
    return {
      map: undefined,
      diagnostics: [{ severity: "error", code: "map/unreadable", message, span }],
    };
  }
}

/** Reads the text of a mapping file. */
export function readMapping(source: Source): ReadFile {
  const { values, diagnostics: syntax } = parseToml(source);
  const [parsed] = values;
  if (parsed === undefined) {
    return { map: undefined, diagnostics: syntax.map((each) => ({ ...each, code: "map/syntax" })) };
  }
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic) => diagnostics.push(diagnostic);
  // A TOML file is a table.
  const members = parsed.value as Readonly<Record<string, unknown>>;
  const map = buildMap(readTable(members, [], parsed, source, report), report);
  return { map: hasErrors(diagnostics) ? undefined : map, diagnostics };
}

function buildMap(
  table: TableReader,
  report: (diagnostic: Diagnostic) => void,
): EventMap | undefined {
  const name = table.text("name");
  const files = table.texts("files");
  const reading = readReading(table, report);
  const expand = readExpansions(table);
  const where = readCondition(table, "where", report);
  const rest = table.text("rest");
  const stream = readStream(table);
  const tables = table.tables("field");
  const fields = tables.flatMap((each) => readField(each, report) ?? []);
  table.finish();
  const demand = (key: string, isThere: boolean, what: string) => {
    if (isThere || table.keys.includes(key)) return;
    table.report(undefined, { code: "map/missing-key", message: `the mapping has no ${what}` });
  };
  demand("name", name !== undefined, "`name`: what these logs are called");
  demand("field", tables.length > 0, "`[[field]]`");
  if (tables.length > 0 && !tables.some((each) => each.value("to") === "@timestamp")) {
    table.report(undefined, {
      severity: "warning",
      code: "map/no-time",
      message: "no field goes to `@timestamp`: the events have no time",
    });
  }
  if (name === undefined || reading === undefined) return undefined;
  return { name, files, reading, expand, where, fields, rest, stream };
}

function readStream(table: TableReader): EventMap["stream"] {
  const text = table.text("stream");
  const found = text === undefined ? undefined : /^([a-z]+)-([^-\s]+)-([^\s]+)$/.exec(text);
  if (found === null) {
    table.report("stream", {
      code: "map/bad-value",
      message: "a data stream is named type-dataset-namespace",
      hint: 'for example stream = "logs-proxy.access-default"',
    });
  }
  const [, type = "", dataset = "", namespace = ""] = found ?? [];
  return found ? { type, dataset, namespace } : undefined;
}
