import type { Diagnostic, Report, Source, Span } from "@harrier/lang/text";
import { isObject, type RuleDocument } from "./classify.ts";
import type { TextRange, ValuePath } from "./parsed-file.ts";

/** Reads a rule's parameters one by one, and says what is wrong with them where they stand. */
export interface FieldReader {
  /**
   * A text; `undefined` where it is absent or, with a finding, wrong. The absence of a required text
   * is an error, of an expected one a warning; an empty text is as good as none there.
   */
  text(key: string, need?: "required" | "expected"): string | undefined;
  flag(key: string): boolean | undefined;
  /** A whole number between the bounds, both included. */
  whole(key: string, bounds: { least: number; most?: number }): number | undefined;
  /** One of the words. */
  word<Word extends string>(key: string, words: readonly Word[]): Word | undefined;
  /** A list of texts; empty where absent or wrong. */
  texts(key: string): readonly string[];
  /** Reports the absence of a parameter that the rule can't do without. */
  require(key: string): void;
  reject(key: string, message: string, hint?: string): void;
}

export function readFields(
  parameters: Readonly<Record<string, unknown>>,
  document: RuleDocument,
  source: Source,
  report: Report,
): FieldReader {
  const reportAbsence = (key: string, severity: Diagnostic["severity"]) => {
    const message = `the rule has no \`${key}\``;
    const span = spanOfKey(document, source, key);
    report({ severity, code: "rule/missing-field", message, span });
  };
  const isAbsent = (key: string) => parameters[key] === undefined || parameters[key] === null;
  const reader: FieldReader = {
    require: (key) => {
      if (isAbsent(key)) reportAbsence(key, "error");
    },
    reject: (key, message, hint) =>
      report({
        severity: "error",
        code: "rule/bad-value",
        message,
        span: spanOfKey(document, source, key),
        ...(hint === undefined ? {} : { hint }),
      }),
    text: (key, need) => {
      const value = parameters[key];
      if (isAbsent(key) || (need !== undefined && value === "")) {
        if (need === "required") reportAbsence(key, "error");
        if (need === "expected") reportAbsence(key, "warning");
        return undefined;
      }
      if (typeof value === "string") return value;
      reader.reject(key, `\`${key}\` is ${kindOf(value)}, expected a text`);
      return undefined;
    },
    flag: (key) => {
      const value = parameters[key];
      if (isAbsent(key)) return undefined;
      if (typeof value === "boolean") return value;
      reader.reject(key, `\`${key}\` is ${kindOf(value)}, expected true or false`);
      return undefined;
    },
    whole: (key, { least, most = Number.MAX_SAFE_INTEGER }) => {
      const value = parameters[key];
      if (isAbsent(key)) return undefined;
      if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
        return value;
      }
      const range =
        most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} on`;
      const shown = typeof value === "number" ? `${value}` : kindOf(value);
      reader.reject(key, `\`${key}\` is ${shown}, expected a whole number ${range}`);
      return undefined;
    },
    word: (key, words) => {
      const value = parameters[key];
      if (isAbsent(key)) return undefined;
      const found = words.find((word) => word === value);
      if (found !== undefined) return found;
      const list = words.join(", ");
      reader.reject(key, `\`${key}\` is ${shownValue(value)}, expected one of ${list}`);
      return undefined;
    },
    texts: (key) => {
      const value = parameters[key];
      if (isAbsent(key)) return [];
      if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
      reader.reject(key, `\`${key}\` is ${kindOf(value)}, expected a list of texts`);
      return [];
    },
  };
  return reader;
}

/** The value of a parameter; for one that is not there, or not found, the head of its rule. */
export function spanOfKey(document: RuleDocument, source: Source, key: string): Span {
  const { parsed, path } = document;
  const range = parsed.locate([...path, ...pathOfParameter(document, key)]);
  return { source, ...(range ?? headOf(parsed.locate(path), source)) };
}

/** A flattened parameter stands elsewhere in the repository's TOML. */
function pathOfParameter({ rule }: RuleDocument, key: string): ValuePath {
  if (!isObject(rule.new_terms)) return [key];
  if (key === "new_terms_fields") return ["new_terms", "value"];
  return key === "history_window_start" ? ["new_terms", "history_window_start", 0, "value"] : [key];
}

/** A longer stretch is shown by its first character: its place is what counts. */
const longestHead = 40;

/** Where something starts: enough to find it, and no frame of a whole file. */
export function headOf(range: TextRange | undefined, source: Source): TextRange {
  if (range === undefined) return { start: 0, end: 0 };
  const { start, end } = range;
  const isShort = end - start <= longestHead && !source.text.slice(start, end).includes("\n");
  return isShort ? range : { start, end: Math.min(start + 1, source.text.length) };
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  if (typeof value === "string") return "a text";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function shownValue(value: unknown): string {
  return typeof value === "string" ? `\`${value.slice(0, 60)}\`` : kindOf(value);
}
