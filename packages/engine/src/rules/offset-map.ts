import type { Source } from "@harrier/lang/text";
import type { ParsedValue, TextRange, ValuePath } from "./parsed-file.ts";

/** A text as its file's escapes and folds spell it, and where each of its units stands in the file. */
export interface DecodedText {
  readonly text: string;
  /** One offset for each unit of `text` and one for its end; never decreasing. */
  readonly offsets: readonly number[];
}

/** Builds a decoded text piece by piece. */
export interface TextDecoder {
  /** Adds units that stand in the file as they are, from `offset` on. */
  copy(units: string, offset: number): void;
  /** Adds what one escape or fold at `offset` means. */
  put(units: string, offset: number): void;
  finish(end: number): DecodedText;
}

export function startDecoding(): TextDecoder {
  let text = "";
  const offsets: number[] = [];
  return {
    copy: (units, offset) => {
      text += units;
      for (let index = 0; index < units.length; index += 1) offsets.push(offset + index);
    },
    put: (units, offset) => {
      text += units;
      for (let index = 0; index < units.length; index += 1) offsets.push(offset);
    },
    finish: (end) => ({ text, offsets: [...offsets, end] }),
  };
}

/**
 * A text inside a file as a source of its own, whose offsets lead into the file.
 *
 * The map is made when a finding first asks for it. It holds only if reading the text again gives
 * what the file's parser gave; otherwise every offset leads to the start of the value, or of the
 * file where not even the value can be found.
 */
export function embedText(
  outer: Source,
  parsed: ParsedValue,
  path: ValuePath,
  text: string,
): Source {
  let place: ((offset: number) => number) | undefined;
  return {
    name: outer.name,
    text,
    embedded: {
      in: outer,
      offsetOf: (offset) => {
        place ??= placeText(parsed, parsed.locate(path), text);
        return place(offset);
      },
    },
  };
}

function placeText(
  parsed: ParsedValue,
  range: TextRange | undefined,
  text: string,
): (offset: number) => number {
  if (range === undefined) return () => 0;
  const decoded = parsed.decode(range);
  if (decoded === undefined || decoded.text !== text) return () => range.start;
  const { offsets } = decoded;
  return (offset) => offsets[Math.max(0, Math.min(offset, text.length))] ?? range.end;
}
