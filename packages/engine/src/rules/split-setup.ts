/** A guide and what its reader must set up before. */
export interface SplitNote {
  readonly note: string;
  readonly setup: string;
}

/**
 * Takes the section `## Setup` (or `## Config`) out of a guide: older rules of the repository have
 * it there, and packaging moves it to `setup`. `undefined` where there is none.
 */
export function splitSetup(note: string): SplitNote | undefined {
  const lines = note.split("\n");
  const headings = headingLevels(lines);
  const start = lines.findIndex((line, index) => {
    const title = line.replace(/^#+/, "").trim().toLowerCase();
    return headings[index] !== 0 && (title === "setup" || title === "config");
  });
  if (start < 0) return undefined;
  const level = headings[start] ?? 0;
  const next = headings.findIndex((other, index) => index > start && other > 0 && other <= level);
  const end = next < 0 ? lines.length : next;
  return {
    setup: lines.slice(start, end).join("\n").trim(),
    note: [...lines.slice(0, start), ...lines.slice(end)].join("\n").trim(),
  };
}

/** For each line its level as a heading, 0 for none. Comments of shell code are no headings. */
function headingLevels(lines: readonly string[]): readonly number[] {
  let isCode = false;
  return lines.map((line) => {
    if (line.trimStart().startsWith("```")) isCode = !isCode;
    return isCode ? 0 : (/^(#{1,6})\s/.exec(line)?.[1]?.length ?? 0);
  });
}
