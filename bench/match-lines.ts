import type { ConditionSet, EventDocument, LineMatcher } from "@harrier/lang/match";

/** `A`: each line through `JSON.parse`. `B`: from its bytes. */
export type Source = "A" | "B";

/** Matches the lines of a block of bytes; each ends in a line break. Gives how many conditions were met. */
export type MatchBlock = (block: Buffer) => number;

const lineBreak = 10;

/**
 * A hunt's innermost loop: cut at line breaks, match, and have an event whole where a rule alerts on it. Both
 * sources start from bytes.
 */
export function blockMatcher(
  source: Source,
  set: ConditionSet,
  isSingle: readonly boolean[],
): MatchBlock {
  const lines = source === "B" ? openLines(set) : undefined;
  return (block) => {
    let met = 0;
    for (let start = 0; start < block.length; ) {
      const end = block.indexOf(lineBreak, start);
      if (end < 0) throw new Error("a block ends within a line");
      if (lines === undefined) {
        // We wrote the line: it is an object.
        met += set.match(JSON.parse(block.toString("utf8", start, end)) as EventDocument).length;
      } else met += matchBytes(lines, block, start, end, isSingle);
      start = end + 1;
    }
    return met;
  };
}

export function openLines(set: ConditionSet): LineMatcher {
  return set.openLines({
    decode: (bytes, start, end) =>
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8", start, end),
  });
}

function matchBytes(
  lines: LineMatcher,
  block: Buffer,
  start: number,
  end: number,
  isSingle: readonly boolean[],
): number {
  const met = lines.match(block, start, end);
  if (met === undefined) throw new Error("a line of the benchmark is no event");
  if (met.some((place) => isSingle[place])) lines.document();
  return met.length;
}

/** The lines of a block as texts. */
export function textsOf(block: Buffer): readonly string[] {
  return block.toString("utf8", 0, block.length - 1).split("\n");
}

/** `JSON.parse` and nothing else: the unit of all ratios. Gives something that the result is used for. */
export function parseAll(texts: readonly string[]): number {
  let objects = 0;
  for (const text of texts) objects += JSON.parse(text) === null ? 0 : 1;
  return objects;
}
