import { buildChunkTable, type ChunkTable } from "../chunk-automaton.ts";
import type { ChunkTrait, TextTraits } from "../text-traits.ts";

/** Far looks that are taken at one value; then it counts as one that may hold. */
const mostLooksBack = 32;
/** Words of a phrase that are looked for. */
const mostWords = 3;
/** Runs that are longer than this may be cut into tokens anywhere. */
const longestWhole = 250;

/**
 * Tells from the bytes of a value that it satisfies no leaf of its field, so that no string need be made of it. The
 * bytes are those of a text as `JSON.stringify` spells it. Of other than ASCII characters only those count that fold to ASCII ones, unless some leaf asks for more.
 */
export class ValueFilter {
  /** It tells values by their length and hash alone, which takes less time than to look them up. */
  readonly isFast: boolean;
  readonly #isBlind: boolean;
  /** Something is wanted that has other characters than ASCII. */
  readonly #isWide: boolean;
  /** Whether some wanted text is spelled with so many bytes. */
  readonly #lengths: Uint8Array;
  /** The wanted texts by `foldedHash`. */
  readonly #hashes: ReadonlySet<number>;
  readonly #chunks: ChunkTable;
  /** By byte, with upper and lower case alike. */
  readonly #classOf: Uint16Array = new Uint16Array(256);
  /** By phrase: a bit for each word, and those that the value at hand has not shown yet. */
  readonly #allWords: Int32Array;
  readonly #missing: Int32Array;
  #looksBack = 0;
  /** By chunk. */
  readonly #places: readonly Places[];

  constructor(traits: TextTraits | undefined) {
    this.#isBlind = traits === undefined;
    const wanted = [...(traits?.texts ?? []), ...(traits?.chunks ?? []).map(({ text }) => text)];
    this.#isWide = wanted.some((each) => /[^\0-\x7f]/.test(each));
    // What is not ASCII, or has to be spelled with odd escapes, is not looked for here.
    const texts = (traits?.texts ?? []).map(spell).filter((each) => each !== undefined);
    this.#lengths = new Uint8Array(1 + Math.max(0, ...texts.map(({ length }) => length)));
    for (const { length } of texts) this.#lengths[length] = 1;
    this.#hashes = new Set(texts.map((each) => hashOf(each)));

    const places = gatherPlaces(traits?.chunks ?? []);
    const phrases = (traits?.phrases ?? []).map(spellWords);
    for (const [phrase, words] of phrases.entries()) addPhrase(places, words, phrase);
    this.isFast = traits !== undefined && places.size === 0;
    this.#missing = new Int32Array(phrases.length);
    this.#allWords = Int32Array.from(phrases, ({ length }) => (1 << length) - 1);
    this.#chunks = buildChunkTable([...places.keys()]);
    this.#places = [...places.values()];
    for (const [unit, unitClass] of this.#chunks.classes) {
      this.#classOf[unit] = unitClass;
      if (isLowerCase(unit)) this.#classOf[unit - 0x20] = unitClass;
    }
  }

  /** False is certain. */
  mayHold(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#isBlind) return true;
    if (this.#lengths[end - start] === 1 && this.#hashes.has(foldedHash(bytes, start, end))) {
      return true;
    }
    if (this.isFast) return this.#mayFold(bytes, start, end);
    const { next, width } = this.#chunks;
    const classOf = this.#classOf;
    this.#missing.set(this.#allWords);
    this.#looksBack = 0;
    let row = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80 && (this.#isWide || foldsToAscii(bytes, at))) return true;
      row = next[row + (classOf[byte] ?? 0)] ?? 0;
      if (row >= 0) continue;
      row = ~row;
      if (this.#isHit(row / width, bytes, start, at + 1, end)) return true;
    }
    return false;
  }

  /** Whether the value has characters that count as others where case does not. */
  #mayFold(bytes: Uint8Array, start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80 && (this.#isWide || foldsToAscii(bytes, at))) return true;
    }
    return false;
  }

  /** Whether one of the chunks that end before `behind` stands where it counts. */
  #isHit(state: number, bytes: Uint8Array, start: number, behind: number, end: number): boolean {
    const { chunkAt, shorter } = this.#chunks;
    for (let at = state; at !== 0; at = shorter[at] ?? 0) {
      const places = this.#places[chunkAt[at] ?? -1];
      if (places === undefined) continue;
      const from = behind - places.length;
      if (places.isAnywhere) return true;
      if (places.before.includes(from - start) || places.behind.includes(end - behind)) return true;
      if (!places.isWord && places.words.length === 0) continue;
      const goesOn = behind < end && isWord(bytes[behind] ?? 0);
      if (goesOn && places.length < longestWhole) continue;
      if (!this.#mayBegin(bytes, start, from)) continue;
      if (places.isWord || this.#isLastWord(places.words)) return true;
    }
    return false;
  }

  /** Whether a token may begin at `at`: nothing that belongs to it goes before, unless it is long enough to be cut. */
  #mayBegin(bytes: Uint8Array, start: number, at: number): boolean {
    if (at === start || !isWord(bytes[at - 1] ?? 0)) return true;
    // An escape, perhaps, and not a letter.
    if (at - 1 > start && bytes[at - 2] === backslash) return true;
    this.#looksBack += 1;
    if (this.#looksBack > mostLooksBack) return true;
    let from = at;
    while (from > start && at - from <= longestWhole && (bytes[from - 1] ?? 0) > space) from -= 1;
    return at - from > longestWhole;
  }

  /** Whether the word completes a phrase. */
  #isLastWord(words: readonly PhraseWord[]): boolean {
    let isLast = false;
    for (const { phrase, bit } of words) {
      const missing = (this.#missing[phrase] ?? 0) & ~bit;
      this.#missing[phrase] = missing;
      if (missing === 0) isLast = true;
    }
    return isLast;
  }
}

