import { type Diagnostic, formatDiagnosticLine, outermostSpan } from "@harrier/lang/text";
import { type CaseResult, failureFinding } from "../../../app.ts";

/** A value of a test file that can be brought in line with what came out. */
export interface TestUpdate {
  /** `file:line:column: …` */
  readonly place: string;
  readonly before: string;
  readonly after: string;
  /** With the edit as its fix. */
  readonly finding: Diagnostic;
}

/** What `--update` would write for a case that failed; nothing for a failure that no value can mend. */
export function updatesOf(result: CaseResult): readonly TestUpdate[] {
  return result.failures.flatMap((failure): TestUpdate[] => {
    const after = failure.found === undefined ? undefined : tomlValue(failure.found);
    if (after === undefined) return [];
    const { source, start, end } = outermostSpan(failure.span);
    const finding = failureFinding(result, failure);
    return [
      {
        place: formatDiagnosticLine(finding),
        before: source.text.slice(start, end),
        after,
        finding: { ...finding, fix: [{ span: failure.span, text: after }] },
      },
    ];
  });
}

/** A JSON value as TOML writes it on one line; `undefined` for what TOML does not have, or not well. */
function tomlValue(value: unknown): string | undefined {
  if (typeof value === "string") return JSON.stringify(value).replaceAll("\u007f", "\\u007f");
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (!Array.isArray(value)) return undefined;
  const parts = value.map(tomlValue);
  return parts.includes(undefined) ? undefined : `[${parts.join(", ")}]`;
}
