/** One case of the suite in all its variants. */
export interface Check {
  /** `file: name`; what `spec/known-gaps.toml` calls it. */
  readonly name: string;
  readonly query: string;
  /** A line for each variant that failed. */
  readonly failures: readonly string[];
}

/** A case that cannot pass here, and why. */
export interface Gap {
  readonly case: string;
  readonly reason: string;
}

/** More would not be a gap but a hole. */
const mostGaps = 8;
const longestLine = 400;

/** The report's lines, and whether all is well. */
export function reportChecks(
  checks: readonly Check[],
  gaps: readonly Gap[],
): { readonly lines: readonly string[]; readonly isGood: boolean } {
  const gapNames = new Set(gaps.map((gap) => gap.case));
  const complaints = complainAboutGaps(checks, gaps);
  const counted = checks.filter((check) => !gapNames.has(check.name));
  const failed = counted.filter((check) => check.failures.length > 0);
  const lines = [
    ...failed.flatMap((check) => [
      `FAILED ${check.name}`,
      ...check.query.split("\n").map((line) => `    ${line}`),
      ...check.failures.map((failure) => `  ${shorten(failure)}`),
    ]),
    ...gaps.map((gap) => `known gap: ${gap.case}: ${gap.reason}`),
    ...complaints,
    `${counted.length - failed.length} passed, ${failed.length + complaints.length} failed`,
  ];
  return { lines, isGood: failed.length + complaints.length === 0 };
}

function complainAboutGaps(checks: readonly Check[], gaps: readonly Gap[]): readonly string[] {
  const byName = new Map(checks.map((check) => [check.name, check]));
  const complaints = gaps.flatMap((gap) => {
    const check = byName.get(gap.case);
    if (check === undefined) return [`FAILED known gap: there is no case ${gap.case}`];
    return check.failures.length === 0
      ? [`FAILED known gap: ${gap.case} passes now; take it off the list`]
      : [];
  });
  return gaps.length > mostGaps
    ? [...complaints, `FAILED known gaps: ${gaps.length} are listed, at most ${mostGaps} may be`]
    : complaints;
}

function shorten(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line;
}