/** A word of a phrase, by its place in it. */
interface PhraseWord {
  readonly phrase: number;
  readonly bit: number;
}

/** Where a chunk counts. Lengths are of bytes. */
interface Places {
  readonly length: number;
  isAnywhere: boolean;
  isWord: boolean;
  /** The phrases that it is a word of. */
  readonly words: PhraseWord[];
  /** How much is before it, or behind it. */
  readonly before: number[];
  readonly behind: number[];
}

/** By chunk as it is spelled. One that is not told by its bytes is left out. */
function gatherPlaces(traits: readonly ChunkTrait[]): Map<string, Places> {
  const all = new Map<string, Places>();
  for (const { text, place } of traits) {
    const spelled = spell(text);
    if (spelled === undefined) continue;
    const places = placesOf(all, spelled);
    if (place === "anywhere") places.isAnywhere = true;
    else if (place === "word") places.isWord = true;
    else if ("before" in place) addLength(places.before, place.before);
    else addLength(places.behind, place.behind);
  }
  return all;
}

/** The longest words of the phrase: the short ones are everywhere. */
function spellWords(words: readonly string[]): readonly string[] {
  return words
    .map(spell)
    .filter((word) => word !== undefined)
    .sort((left, right) => right.length - left.length)
    .slice(0, mostWords);
}

function addPhrase(all: Map<string, Places>, words: readonly string[], phrase: number): void {
  words.forEach((word, place) => {
    placesOf(all, word).words.push({ phrase, bit: 1 << place });
  });
}

function placesOf(all: Map<string, Places>, spelled: string): Places {
  let places = all.get(spelled);
  if (places === undefined) {
    const { length } = spelled;
    places = { length, isAnywhere: false, isWord: false, words: [], before: [], behind: [] };
    all.set(spelled, places);
  }
  return places;
}

function addLength(lengths: number[], text: string): void {
  const length = spell(text)?.length;
  if (length !== undefined && !lengths.includes(length)) lengths.push(length);
}

/**
 * Whether a character begins here that counts as an ASCII letter where case does not: KELVIN SIGN, long s, and for
 * tokens the dotted capital I.
 */
function foldsToAscii(bytes: Uint8Array, at: number): boolean {
  switch (bytes[at]) {
    case 0xc4:
      return bytes[at + 1] === 0xb0;
    case 0xc5:
      return bytes[at + 1] === 0xbf;
    case 0xe2:
      return bytes[at + 1] === 0x84 && bytes[at + 2] === 0xaa;
    default:
      return false;
  }
}

const space = 0x20;
const quote = 0x22;
const backslash = 0x5c;
const shortEscapes: ReadonlyMap<number, string> = new Map([
  [0x08, "\\b"],
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
  [quote, '\\"'],
  [backslash, "\\\\"],
]);

/** How the text stands in a line, in one way only; `undefined` if it takes other characters or escapes. */
function spell(text: string): string | undefined {
  let spelled = "";
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const short = shortEscapes.get(unit);
    if (unit > 0x7f || (unit < space && short === undefined)) return undefined;
    spelled += short ?? text.charAt(at);
  }
  return spelled;
}

function hashOf(text: string): number {
  const bytes = Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return foldedHash(bytes, 0, bytes.length);
}

/** The same for texts that differ in the case of ASCII letters. */
function foldedHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    const folded = isLowerCase(byte | space) ? byte | space : byte;
    hash = Math.imul(hash ^ folded, 0x01000193);
  }
  return hash;
}

function isLowerCase(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a;
}

function isWord(byte: number): boolean {
  return isLowerCase(byte | space) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f;
}
