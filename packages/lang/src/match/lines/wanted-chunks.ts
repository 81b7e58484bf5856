import type { ChunkTrait, TextTraits } from "../text-traits.ts";

/** A piece of text as a line spells it, and where it counts. All lengths are of bytes. */
export interface WantedChunk {
  /** ASCII, with its case folded. */
  readonly spelled: string;
  readonly bytes: Uint8Array;
  isAnywhere: boolean;
  /** No letter, digit or `_` goes on before or behind it. */
  isWord: boolean;
  /** The phrases that it is a word of. */
  readonly words: PhraseWord[];
  /** How much is before it, or behind it. */
  readonly before: number[];
  readonly behind: number[];
}

/** A word of a phrase, by its place in it. */
export interface PhraseWord {
  readonly phrase: number;
  readonly bit: number;
}

export interface WantedChunks {
  readonly chunks: readonly WantedChunk[];
  /** By phrase: a bit for each word. */
  readonly allWords: readonly number[];
}

/** Words of a phrase that are looked for. */
const mostWords = 3;

/** The traits' chunks and words, each once. What a line can't spell without odd escapes is left out. */
export function gatherChunks({ chunks, phrases }: TextTraits): WantedChunks {
  const all = new Map<string, WantedChunk>();
  for (const trait of chunks) addTrait(all, trait);
  const spelledPhrases = phrases.map(longestWords);
  spelledPhrases.forEach((words, phrase) => {
    words.forEach((word, place) => {
      chunkOf(all, word).words.push({ phrase, bit: 1 << place });
    });
  });
  return {
    chunks: [...all.values()],
    allWords: spelledPhrases.map(({ length }) => (1 << length) - 1),
  };
}

function addTrait(all: Map<string, WantedChunk>, { text, place }: ChunkTrait): void {
  const spelled = spellText(text);
  if (spelled === undefined) return;
  const chunk = chunkOf(all, spelled);
  if (place === "anywhere") chunk.isAnywhere = true;
  else if (place === "word") chunk.isWord = true;
  else if ("before" in place) addLength(chunk.before, place.before);
  else addLength(chunk.behind, place.behind);
}

/** The short ones are everywhere. */
function longestWords(words: readonly string[]): readonly string[] {
  return words
    .map(spellText)
    .filter((word) => word !== undefined)
    .sort((left, right) => right.length - left.length)
    .slice(0, mostWords);
}

function chunkOf(all: Map<string, WantedChunk>, spelled: string): WantedChunk {
  let chunk = all.get(spelled);
  if (chunk === undefined) {
    const bytes = Uint8Array.from(spelled, (each) => each.charCodeAt(0));
    chunk = { spelled, bytes, isAnywhere: false, isWord: false, words: [], before: [], behind: [] };
    all.set(spelled, chunk);
  }
  return chunk;
}

function addLength(lengths: number[], text: string): void {
  const length = spellText(text)?.length;
  if (length !== undefined && !lengths.includes(length)) lengths.push(length);
}

const space = 0x20;
const shortEscapes: ReadonlyMap<number, string> = new Map([
  [0x08, "\\b"],
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
  [0x22, '\\"'],
  [0x5c, "\\\\"],
]);

/** How the text stands in a line, in one way only; `undefined` if it takes other characters or escapes. */
export function spellText(text: string): string | undefined {
  let spelled = "";
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const short = shortEscapes.get(unit);
    if (unit > 0x7f || (unit < space && short === undefined)) return undefined;
    spelled += short ?? text.charAt(at);
  }
  return spelled;
}
