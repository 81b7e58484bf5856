/**
 * What texts have that satisfy some leaf of a field: such a text is one of the whole texts, or has one of the
 * chunks where it says, or all words of one of the phrases; all with their case folded.
 */
export interface TextTraits {
  readonly texts: readonly string[];
  readonly chunks: readonly ChunkTrait[];
  /** Each has a word at least; words are ASCII. */
  readonly phrases: readonly (readonly string[])[];
}

/** A piece of text, never empty, and where it has to stand to count. */
export interface ChunkTrait {
  readonly text: string;
  /** `word`: no letter, digit or `_` goes on before or behind it. */
  readonly place: "anywhere" | "word" | StartPlace | EndPlace;
}

interface StartPlace {
  /** What is before it, from the start of the text. */
  readonly before: string;
}

interface EndPlace {
  /** What is behind it, to the end of the text. */
  readonly behind: string;
}
