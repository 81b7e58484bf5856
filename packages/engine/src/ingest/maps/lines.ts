/** A line of a text, without its end; `undefined` in place of one that is too long. */
export interface TextLine {
  readonly text: string | undefined;
  /** From 1. */
  readonly number: number;
}

/** Characters of a line. */
export const longestLine = 1024 * 1024;

/** Cuts UTF-8 into lines, chunk by chunk. Empty lines are counted and left out. */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly TextLine[]> {
  const decoder = new TextDecoder();
  let open = "";
  let number = 0;
  let isSkipping = false;
  const cut = (text: string, isEnd: boolean): readonly TextLine[] => {
    const lines: TextLine[] = [];
    const pieces = (open + text).split("\n");
    open = isEnd ? "" : (pieces.pop() ?? "");
    for (const piece of pieces) {
      number += 1;
      const line = piece.endsWith("\r") ? piece.slice(0, -1) : piece;
      const isTooLong = isSkipping || line.length > longestLine;
      isSkipping = false;
      if (isTooLong) lines.push({ text: undefined, number });
      else if (line.trim() !== "") lines.push({ text: line, number });
    }
    if (open.length > longestLine) {
      open = "";
      isSkipping = true;
    }
    return lines;
  };
  for await (const chunk of chunks) {
    const lines = cut(decoder.decode(chunk, { stream: true }), false);
    if (lines.length > 0) yield lines;
  }
  yield cut(decoder.decode(), true);
}
