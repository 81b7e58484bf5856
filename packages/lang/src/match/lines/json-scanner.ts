import { deepestLevel } from "../document.ts";
import { readAhead } from "./hash-bytes.ts";
import { type KeyTable, type Node, nowhere, refused, root } from "./key-table.ts";

/** What a found value is, as its bytes say. */
export const text = 0;
/** A text with escapes, all of them short and needed: it is spelled as `JSON.stringify` would. */
export const escapedText = 1;
/** A text with other escapes, `\\u0061` or `\\/`: the same text may be spelled in many ways. */
export const oddText = 4;
export const number = 2;
export const boolean = 3;

const firstBytes = 4_096;
const mostKept = 1 << 20;

/** Numbers for each value found. */
const stride = 4;
/** The scan ends here: the line is not for us. */
const failed = -1;

/**
 * Finds the values of wanted fields in a line of JSON without making anything of the rest. The whole line is
 * checked: what `JSON.parse` refuses is refused. Of a key that an object has twice the last counts, as there.
 * Nothing is recursive beyond `deepestLevel`; every step moves on, and a zero byte behind the line ends every loop.
 */
export class JsonScanner {
  /** The line, and room behind it. */
  bytes: Uint8Array = new Uint8Array(firstBytes);
  view: DataView = new DataView(this.bytes.buffer);
  length = 0;
  /** How many values were found; some may have been dropped since. */
  count = 0;
  readonly #keys: KeyTable;
  readonly #decode: (bytes: Uint8Array, start: number, end: number) => string;
  readonly #deepest: number;
  /** Field, start, end and kind of each value. Field -1: dropped. */
  #found: Int32Array = new Int32Array(stride * 256);
  /** Objects so far, of all lines: tells objects apart. */
  #objects = 0;
  /** By edge: the object that had the key last, and which values it brought. */
  readonly #objectOf: Float64Array;
  readonly #firstOf: Int32Array;
  readonly #lastOf: Int32Array;
  /** By edge: the one that followed it last. Behind them, by node: the first of its keys. -1: not known. */
  readonly #following: Int32Array;
  /** Of the text passed last: `text`, `escapedText` or `oddText`. */
  #textKind = text;

  /** A line with more than `deepest` objects and arrays inside each other is refused. */
  constructor(
    keys: KeyTable,
    decode: (bytes: Uint8Array, start: number, end: number) => string,
    deepest: number = deepestLevel,
  ) {
    this.#keys = keys;
    this.#decode = decode;
    this.#deepest = Math.min(deepest, deepestLevel);
    this.#objectOf = new Float64Array(keys.target.length);
    this.#firstOf = new Int32Array(keys.target.length);
    this.#lastOf = new Int32Array(keys.target.length);
    this.#following = new Int32Array(keys.target.length + keys.fieldAt.length).fill(-1);
  }

  fieldAt(place: number): number {
    return this.#found[place * stride] ?? -1;
  }

  /** Of a text: behind the quote. */
  startAt(place: number): number {
    return this.#found[place * stride + 1] ?? 0;
  }

  endAt(place: number): number {
    return this.#found[place * stride + 2] ?? 0;
  }

  kindAt(place: number): number {
    return this.#found[place * stride + 3] ?? 0;
  }

  /** Whether the line is an object that can be told from its bytes. Copies it: the caller's bytes are his again. */
  scan(bytes: Uint8Array, start: number, end: number): boolean {
    this.#take(bytes, start, end);
    this.count = 0;
    const at = this.#skipBlanks(0);
    if (this.bytes[at] !== openBrace) return false;
    const behind = this.#scanObject(at + 1, root, 0);
    return behind !== failed && this.#skipBlanks(behind) === this.length;
  }

