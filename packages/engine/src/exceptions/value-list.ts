import type { Diagnostic, Source } from "@harrier/lang/text";
import { describeError } from "../describe-error.ts";
import { readSource } from "../rules/index.ts";
import { type ValueList, type ValueListType, valueListTypes } from "./exception.ts";

/** A list as the command line names it. */
export interface ValueListRequest {
  /** What entries call it. */
  readonly id: string;
  readonly type?: ValueListType;
  readonly file: string;
}

/**
 * Reads `FILE`, `NAME=FILE` or `NAME:TYPE=FILE`. Without a name it is that of the file, as when a file is
 * uploaded to Kibana. `undefined` if there is no file in it.
 */
export function parseValueListRequest(text: string): ValueListRequest | undefined {
  const equals = text.indexOf("=");
  const file = text.slice(equals + 1);
  if (file === "") return undefined;
  if (equals < 0) return { id: file.split(/[/\\]/).at(-1) ?? file, file };
  const head = text.slice(0, equals);
  const colon = head.lastIndexOf(":");
  const type =
    colon < 0 ? undefined : valueListTypes.find((each) => each === head.slice(colon + 1));
  const id = type === undefined ? head : head.slice(0, colon);
  if (id === "") return undefined;
  return { id, ...(type === undefined ? {} : { type }), file };
}

export interface ReadValueLists {
  /** By id. */
  readonly lists: ReadonlyMap<string, ValueList>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads value lists. Files of one name are one list, as in Kibana. A file that can't be read is an error among the findings. */
export async function readValueLists(
  requests: readonly ValueListRequest[],
): Promise<ReadValueLists> {
  const lists = new Map<string, ValueList>();
  const diagnostics: Diagnostic[] = [];
  for (const { id, type, file } of requests) {
    let source: Source;
    try {
      source = await readSource(file);
    } catch (error) {
      const message = describeError(error);
      const span = { source: { name: file, text: "" }, start: 0, end: 0 };
      diagnostics.push({ severity: "error", code: "rule/unreadable", message, span });
      continue;
    }
    const list = readValueList(id, type, source, (diagnostic) => diagnostics.push(diagnostic));
    const known = lists.get(id);
    lists.set(id, known === undefined ? list : joinLists(known, list));
  }
  return { lists, diagnostics };
}

/** One value a line, blanks around it and empty lines left out; in a `.csv` file a line may stand in double quotes. */
function readValueList(
  id: string,
  type: ValueListType | undefined,
  source: Source,
  report: (diagnostic: Diagnostic) => void,
): ValueList {
  const isQuoted = source.name.toLowerCase().endsWith(".csv");
  const values = new Set<string>();
  let wildcards = 0;
  let first: { readonly start: number; readonly value: string } | undefined;
  let start = 0;
  for (const line of source.text.split("\n")) {
    const text = line.trim();
    const value = isQuoted ? unquote(text) : text;
    if (value !== "") values.add(value);
    if (value.includes("*")) {
      wildcards += 1;
      first ??= { start: start + line.indexOf(text), value: text };
    }
    start += line.length + 1;
  }
  if (first !== undefined) {
    const others = wildcards > 1 ? `, and ${wildcards - 1} more like it` : "";
    report({
      severity: "warning",
      code: "exception/literal-wildcard",
      message: `a value list takes \`*\` literally${others}`,
      span: { source, start: first.start, end: first.start + first.value.length },
      hint: "only entries of type `wildcard` (matches) have patterns: write one for each such value",
    });
  }
  return { id, ...(type === undefined ? {} : { type }), values: [...values], source };
}

function unquote(text: string): string {
  const isQuoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
  return isQuoted ? text.slice(1, -1).replaceAll('""', '"').trim() : text;
}

function joinLists(first: ValueList, second: ValueList): ValueList {
  const type = first.type ?? second.type;
  return {
    ...first,
    ...(type === undefined ? {} : { type }),
    values: [...new Set([...first.values, ...second.values])],
  };
}
