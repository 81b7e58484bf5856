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
 * Of each wanted chunk three bytes are looked for, all at once in one table; where they are, the chunk is compared.
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
  /** The chunks to compare where three bytes gave the number, by `#bucketAt` of it. */
  readonly #buckets: readonly (readonly GramPlace[])[];
  /** 0: nothing that is wanted has such three bytes. */
  readonly #bucketAt: Uint16Array;
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
    const { buckets, bucketAt } = fillBuckets(placeGrams(chunks));
    this.#buckets = buckets;
    this.#bucketAt = bucketAt;
  }

  /** False is certain. */
  mayHold(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#isBlind) return true;
    if (this.#lengths[end - start] === 1 && this.#hashes.has(foldedHash(bytes, start, end))) {
      return true;
    }
    if (this.isFast) return this.#mayFold(bytes, start, end);
    const bucketAt = this.#bucketAt;
    const mask = bucketAt.length - 1;
    this.#missing.set(this.#allWords);
    this.#looksBack = 0;
    let looks = 0;
    let rolled = 0;
    let anyByte = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      anyByte |= byte;
      rolled = ((rolled << gramShift) ^ (foldedByte[byte] ?? 0)) & mask;
      const bucket = bucketAt[rolled] ?? 0;
      if (bucket === 0) continue;
      looks += 1;
      if (looks > mostLooks || this.#someStands(bucket, at, bytes, start, end)) return true;
    }
    return anyByte >= wideByte && this.#mayFold(bytes, start, end);
  }

  /** Whether the value has characters that count as others where case does not. */
  #mayFold(bytes: Uint8Array, start: number, end: number): boolean {
    for (let at = start; at < end; at += 1) {
      if ((bytes[at] ?? 0) < wideByte) continue;
      if (this.#isWide || foldsToAscii(bytes, at)) return true;
    }
    return false;
  }

  /** Whether a chunk that may be found by the bytes up to `at` stands where it counts. */
  #someStands(bucket: number, at: number, bytes: Uint8Array, start: number, end: number): boolean {
    for (const { chunk, last } of this.#buckets[bucket] ?? []) {
      const from = at - last;
      if (from < start || from + chunk.bytes.length > end) continue;
      if (isAt(bytes, from, chunk.bytes) && this.#counts(chunk, bytes, from, start, end))
        return true;
    }
    return false;
  }

  /** Whether the chunk, which stands at `from`, stands where it counts. */
  #counts(
    chunk: WantedChunk,
    bytes: Uint8Array,
    from: number,
    start: number,
    end: number,
  ): boolean {
    const { isAnywhere, isWord: hasToBeWord, words, before, behind } = chunk;
    const { length } = chunk.bytes;
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

/** From the end: chunks have their beginnings in common with other words. */
function isAt(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let place = wanted.length - 1; place >= 0; place -= 1) {
    if (foldedByte[bytes[from + place] ?? 0] !== wanted[place]) return false;
  }
  return true;
}

/** A chunk, and three of its bytes by which it is found; fewer if it has no more. */
interface GramPlace {
  readonly chunk: WantedChunk;
  readonly gram: string;
  /** Where in the chunk the last of them is. */
  readonly last: number;
}

const gramLength = 3;
/** For each byte behind it a byte moves so many bits. */
const gramShift = 5;
const mostGramBits = 14;

/** Those three bytes of each chunk that seem to be the rarest. */
function placeGrams(chunks: readonly WantedChunk[]): readonly GramPlace[] {
  return chunks.map((chunk) => {
    const { spelled } = chunk;
    const length = Math.min(gramLength, spelled.length);
    let best = 0;
    for (let at = 1; at + length <= spelled.length; at += 1) {
      const isRarer =
        commonness(spelled.slice(at, at + length)) < commonness(spelled.slice(best, best + length));
      if (isRarer) best = at;
    }
    return { chunk, gram: spelled.slice(best, best + length), last: best + length - 1 };
  });
}

/** How often letters stand in texts, most often first. */
const commonLetters = "etaoinsrhldcumfpgwybvkxjqz";

function commonness(text: string): number {
  return [...text].reduce((sum, each) => {
    const rank = commonLetters.indexOf(each);
    return sum + (rank < 0 ? 8 : commonLetters.length - rank);
  }, 0);
}

/** A table of the numbers that three bytes give, of which about one in a hundred leads to chunks. */
function fillBuckets(places: readonly GramPlace[]): {
  readonly buckets: readonly (readonly GramPlace[])[];
  readonly bucketAt: Uint16Array;
} {
  const bits = Math.min(mostGramBits, 10 + Math.ceil(Math.log2(places.length / 10 + 1)));
  const bucketAt = new Uint16Array(1 << bits);
  const buckets: GramPlace[][] = [[]];
  for (const place of places) {
    let number = 0;
    for (const each of place.gram) number = (number << gramShift) ^ each.charCodeAt(0);
    // Above these bits counts also what stands before the gram, whatever it is.
    const ownBits = gramShift * place.gram.length;
    for (let before = 0; before === 0 || before << ownBits < bucketAt.length; before += 1) {
      const at = (number ^ (before << ownBits)) & (bucketAt.length - 1);
      if (bucketAt[at] === 0) bucketAt[at] = buckets.push([]) - 1;
      buckets[bucketAt[at] ?? 0]?.push(place);
    }
  }
  return { buckets, bucketAt };
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
