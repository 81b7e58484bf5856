import type { TextTraits } from "../text-traits.ts";
import { gatherChunks, spellText, type WantedChunk } from "./wanted-chunks.ts";

/** A close look is taken at so many places of a value; then it counts as one that may hold. */
const mostLooks = 256;
/** So many looks may go far back for the beginning of a word. */
const mostLooksBack = 32;
/** Runs that are longer than this may be cut into tokens anywhere. */
const longestWhole = 250;
const noTraits: TextTraits = { texts: [], chunks: [], phrases: [] };

/**
 * Tells from the bytes of a value that it satisfies no leaf of its field, so that no string need be made of it. The
 * bytes are those of a text as `JSON.stringify` spells it. Of other than ASCII characters only those count that fold
 * to ASCII ones, unless some leaf asks for more.
 *
 * Of each wanted chunk three bytes are looked for, by a set of bits; where they are, the chunk is compared.
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
  /** The chunks by three of their bytes, and the bits of `gramHash` of these. */
  readonly #grams: ReadonlyMap<number, readonly GramPlace[]>;
  readonly #bits: Int32Array;
  /** Chunks of less than three bytes, by the first; and whether there are any. */
  readonly #short: ReadonlyMap<number, readonly WantedChunk[]>;
  readonly #startsShort: Uint8Array = new Uint8Array(256);
  /** By phrase: a bit for each word, and those that the value at hand has not shown yet. */
  readonly #allWords: Int32Array;
  readonly #missing: Int32Array;
  #looksBack = 0;

  constructor(traits: TextTraits | undefined) {
    this.#isBlind = traits === undefined;
    const { texts, chunks: traitChunks } = traits ?? noTraits;
    const wanted = [...texts, ...traitChunks.map(({ text }) => text)];
    this.#isWide = wanted.some((each) => /[^\0-\x7f]/.test(each));
    // What is not ASCII, or has to be spelled with odd escapes, is not looked for here.
    const spelled = texts.map(spellText).filter((each) => each !== undefined);
    this.#lengths = new Uint8Array(1 + Math.max(0, ...spelled.map(({ length }) => length)));
    for (const { length } of spelled) this.#lengths[length] = 1;
    this.#hashes = new Set(spelled.map(hashOf));

    const { chunks, allWords } = gatherChunks(traits ?? noTraits);
    this.isFast = traits !== undefined && chunks.length === 0;
    this.#allWords = Int32Array.from(allWords);
    this.#missing = new Int32Array(allWords.length);
    this.#short = groupShort(chunks);
    for (const byte of this.#short.keys()) this.#startsShort[byte] = 1;
    this.#grams = groupByGram(chunks.filter((chunk) => chunk.spelled.length >= gramLength));
    this.#bits = new Int32Array(bitWords(this.#grams.size));
    for (const gram of this.#grams.keys()) {
      const bit = gramHash(gram) & (this.#bits.length * 32 - 1);
      this.#bits[bit >> 5] = (this.#bits[bit >> 5] ?? 0) | (1 << bit);
    }
  }

  /** False is certain. */
  mayHold(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#isBlind) return true;
    if (this.#lengths[end - start] === 1 && this.#hashes.has(foldedHash(bytes, start, end))) {
      return true;
    }
    const bits = this.#bits;
    const mask = bits.length * 32 - 1;
    const startsShort = this.#startsShort;
    this.#missing.set(this.#allWords);
    this.#looksBack = 0;
    let looks = 0;
    let gram = 0;
    for (let at = start; at < end; at += 1) {
      const byte = foldedByte[bytes[at] ?? 0] ?? 0;
      gram = ((gram << 8) | byte) & gramMask;
      const bit = gramHash(gram) & mask;
      if (((bits[bit >> 5] ?? 0) & (1 << bit)) !== 0 || startsShort[byte] === 1) {
        looks += 1;
        if (looks > mostLooks || this.#isHit(gram, bytes, start, at, end)) return true;
      }
      if (byte === wideByte && (this.#isWide || foldsToAscii(bytes, at))) return true;
    }
    return false;
  }

  /** Whether a chunk that has its three bytes up to `at`, or a short one that begins there, stands where it counts. */
  #isHit(gram: number, bytes: Uint8Array, start: number, at: number, end: number): boolean {
    for (const { chunk, offset } of this.#grams.get(gram) ?? []) {
      if (this.#standsAt(at + 1 - gramLength - offset, chunk, bytes, start, end)) return true;
    }
    for (const chunk of this.#short.get(gram & 0xff) ?? []) {
      if (this.#standsAt(at, chunk, bytes, start, end)) return true;
    }
    return false;
  }

  #standsAt(
    from: number,
    chunk: WantedChunk,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): boolean {
    const { spelled, isAnywhere, isWord: hasToBeWord, words, before, behind } = chunk;
    const { length } = spelled;
    if (from < start || from + length > end) return false;
    for (let place = 0; place < length; place += 1) {
      if (foldedByte[bytes[from + place] ?? 0] !== spelled.charCodeAt(place)) return false;
    }
    if (isAnywhere) return true;
    if (before.includes(from - start) || behind.includes(end - from - length)) return true;
    if (!hasToBeWord && words.length === 0) return false;
    const goesOn = from + length < end && isWord(bytes[from + length] ?? 0);
    if (goesOn && length < longestWhole) return false;
    if (!this.#mayBegin(bytes, start, from)) return false;
    return hasToBeWord || this.#isLastWord(chunk);
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
  #isLastWord({ words }: WantedChunk): boolean {
    let isLast = false;
    for (const { phrase, bit } of words) {
      const missing = (this.#missing[phrase] ?? 0) & ~bit;
      this.#missing[phrase] = missing;
      if (missing === 0) isLast = true;
    }
    return isLast;
  }
}

/** Where in a chunk the three bytes are that it is found by. */
interface GramPlace {
  readonly chunk: WantedChunk;
  readonly offset: number;
}

const gramLength = 3;
const gramMask = 0xffffff;

/** Each chunk by those three bytes that the fewest others are found by. */
function groupByGram(chunks: readonly WantedChunk[]): ReadonlyMap<number, readonly GramPlace[]> {
  const groups = new Map<number, GramPlace[]>();
  for (const chunk of chunks) {
    let best: { readonly gram: number; readonly offset: number; readonly size: number } | undefined;
    for (let offset = 0; offset + gramLength <= chunk.spelled.length; offset += 1) {
      const gram = gramAt(chunk.spelled, offset);
      const size = groups.get(gram)?.length ?? 0;
      if (best === undefined || size < best.size) best = { gram, offset, size };
    }
    if (best === undefined) continue;
    const group = groups.get(best.gram) ?? [];
    groups.set(best.gram, group);
    group.push({ chunk, offset: best.offset });
  }
  return groups;
}

function groupShort(chunks: readonly WantedChunk[]): ReadonlyMap<number, readonly WantedChunk[]> {
  const groups = new Map<number, WantedChunk[]>();
  for (const chunk of chunks) {
    if (chunk.spelled.length >= gramLength) continue;
    const first = chunk.spelled.charCodeAt(0);
    groups.set(first, [...(groups.get(first) ?? []), chunk]);
  }
  return groups;
}

function gramAt(text: string, at: number): number {
  return (text.charCodeAt(at) << 16) | (text.charCodeAt(at + 1) << 8) | text.charCodeAt(at + 2);
}

function gramHash(gram: number): number {
  return Math.imul(gram, 0x9e3779b1) >>> 12;
}

/** Words of bits, a power of two: about one bit of 32 is set. */
function bitWords(grams: number): number {
  return 1 << Math.ceil(Math.log2(Math.max(8, grams)));
}

const space = 0x20;
const backslash = 0x5c;
/** Stands for all bytes that are not ASCII. */
const wideByte = 0x80;
const foldedByte: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= wideByte) return wideByte;
  return byte >= 0x41 && byte <= 0x5a ? byte | space : byte;
});

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

function hashOf(text: string): number {
  const bytes = Uint8Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return foldedHash(bytes, 0, bytes.length);
}

/** The same for texts that differ in the case of ASCII letters. */
function foldedHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) {
    hash = Math.imul(hash ^ (foldedByte[bytes[at] ?? 0] ?? 0), 0x01000193);
  }
  return hash;
}

function isWord(byte: number): boolean {
  const letter = byte | space;
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f;
}
