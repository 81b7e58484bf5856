import { buildChunkTable, type ChunkTable } from "../chunk-automaton.ts";
import type { ChunkTrait, TextTraits } from "../text-traits.ts";

/** Far looks that are taken at one value; then it counts as one that may hold. */
const mostLooksBack = 32;
/** Runs that are longer than this may be cut into tokens anywhere. */
const longestWhole = 250;

/**
 * Tells from the bytes of a value that it satisfies no leaf of its field, so that no string need be made of it. The
 * bytes are those of a text as `JSON.stringify` spells it. Only ASCII texts can be told: any other may fold to anything.
 */
export class ValueFilter {
  readonly #isBlind: boolean;
  /** Whether some wanted text is spelled with so many bytes. */
  readonly #lengths: Uint8Array;
  /** The wanted texts by `foldedHash`. */
  readonly #hashes: ReadonlySet<number>;
  readonly #chunks: ChunkTable;
  /** By byte, with upper and lower case alike. */
  readonly #classOf: Uint16Array = new Uint16Array(256);
  /** By chunk. */
  readonly #places: readonly Places[];

  constructor(traits: TextTraits | undefined) {
    this.#isBlind = traits === undefined;
    // What is not ASCII, or not spelled in one way, is not told by its bytes anyway.
    const texts = (traits?.texts ?? []).map(spell).filter((each) => each !== undefined);
    this.#lengths = new Uint8Array(1 + Math.max(0, ...texts.map(({ length }) => length)));
    for (const { length } of texts) this.#lengths[length] = 1;
    this.#hashes = new Set(texts.map((each) => hashOf(each)));

    const places = gatherPlaces(traits?.chunks ?? []);
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
    const { next, width } = this.#chunks;
    const classOf = this.#classOf;
    let looksBack = 0;
    let row = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80) return true;
      row = next[row + (classOf[byte] ?? 0)] ?? 0;
      if (row >= 0) continue;
      row = ~row;
      looksBack += 1;
      if (looksBack > mostLooksBack || this.#isHit(row / width, bytes, start, at + 1, end)) {
        return true;
      }
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
      if (!places.isWord) continue;
      const goesOn = behind < end && isWord(bytes[behind] ?? 0);
      if (!goesOn && mayBegin(bytes, start, from)) return true;
    }
    return false;
  }
}

/** Where a chunk counts. Lengths are of bytes. */
interface Places {
  readonly length: number;
  isAnywhere: boolean;
  isWord: boolean;
  /** How much is before it, or behind it. */
  readonly before: number[];
  readonly behind: number[];
}

/** By chunk as it is spelled. One that is not told by its bytes is left out. */
function gatherPlaces(traits: readonly ChunkTrait[]): ReadonlyMap<string, Places> {
  const all = new Map<string, Places>();
  for (const { text, place } of traits) {
    const spelled = spell(text);
    if (spelled === undefined) continue;
    const { length } = spelled;
    const places = all.get(spelled) ?? {
      length,
      isAnywhere: false,
      isWord: false,
      before: [],
      behind: [],
    };
    all.set(spelled, places);
    if (place === "anywhere") places.isAnywhere = true;
    else if (place === "word") places.isWord = true;
    else if ("before" in place) addLength(places.before, place.before);
    else addLength(places.behind, place.behind);
  }
  return all;
}

function addLength(lengths: number[], text: string): void {
  const length = spell(text)?.length;
  if (length !== undefined && !lengths.includes(length)) lengths.push(length);
}

/** Whether a token may begin at `at`: nothing that belongs to it goes before, unless it is long enough to be cut. */
function mayBegin(bytes: Uint8Array, start: number, at: number): boolean {
  if (at === start || !isWord(bytes[at - 1] ?? 0)) return true;
  // An escape, perhaps, and not a letter.
  if (at - 1 > start && bytes[at - 2] === backslash) return true;
  let from = at;
  while (from > start && at - from <= longestWhole && (bytes[from - 1] ?? 0) > space) from -= 1;
  return at - from > longestWhole;
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
