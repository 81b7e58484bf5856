import type { ReportFinding } from "../finding.ts";

/** How many events of an input something is true of, and the position of the first; 0 where there is none. */
export interface Doubt {
  readonly count: number;
  readonly first: number;
}

/** What is wrong with the times of the events of one input, or of a part of it. */
export interface TimeDoubts {
  /** Times that say no zone, or a wrong one, and that nothing tells: taken for UTC. */
  readonly local: Doubt;
  readonly missing: Doubt;
}

export const noTimeDoubts: TimeDoubts = {
  local: { count: 0, first: 0 },
  missing: { count: 0, first: 0 },
};

/** The doubts about two parts of an input, one before the other; `linesBefore` stand before the later one. */
export function joinTimeDoubts(
  earlier: TimeDoubts,
  later: TimeDoubts,
  linesBefore: number,
): TimeDoubts {
  return {
    local: joinDoubts(earlier.local, later.local, linesBefore),
    missing: joinDoubts(earlier.missing, later.missing, linesBefore),
  };
}

/** One finding for each kind of doubt, at the end of the input. */
export function reportTimeDoubts({ local, missing }: TimeDoubts, report: ReportFinding): void {
  if (local.count > 0) {
    report({
      code: "local-time",
      position: local.first,
      message: `${local.count} ${local.count === 1 ? "time says" : "times say"} no zone, or a wrong one, and nothing tells it: taken for UTC`,
      hint: "name the zone of the machine that exported them with `--timezone`",
    });
  }
  if (missing.count > 0) {
    report({
      code: "no-timestamp",
      position: missing.first,
      message: `${missing.count} ${missing.count === 1 ? "event has" : "events have"} no time`,
    });
  }
}

export function addDoubt({ count, first }: Doubt, position: number): Doubt {
  return { count: count + 1, first: count === 0 ? position : first };
}

function joinDoubts(earlier: Doubt, later: Doubt, linesBefore: number): Doubt {
  if (later.count === 0) return earlier;
  return {
    count: earlier.count + later.count,
    first: earlier.count > 0 ? earlier.first : later.first + linesBefore,
  };
}
