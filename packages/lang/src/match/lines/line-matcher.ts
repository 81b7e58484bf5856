import type { FieldPath } from "../../values/index.ts";
import type { EventDocument, FieldValue } from "../document.ts";

export interface LineOptions {
  /**
   * The text of bytes, as UTF-8 with U+FFFD for what is none; strings are made with it. Default: our own, for
   * runtimes that have nothing faster.
   */
  readonly decode?: DecodeText;
  /** Fields whose values the caller wants to read from each line. */
  readonly watch?: readonly FieldPath[];
  /** Keys at the top of a line that say it is not for us: `match` gives `undefined`. */
  readonly refuse?: readonly string[];
  /** Asked of each line when `watched` tells its values, and before they count: whether it is for us. Default: all are. */
  readonly accept?: () => boolean;
  /** A line with more objects and arrays inside each other is not for us. Default, and at most: 1000. */
  readonly nesting?: number;
}

export type DecodeText = (bytes: Uint8Array, start: number, end: number) => string;

/**
 * Events as lines of JSON, matched from their bytes. The answers are those of `ConditionSet.match` on what `JSON.parse`
 * makes of the line; most lines are never parsed.
 */
export interface LineMatcher {
  /**
   * The places of the conditions that the event meets, ascending. `undefined` when the line is not for us: it is
   * no JSON object, nested too deeply, has a key that the caller refuses, or is not accepted. The caller then parses it, and
   * says what is wrong with it. Such a line leaves no trace.
   */
  match(bytes: Uint8Array, start: number, end: number): readonly number[] | undefined;
  /**
   * The line matched last, parsed at the first call. Its bytes may be gone by then. Not to be called when `match`
   * gave `undefined`.
   */
  document(): EventDocument;
  /**
   * The values of a watched field, by its place in `watch`, on the line matched last; in the order of the text, which
   * is not that of `fieldValues` where a field is spelled in two ways.
   */
  watched(place: number): readonly FieldValue[];
}
