import type { Diagnostic, Source } from "@harrier/lang/text";

/** The lines that `git` and `harrier rules merge` leave around what both sides changed. */
export const conflictMarks = {
  local: "<<<<<<< ",
  base: "||||||| ",
  between: "=======",
  upstream: ">>>>>>> ",
} as const;

/** An error for each conflict that a merge left in a file, however its marks stand there: in a text they would load. */
export function findMergeConflicts(source: Source): readonly Diagnostic[] {
  const { text } = source;
  if (!text.includes(conflictMarks.local) || !text.includes(conflictMarks.upstream)) return [];
  const found: Diagnostic[] = [];
  let start: number | undefined;
  let field: string | undefined;
  let isBetween = false;
  let offset = 0;
  let opened: OpenText | undefined;
  for (const line of text.split("\n")) {
    opened =
      opened === undefined ? openedBy(line) : line.includes(opened.quotes) ? undefined : opened;
    if (line.startsWith(conflictMarks.local)) {
      start = offset;
      isBetween = false;
      field = undefined;
    } else if (start !== undefined && line.trimEnd() === conflictMarks.between) {
      isBetween = true;
    } else if (start !== undefined && isBetween && line.startsWith(conflictMarks.upstream)) {
      found.push(conflictAt(source, start, opened?.field ?? field));
      start = undefined;
    } else if (start !== undefined) {
      field ??= fieldOf(line);
    }
    offset += line.length + 1;
  }
  return found;
}

function conflictAt(source: Source, start: number, field: string | undefined): Diagnostic {
  const place = field === undefined ? "" : ` in \`${field}\``;
  return {
    severity: "error",
    code: "rule/merge-conflict",
    message: `both sides of a merge changed what stands here${place}`,
    span: { source, start, end: start + conflictMarks.local.length - 1 },
    hint: "keep one side, or what you make of both, and take the marks away",
  };
}

/** A TOML text of several lines that has not ended yet. */
interface OpenText {
  readonly field: string;
  readonly quotes: string;
}

function openedBy(line: string): OpenText | undefined {
  const [whole = "", field = "", quotes = ""] =
    /^\s*([\w."$-]{1,80})\s*=\s*("""|''')/.exec(line) ?? [];
  return whole === "" || line.slice(whole.length).includes(quotes) ? undefined : { field, quotes };
}

/** The key or table that a line starts, where it starts one. */
function fieldOf(line: string): string | undefined {
  const found = /^\s*(?:\[\[?([\w."$-]{1,80})\]|"?([\w$-]{1,80})"?\s*[=:]\s)/.exec(line);
  return found?.[1] ?? found?.[2];
}
