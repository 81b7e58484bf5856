import type { Diagnostic, Report, Source, Span } from "@harrier/lang/text";
import { isObject, type RawObject, type RuleDocument } from "./classify.ts";
import type { TextRange, ValuePath } from "./parsed-file.ts";

/** Reads the members of an object one by one, and says what is wrong with them where they stand. */
export interface FieldReader {
  /**
   * A text; `undefined` where it is absent or, with a finding, wrong. The absence of a required or
   * present text is an error, of an expected one a warning; an empty text is as good as none where
   * it is required or expected.
   */
  text(key: string, need?: "required" | "present" | "expected"): string | undefined;
  flag(key: string): boolean | undefined;
  /** A whole number between the bounds, both included. */
  whole(key: string, bounds: { least: number; most?: number }): number | undefined;
  /** One of the words. */
  word<Word extends string>(key: string, words: readonly Word[]): Word | undefined;
  /** A list of texts; empty where absent or wrong. */
  texts(key: string): readonly string[];
  /** An object, to be read in turn; `undefined` where absent or wrong. */
  object(key: string): FieldReader | undefined;
  /** The objects of a list, each to be read in turn; empty where absent or wrong. */
  objects(key: string): readonly FieldReader[];
  /** Reports the absence of a member that the rule can't do without. */
  require(key: string): void;
  reject(key: string, message: string, hint?: string): void;
  /** Reports the object itself. */
  rejectWhole(message: string, hint?: string): void;
  /** The object as it was given. */
  readonly members: RawObject;
}

/** `path` is where the object stands among the rule's parameters. */
export function readFields(
  members: RawObject,
  document: RuleDocument,
  source: Source,
  report: Report,
  path: ValuePath = [],
): FieldReader {
  const spanAt = (key: string) => spanOfParameter(document, source, [...path, key]);
  const nameOf = (key: string) => nameOfParameter([...path, key]);
  const reportAbsence = (key: string, severity: Diagnostic["severity"]) => {
    const message = `the rule has no ${nameOf(key)}`;
    report({ severity, code: "rule/missing-field", message, span: spanAt(key) });
  };
  const rejectAt = (span: Span, message: string, hint?: string) => {
    const more = hint === undefined ? {} : { hint };
    report({ severity: "error", code: "rule/bad-value", message, span, ...more });
  };
  const isAbsent = (key: string) => members[key] === undefined || members[key] === null;
  const readBelow = (object: RawObject, below: ValuePath) =>
    readFields(object, document, source, report, [...path, ...below]);
  const reader: FieldReader = {
    members,
    require: (key) => {
      if (isAbsent(key)) reportAbsence(key, "error");
    },
    reject: (key, message, hint) => rejectAt(spanAt(key), message, hint),
    rejectWhole: (message, hint) =>
      rejectAt(spanOfParameter(document, source, path), message, hint),
    text: (key, need) => {
      const value = members[key];
      if (isAbsent(key) || (value === "" && need !== undefined && need !== "present")) {
        if (need !== undefined) reportAbsence(key, need === "expected" ? "warning" : "error");
        return undefined;
      }
      if (typeof value === "string") return value;
      reader.reject(key, `${nameOf(key)} is ${kindOf(value)}, expected a text`);
      return undefined;
    },
    flag: (key) => {
      const value = members[key];
      if (isAbsent(key)) return undefined;
      if (typeof value === "boolean") return value;
      reader.reject(key, `${nameOf(key)} is ${kindOf(value)}, expected true or false`);
      return undefined;
    },
    whole: (key, { least, most = Number.MAX_SAFE_INTEGER }) => {
      const value = members[key];
      if (isAbsent(key)) return undefined;
      if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
        return value;
      }
      const range =
        most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `from ${least} on`;
      const shown = typeof value === "number" ? `${value}` : kindOf(value);
      reader.reject(key, `${nameOf(key)} is ${shown}, expected a whole number ${range}`);
      return undefined;
    },
    word: (key, words) => {
      const value = members[key];
      if (isAbsent(key)) return undefined;
      const found = words.find((word) => word === value);
      if (found !== undefined) return found;
      const list = words.length === 1 ? `\`${words[0]}\`` : `one of ${words.join(", ")}`;
      reader.reject(key, `${nameOf(key)} is ${shownValue(value)}, expected ${list}`);
      return undefined;
    },
    texts: (key) => {
      const value = members[key];
      if (isAbsent(key)) return [];
      if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
      reader.reject(key, `${nameOf(key)} is ${kindOf(value)}, expected a list of texts`);
      return [];
    },
    object: (key) => {
      const value = members[key];
      if (isAbsent(key)) return undefined;
      if (isObject(value)) return readBelow(value, [key]);
      reader.reject(key, `${nameOf(key)} is ${kindOf(value)}, expected an object`);
      return undefined;
    },
    objects: (key) => {
      const value = members[key];
      if (isAbsent(key)) return [];
      if (Array.isArray(value) && value.every(isObject)) {
        return value.map((item, index) => readBelow(item, [key, index]));
      }
      reader.reject(key, `${nameOf(key)} is ${kindOf(value)}, expected a list of objects`);
      return [];
    },
  };
  return reader;
}

/** The value of a parameter; where it is not there or not found, the head of what holds it. */
export function spanOfParameter(document: RuleDocument, source: Source, path: ValuePath): Span {
  const { parsed } = document;
  const place = [...document.path, ...pathInFile(document, path)];
  for (let length = place.length; length >= document.path.length; length -= 1) {
    const range = parsed.locate(place.slice(0, length));
    if (range === undefined) continue;
    const isWhole = length === place.length && length > document.path.length;
    const isLine = !source.text.slice(range.start, range.end).includes("\n");
    return { source, ...(isWhole && isLine ? range : headOf(range, source)) };
  }
  return { source, start: 0, end: 0 };
}

/** A parameter that was brought into the API's shape stands elsewhere in the repository's TOML. */
function pathInFile({ rule }: RuleDocument, path: ValuePath): ValuePath {
  const [key, ...below] = path;
  if (!isObject(rule.new_terms)) return path;
  if (key === "new_terms_fields") return ["new_terms", "value", ...below];
  return key === "history_window_start" ? ["new_terms", "history_window_start", 0, "value"] : path;
}

/** A path as messages name it; which item of a list is meant shows by the place. */
function nameOfParameter(path: ValuePath): string {
  return `\`${path.filter((key) => typeof key === "string").join(".")}\``;
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
