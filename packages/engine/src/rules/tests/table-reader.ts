import { similarNames } from "@harrier/lang/ecs";
import type { Diagnostic, DiagnosticCode, Report, Source, Span } from "@harrier/lang/text";
import { isObject, type RawObject } from "../classify.ts";
import { headOf } from "../fields.ts";
import type { ParsedValue, ValuePath } from "../parsed-file.ts";

/** Reads a table of a test file key by key; says what is wrong with it, and which keys nobody asked for. */
export class TableReader {
  readonly members: RawObject;
  readonly path: ValuePath;
  readonly #file: TestSource;
  readonly #asked = new Set<string>();

  constructor(members: RawObject, path: ValuePath, file: TestSource) {
    this.members = members;
    this.path = path;
    this.#file = file;
  }

  get span(): Span {
    return this.#file.spanAt(this.path);
  }

  spanOf(key: string, ...below: ValuePath): Span {
    return this.#file.spanAt([...this.path, key, ...below]);
  }

  get(key: string): unknown {
    this.#asked.add(key);
    return this.members[key];
  }

  text(key: string): string | undefined {
    const value = this.get(key);
    // An unquoted time of TOML.
    if (value instanceof Date) return value.toISOString();
    if (value === undefined || typeof value === "string") return value;
    return this.reject(key, "a text");
  }

  flag(key: string): boolean | undefined {
    const value = this.get(key);
    return value === undefined || typeof value === "boolean"
      ? value
      : this.reject(key, "true or false");
  }

  texts(key: string): readonly string[] {
    const value = this.get(key);
    if (value === undefined) return [];
    if (typeof value === "string") return [value];
    const isList = Array.isArray(value) && value.every((each) => typeof each === "string");
    return isList ? value : (this.reject(key, "a text or a list of texts") ?? []);
  }

  table(key: string): TableReader | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    return isObject(value) ? this.below(value, key) : this.reject(key, "a table");
  }

  tables(key: string): readonly TableReader[] {
    const value = this.get(key);
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every(isObject)) {
      return value.map((each, index) => this.below(each, key, index));
    }
    return this.reject(key, "a list of tables") ?? [];
  }

  below(value: RawObject, ...path: ValuePath): TableReader {
    return new TableReader(value, [...this.path, ...path], this.#file);
  }

  /** Reports a value of the wrong kind. */
  reject(key: string, expected: string): undefined {
    this.report("test/bad-value", `\`${key}\` must be ${expected}`, this.spanOf(key));
  }

  report(code: DiagnosticCode, message: string, span: Span = this.span, hint?: string): undefined {
    const finding: Diagnostic = { severity: "error", code, message, span };
    this.#file.report(hint === undefined ? finding : { ...finding, hint });
  }

  /** Reports the keys that nobody has asked for: a slip of the pen must not make a test that tests nothing. */
  finish(): void {
    for (const key of Object.keys(this.members)) {
      if (this.#asked.has(key)) continue;
      const [similar] = similarNames(key, [...this.#asked]);
      const hint = similar === undefined ? undefined : `did you mean \`${similar}\`?`;
      this.report(
        "test/unknown-key",
        `there is no \`${key.slice(0, 60)}\` here`,
        this.spanOf(key),
        hint,
      );
    }
  }
}

/** A test file that was read, and who is told of what is wrong with it. */
export class TestSource {
  readonly source: Source;
  readonly report: Report;
  readonly #parsed: ParsedValue;

  constructor(source: Source, parsed: ParsedValue, report: Report) {
    this.source = source;
    this.report = report;
    this.#parsed = parsed;
  }

  /** The same file; findings go to somebody else. */
  reportingTo(report: Report): TestSource {
    return new TestSource(this.source, this.#parsed, report);
  }

  /** The value at the path, or what holds it. */
  spanAt(path: ValuePath): Span {
    for (let length = path.length; length >= 0; length -= 1) {
      const range = this.#parsed.locate(path.slice(0, length));
      if (range === undefined) continue;
      const isLine = !this.source.text.slice(range.start, range.end).includes("\n");
      return { source: this.source, ...(isLine ? range : headOf(range, this.source)) };
    }
    return { source: this.source, start: 0, end: 0 };
  }
}
