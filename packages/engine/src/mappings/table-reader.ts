import type { Diagnostic, DiagnosticCode, Source, Span } from "@harrier/lang/text";
import { embedText, headOf, type ParsedValue, type ValuePath } from "../rules/index.ts";

/** The members of one table of the file, taken one by one; what is left at the end is unknown. */
export interface TableReader {
  readonly text: (key: string) => string | undefined;
  /** One text or a list of them; empty where absent or wrong. */
  readonly texts: (key: string) => readonly string[];
  readonly whole: (key: string) => number | undefined;
  readonly word: <Word extends string>(key: string, words: readonly Word[]) => Word | undefined;
  readonly value: (key: string) => unknown;
  readonly table: (key: string) => TableReader | undefined;
  readonly tables: (key: string) => readonly TableReader[];
  /** The keys, in their order. */
  readonly keys: readonly string[];
  /** Says what is wrong with a member, at its place; with the table itself where there is no key. */
  readonly report: (key: string | undefined, finding: TableFinding) => void;
  /** Where a member stands. */
  readonly spanOf: (key: string) => Span;
  /** The text of a member as a source whose places lead into the file; `index` in a list. */
  readonly sourceOf: (key: string, text: string, index?: number) => Source;
  /** Reports the members that nobody has asked for. */
  readonly finish: () => void;
}

export interface TableFinding {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  readonly severity?: Diagnostic["severity"];
}

export function readTable(
  members: Readonly<Record<string, unknown>>,
  path: ValuePath,
  parsed: ParsedValue,
  source: Source,
  report: (diagnostic: Diagnostic) => void,
): TableReader {
  const asked = new Set<string>();
  const take = (key: string): unknown => {
    asked.add(key);
    return Object.hasOwn(members, key) ? members[key] : undefined;
  };
  const spanAt = (place: ValuePath): Span => {
    for (let length = place.length; length > 0; length -= 1) {
      const range = parsed.locate(place.slice(0, length));
      if (range !== undefined) return { source, ...headOf(range, source) };
    }
    return { source, start: 0, end: 0 };
  };
  const reader: TableReader = {
    keys: Object.keys(members),
    spanOf: (key) => spanAt([...path, key]),
    sourceOf: (key, text, index) =>
      embedText(source, parsed, [...path, key, ...(index === undefined ? [] : [index])], text),
    report: (key, { severity = "error", code, message, hint }) => {
      const span = spanAt(key === undefined ? path : [...path, key]);
      report({ severity, code, message, span, ...(hint !== undefined && { hint }) });
    },
    value: take,
    text: (key) => {
      const value = take(key);
      if (value === undefined || (typeof value === "string" && value !== "")) return value;
      reject(key, value, "a text");
      return undefined;
    },
    texts: (key) => {
      const value = take(key);
      if (value === undefined) return [];
      const list = Array.isArray(value) ? value : [value];
      if (list.length > 0 && list.every((each) => typeof each === "string" && each !== "")) {
        return list;
      }
      reject(key, value, "a text or a list of texts");
      return [];
    },
    whole: (key) => {
      const value = take(key);
      const number = typeof value === "bigint" ? Number(value) : value;
      if (number === undefined || (typeof number === "number" && Number.isInteger(number))) {
        return number;
      }
      reject(key, value, "a whole number");
      return undefined;
    },
    word: (key, words) => {
      const value = take(key);
      const found = words.find((word) => word === value);
      if (value !== undefined && found === undefined)
        reject(key, value, `one of ${words.join(", ")}`);
      return found;
    },
    table: (key) => {
      const value = take(key);
      if (value === undefined) return undefined;
      if (isTable(value)) return readTable(value, [...path, key], parsed, source, report);
      reject(key, value, "a table");
      return undefined;
    },
    tables: (key) => {
      const value = take(key);
      if (value === undefined) return [];
      if (Array.isArray(value) && value.every(isTable)) {
        return value.map((each, index) =>
          readTable(each, [...path, key, index], parsed, source, report),
        );
      }
      reject(key, value, `tables, each under \`[[${key}]]\``);
      return [];
    },
    finish: () => {
      for (const key of Object.keys(members)) {
        if (asked.has(key)) continue;
        const known = [...asked].sort().join(", ");
        reader.report(key, {
          code: "map/unknown-key",
          message: `\`${key}\` means nothing here`,
          hint: `known are ${known}`,
        });
      }
    },
  };
  const reject = (key: string, value: unknown, expected: string) =>
    reader.report(key, {
      code: "map/bad-value",
      message: `\`${key}\` is ${kindOf(value)}, expected ${expected}`,
    });
  return reader;
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlain && !(value instanceof Date);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (value === "") return "an empty text";
  if (typeof value === "string") return `\`${value.slice(0, 60)}\``;
  if (value instanceof Date) return "a date";
  return typeof value === "object" ? "a table" : String(value);
}