  #take(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    const isTooSmall = length + readAhead > this.bytes.length;
    // A line that was very long leaves nothing behind.
    if (isTooSmall || (this.bytes.length > mostKept && length < mostKept / 4)) {
      this.bytes = new Uint8Array(Math.max(firstBytes, 2 * length + readAhead));
      this.view = new DataView(this.bytes.buffer);
      this.#found = new Int32Array(stride * 256);
    }
    this.bytes.set(new Uint8Array(bytes.buffer, bytes.byteOffset + start, length));
    this.bytes.fill(0, length, length + readAhead);
    this.length = length;
  }

  /** From behind the brace to behind the one that closes. */
  #scanObject(from: number, node: Node, level: number): number {
    if (level === this.#deepest) return failed;
    const { bytes } = this;
    const keys = this.#keys;
    this.#objects += 1;
    const object = this.#objects;
    const following = this.#following;
    // Objects of one kind have their keys in the same order, mostly.
    let before = node === nowhere ? -1 : keys.target.length + node;
    let guess = node === nowhere ? -1 : (following[before] ?? -1);
    let at = this.#skipBlanks(from);
    if (bytes[at] === closeBrace) return at + 1;
    for (;;) {
      if (bytes[at] !== quote) return failed;
      let edge = guess;
      let end = edge === -1 ? -1 : keys.endOf(edge, this.view, bytes, at + 1);
      if (end === -1) {
        end = this.#endOfText(at + 1);
        if (end === failed) return failed;
        edge = node === nowhere ? -1 : this.#findKey(node, at + 1, end);
        if (edge !== -1) following[before] = edge;
      }
      if (edge !== -1) {
        before = edge;
        guess = following[edge] ?? -1;
      }
      at = end + 1;
      if (bytes[at] !== colon) {
        at = this.#skipBlanks(at);
        if (bytes[at] !== colon) return failed;
      }
      at += 1;
      if (edge === -1) at = this.#scanValue(at, nowhere, level + 1);
      else {
        const target = keys.target[edge] ?? nowhere;
        if (target === refused) return failed;
        if (this.#objectOf[edge] === object) this.#drop(edge);
        this.#objectOf[edge] = object;
        this.#firstOf[edge] = this.count;
        at = this.#scanValue(at, target, level + 1);
        this.#lastOf[edge] = this.count;
      }
      if (at === failed) return failed;
      let next = bytes[at];
      if (next !== comma && next !== closeBrace) {
        at = this.#skipBlanks(at);
        next = bytes[at];
      }
      at += 1;
      if (next === closeBrace) return at;
      if (next !== comma) return failed;
      if (bytes[at] !== quote) at = this.#skipBlanks(at);
    }
  }

  #scanArray(from: number, node: Node, level: number): number {
    if (level === this.#deepest) return failed;
    const { bytes } = this;
    let at = this.#skipBlanks(from);
    if (bytes[at] === closeBracket) return at + 1;
    for (;;) {
      at = this.#scanValue(at, node, level + 1);
      if (at === failed) return failed;
      at = this.#skipBlanks(at);
      const next = bytes[at];
      at += 1;
      if (next === closeBracket) return at;
      if (next !== comma) return failed;
    }
  }

  #scanValue(from: number, node: Node, level: number): number {
    const at = this.#skipBlanks(from);
    switch (this.bytes[at]) {
      case quote: {
        const end = this.#endOfText(at + 1);
        if (end === failed) return failed;
        if (node !== nowhere) this.#find(node, at + 1, end, this.#textKind);
        return end + 1;
      }
      case openBrace: {
        const isWanted = node !== nowhere && this.#keys.hasBelow[node] === 1;
        return this.#scanObject(at + 1, isWanted ? node : nowhere, level);
      }
      case openBracket:
        return this.#scanArray(at + 1, node, level);
      case letterT:
        return this.#scanWord(at, node, trueWord, 4);
      case letterF:
        return this.#scanWord(at, node, alseWord, 5);
      case letterN:
        return this.#scanWord(at, nowhere, nullWord, 4);
      default: {
        const end = this.#endOfNumber(at);
        if (end !== failed && node !== nowhere) this.#find(node, at, end, number);
        return end;
      }
    }
  }

  /** `word`: the last four of its bytes. */
  #scanWord(at: number, node: Node, word: number, length: number): number {
    const end = at + length;
    if (this.view.getInt32(end - 4, true) !== word) return failed;
    if (node !== nowhere) this.#find(node, at, end, boolean);
    return end;
  }

  #endOfNumber(from: number): number {
    const { bytes } = this;
    let at = from;
    if (bytes[at] === minus) at += 1;
    if (bytes[at] === zero) at += 1;
    else {
      const digits = this.#skipDigits(at);
      if (digits === at) return failed;
      at = digits;
    }
    if (bytes[at] === point) {
      const digits = this.#skipDigits(at + 1);
      if (digits === at + 1) return failed;
      at = digits;
    }
    if (((bytes[at] ?? 0) | 0x20) === letterE) {
      at += 1;
      if (bytes[at] === plus || bytes[at] === minus) at += 1;
      const digits = this.#skipDigits(at);
      if (digits === at) return failed;
      at = digits;
    }
    return at;
  }

  #skipDigits(from: number): number {
    const { bytes } = this;
    let at = from;
    while (((bytes[at] ?? 0) ^ zero) < 10) at += 1;
    return at;
  }

  #skipBlanks(from: number): number {
    const { bytes } = this;
    let at = from;
    for (;;) {
      const byte = bytes[at] ?? 0;
      if (
        byte > space ||
        (byte !== space && byte !== lineFeed && byte !== tab && byte !== carriageReturn)
      ) {
        return at;
      }
      at += 1;
    }
  }

  /** Where the closing quote stands. Four bytes at a time until one of them is a quote, a backslash or a control character. */
  #endOfText(from: number): number {
    const { view, bytes } = this;
    this.#textKind = text;
    let at = from;
    for (;;) {
      const word = view.getInt32(at, true);
      const quotes = word ^ 0x22222222;
      const slashes = word ^ 0x5c5c5c5c;
      const special =
        (((word - 0x20202020) & ~word) |
          ((quotes - 0x01010101) & ~quotes) |
          ((slashes - 0x01010101) & ~slashes)) &
        0x80808080;
      if (special === 0) {
        at += 4;
        continue;
      }
      // The lowest mark is never a false one.
      at += (31 - Math.clz32(special & -special)) >> 3;
      const byte = bytes[at];
      if (byte === quote) return at;
      if (byte !== backslash) return failed;
      const escaped = bytes[at + 1] ?? 0;
      if (escaped === letterU || escaped === slash) this.#textKind = oddText;
      else if (this.#textKind === text) this.#textKind = escapedText;
      if (escaped === letterU) {
        for (let digit = at + 2; digit < at + 6; digit += 1) {
          if (!isHexDigit(bytes[digit] ?? 0)) return failed;
        }
        at += 6;
      } else if (isEscape(escaped)) at += 2;
      else return failed;
    }
  }

  #findKey(node: Node, start: number, end: number): number {
    if (this.#textKind === text) {
      const edge = this.#keys.find(node, this.view, start, end);
      if (edge !== undefined) return edge;
    }
    // The scan has made sure that it is a JSON text.
    const key = JSON.parse(this.#decode(this.bytes, start - 1, end + 1)) as string;
    return this.#keys.findDecoded(node, key);
  }

  #find(node: Node, start: number, end: number, kind: number): void {
    const field = this.#keys.fieldAt[node] ?? -1;
    if (field === -1) return;
    const at = this.count * stride;
    if (at === this.#found.length) {
      const found = new Int32Array(2 * at);
      found.set(this.#found);
      this.#found = found;
    }
    const found = this.#found;
    found[at] = field;
    found[at + 1] = start;
    found[at + 2] = end;
    found[at + 3] = kind;
    this.count += 1;
  }

  /** Forgets what the same key of the same object brought before. */
  #drop(edge: number): void {
    const last = this.#lastOf[edge] ?? 0;
    for (let place = this.#firstOf[edge] ?? 0; place < last; place += 1) {
      this.#found[place * stride] = -1;
    }
  }
}

function isHexDigit(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}

/** What may stand behind a backslash, but for `u`. */
function isEscape(byte: number): boolean {
  switch (byte) {
    case quote:
    case backslash:
    case slash:
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return true;
    default:
      return false;
  }
}

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const quote = 0x22;
const plus = 0x2b;
const comma = 0x2c;
const minus = 0x2d;
const point = 0x2e;
const slash = 0x2f;
const zero = 0x30;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const letterE = 0x65;
const letterF = 0x66;
const letterN = 0x6e;
const letterT = 0x74;
const letterU = 0x75;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** `true`, `alse` and `null`, from the last letter to the first. */
const trueWord = 0x65757274;
const alseWord = 0x65736c61;
const nullWord = 0x6c6c756e;
