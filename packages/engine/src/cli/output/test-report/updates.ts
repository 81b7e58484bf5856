import { type Diagnostic, formatDiagnosticLine, outermostSpan } from "@harrier/lang/text";
import { type CaseResult, failureFinding } from "../../../app.ts";
import { formatTomlValue } from "../../../rules/index.ts";

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
    if (hasNull(failure.found)) return [];
    const after = formatTomlValue(failure.found);
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

/** TOML has no null. */
function hasNull(value: unknown): boolean {
  if (typeof value !== "object") return value === undefined;
  return value === null || Object.values(value).some(hasNull);
}
