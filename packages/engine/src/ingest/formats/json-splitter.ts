import { firstLine, type LineStart } from "./line-reading.ts";

/** What the splitter found at a position: the text of one value, or a place where there is none. */
export type JsonPiece =
  | { readonly kind: "value"; readonly position: number; readonly text: string }
  | { readonly kind: "fault"; readonly position: number; readonly fault: JsonFault };

/** `broken`: cannot be JSON; `unfinished`: the input ended inside a value or a list; the others are limits. */
export type JsonFault = "broken" | "unfinished" | "too-long" | "too-deep";

export interface JsonLimits {
  /** A longer value is reported and skipped. */
  readonly valueBytes: number;
  /** A value with more objects and lists inside each other is reported and skipped. */
  readonly nesting: number;
}

/** 64 MiB: more than any collector sends in one event. 256: Elasticsearch maps 20 levels, and what walks events may recurse. */
export const defaultJsonLimits: JsonLimits = { valueBytes: 64 * 1024 * 1024, nesting: 256 };

const tab = 0x09;
const newline = 0x0a;
const carriageReturn = 0x0d;
const recordSeparator = 0x1e;
const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openList = 0x5b;
const backslash = 0x5c;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
const byteOrderMark = [0xef, 0xbb, 0xbf];
const hitsKey = Buffer.from('"hits"');

/**
 * - `between` values
 * - `value`: in an object or a list that is a value
 * - `other`: in anything else, up to the end of the line or the list element
 * - `rest`: in what follows the hits of a response
 * - `lost`: after a broken value, looking for a line to go on from
 */
type Mode = "between" | "value" | "other" | "rest" | "lost";

/**
 * Cuts a stream of UTF-8 bytes into JSON values, however they stand: one a line (NDJSON), one after
 * the other over many lines, as elements of a list, as `hits.hits` of an Elasticsearch response. It
 * looks for the ends of values only (strings, escapes, brackets); whether a value is JSON is for
 * `JSON.parse` to say. No more than one value is held, and chunk borders change nothing.
 *
 * A value that turns out to be broken costs itself and no other: we go on at the next line that opens
 * an object at the same indentation, which may lie behind us. Where that is the very next line, the
 * input counts as NDJSON from then on, and a line break ends whatever is open.
 *
 * Positions are line numbers outside of lists and the count of the element inside; both from 1.
 */
export class JsonSplitter {
  readonly #limits: JsonLimits;
  #pieces: JsonPiece[] = [];
  #mode: Mode = "between";
  /** `lines`: one value a line. `many`: a value has taken many. `open`: both are possible. */
  #layout: "open" | "lines" | "many" = "open";
  /** Whether some value began and ended on one line. */
  #hasOneLiner = false;
  #isByLine = true;
  /** The list whose elements are the values: the line it began on, the brackets that are open around it. */
  #list: { readonly line: number; readonly around: number } | undefined;
  #elements = 0;
  #line = 1;
  /** Blanks at the start of the line so far; `undefined` once another byte has come. */
  #indent: number | undefined = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Whether the object at depth 2 is the `hits` of a response. */
  #inHits = false;
  /** Where the open value starts in the chunk at hand; its earlier bytes are held. */
  #start = 0;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #fault: JsonFault | undefined;
  #valueLine = 1;
  /** `undefined` where the value does not begin its line. */
  #valueIndent: number | undefined;

  /** Begins at the beginning of the input, or at a line behind which another splitter has read. */
  constructor(limits: JsonLimits = defaultJsonLimits, start: LineStart = firstLine) {
    this.#limits = limits;
    this.#line = start.line;
    this.#elements = start.elements;
    this.#layout = start.state === "lines" ? "lines" : "open";
    this.#hasOneLiner = start.state !== "fresh";
  }

  /**
   * Whether nothing came but values that began and ended on one line, outside of lists. If it is so at the end of
   * a piece of an input whose `lineState` is defined, and was where the piece begins, the piece has the same
   * values whatever the state was.
   */
  get isByLine(): boolean {
    return this.#isByLine && this.#layout !== "many";
  }

  /**
   * All that matters for what comes, where a line begins and nothing is open, so that another splitter may read
   * on from here. `undefined` anywhere else, and where values take many lines.
   */
  get lineStart(): LineStart | undefined {
    const isBetween = this.#mode === "between" && this.#list === undefined && this.#indent === 0;
    if (!isBetween || this.#layout === "many") return undefined;
    const state = this.#layout === "lines" ? "lines" : this.#hasOneLiner ? "open" : "fresh";
    return { line: this.#line, elements: this.#elements, state };
  }

  /**
   * Counts a line that somebody else has read: an object, with nothing but blanks around it. Only where
   * `lineStart` is defined.
   */
  passLine(): void {
    this.#line += 1;
    this.#hasOneLiner = true;
  }

  /** Takes the next bytes and gives what they completed. The chunk must not be changed afterwards. */
  push(chunk: Uint8Array): readonly JsonPiece[] {
    this.#scan(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    return this.#take();
  }

  /** Says that the input has ended, and gives what is left. */
  finish(): readonly JsonPiece[] {
    while (this.#mode === "value" && this.#goBack(Buffer.concat(this.#held))) {
      // What seemed to belong to a broken value is read again; it may end inside of another one.
    }
    if (this.#mode === "other" && !this.#inString) this.#endValue(Buffer.alloc(0), 0);
    const isOpen = this.#mode === "value" || this.#mode === "other" || this.#mode === "rest";
    if (isOpen) this.#report(this.#fault ?? "unfinished");
    else if (this.#list !== undefined && this.#mode === "between") {
      this.#elements += 1;
      this.#report("unfinished");
    }
    return this.#take();
  }

  #take(): readonly JsonPiece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #scan(chunk: Buffer): void {
    this.#start = 0;
    let index = 0;
    while (index < chunk.length) {
      switch (this.#mode) {
        case "between":
          index = this.#scanBetween(chunk, index);
          break;
        case "value":
          index = this.#scanValue(chunk, index);
          break;
        case "other":
          index = this.#scanOther(chunk, index);
          break;
        case "rest":
          index = this.#scanRest(chunk, index);
          break;
        case "lost":
          index = this.#scanLost(chunk, index);
          break;
      }
    }
    if (this.#mode === "value" || this.#mode === "other") this.#hold(chunk);
  }

  #scanBetween(chunk: Buffer, from: number): number {
    for (let index = from; index < chunk.length; index += 1) {
      const byte = chunk[index];
      if (byte === newline) this.#breakLine();
      else if (byte === space || byte === tab) this.#indentBy(1);
      else if (byte === closeList && this.#list !== undefined) {
        this.#indent = undefined;
        this.#endList();
        return index + 1;
      } else if (byte === openList && this.#list === undefined) {
        this.#indent = undefined;
        this.#beginList({ line: this.#line, around: 0 });
      } else if (byte !== undefined && !isFiller(byte)) {
        this.#beginValue(index, byte);
        return byte === quote ? index : index + 1;
      }
    }
    return chunk.length;
  }

  #beginValue(index: number, byte: number): void {
    const isNested = byte === openObject || byte === openList;
    this.#mode = isNested ? "value" : "other";
    this.#depth = isNested ? 1 : 0;
    this.#start = index;
    this.#valueLine = this.#line;
    this.#valueIndent = this.#indent;
    this.#indent = undefined;
    if (this.#list !== undefined) this.#elements += 1;
  }

  #scanValue(chunk: Buffer, from: number): number {
    let index = from;
    while (index < chunk.length) {
      if (this.#inString) {
        index = this.#scanString(chunk, index);
        if (this.#inString && index < chunk.length) {
          return this.#breakOff(chunk, index + 1, "line-break");
        }
        continue;
      }
      const byte = chunk[index];
      if (this.#indent !== undefined) {
        if (byte === space || byte === tab) this.#indent += 1;
        else if (byte === openObject && this.#isStrayObject(chunk, index)) {
          return this.#breakOff(chunk, index, "stray-object");
        } else if (byte !== newline && byte !== carriageReturn) this.#indent = undefined;
      }
      index += 1;
      switch (byte) {
        case quote:
          this.#inString = true;
          break;
        case openObject:
        case openList:
          if (this.#open(chunk, index - 1, byte)) return index;
          break;
        case closeObject:
        case closeList:
          this.#depth -= 1;
          if (this.#depth === 0) {
            this.#endValue(chunk, index);
            return index;
          }
          if (this.#depth === 1) this.#inHits = false;
          break;
        case newline:
          if (this.#layout === "lines" || this.#hasFailed(index) || this.#isInLineList()) {
            return this.#breakOff(chunk, index, "line-break");
          }
          this.#line += 1;
          this.#indent = 0;
          break;
      }
    }
    return index;
  }

  /** Up to behind the closing quote, to a line break (which no string may hold), or to the end of the chunk. */
  #scanString(chunk: Buffer, from: number): number {
    const length = chunk.length;
    let index = from;
    if (this.#escaped && index < length) {
      this.#escaped = false;
      // No escape makes a line break of a string.
      if (chunk[index] !== newline) index += 1;
    }
    for (; index < length; index += 1) {
      const byte = chunk[index];
      if (byte === quote) {
        this.#inString = false;
        return index + 1;
      }
      if (byte === newline) return index;
      if (byte === backslash) {
        if (index + 1 === length) this.#escaped = true;
        else if (chunk[index + 1] !== newline) index += 1;
      }
    }
    return length;
  }

  /** An opening bracket inside a value. Gives true where it opens the hits of a response: the elements are the values then. */
  #open(chunk: Buffer, index: number, byte: number): boolean {
    if (this.#list === undefined && this.#depth <= 2 && !this.#hasFailed(index)) {
      if (this.#depth === 1 && byte === openObject) this.#inHits = this.#follows(chunk, index);
      else if (this.#depth === 2 && byte === openList && this.#inHits) {
        if (this.#follows(chunk, index)) {
          this.#beginList({ line: this.#valueLine, around: this.#depth });
          this.#reset("between");
          return true;
        }
      }
    }
    this.#depth += 1;
    if (this.#depth > this.#limits.nesting && !this.#hasFailed(index)) this.#fail("too-deep");
    return false;
  }

  /** Whether the bytes before are the key `"hits":`. */
  #follows(chunk: Buffer, index: number): boolean {
    const atColon = this.#back(chunk, index - 1);
    if (this.#byteAt(chunk, atColon) !== colon) return false;
    const end = this.#back(chunk, atColon - 1);
    return hitsKey.every((byte, at) => this.#byteAt(chunk, end - hitsKey.length + 1 + at) === byte);
  }

  /** Whether an object that opens a line inside a value cannot belong to it: nothing before it asks for a value. */
  #isStrayObject(chunk: Buffer, index: number): boolean {
    if (this.#indent !== this.#valueIndent || this.#hasFailed(index)) return false;
    const before = this.#byteAt(chunk, this.#back(chunk, index - 1));
    return before !== colon && before !== comma && before !== openList;
  }

  /** The last place at or before `index` that holds no blank. Places before the chunk are negative. */
  #back(chunk: Buffer, index: number): number {
    let at = index;
    while (isBlank(this.#byteAt(chunk, at))) at -= 1;
    return at;
  }

  /** A byte of the open value; `undefined` before its beginning. */
  #byteAt(chunk: Buffer, index: number): number | undefined {
    if (index >= 0) return index < this.#start ? undefined : chunk[index];
    let offset = index;
    for (let piece = this.#held.length - 1; piece >= 0; piece -= 1) {
      const bytes = this.#held[piece];
      if (bytes === undefined) return undefined;
      if (bytes.length + offset >= 0) return bytes[bytes.length + offset];
      offset += bytes.length;
    }
    return undefined;
  }

  /**
   * Gives up the open value and goes on from `next`: behind a line break that it cannot hold, or at an
   * object that opens a line and cannot be part of it.
   */
  #breakOff(chunk: Buffer, next: number, why: "line-break" | "stray-object"): number {
    this.#hasFailed(next);
    const bytes = Buffer.concat([...this.#held, chunk.subarray(this.#start, next)]);
    if (this.#goBack(bytes)) {
      this.#start = next;
      return next;
    }
    this.#report(this.#fault ?? "broken");
    const isOneLine = this.#valueLine === this.#line - (why === "stray-object" ? 1 : 0);
    if (this.#layout === "open" && this.#list === undefined && isOneLine) this.#layout = "lines";
    const endsHere = why === "stray-object" || this.#layout === "lines" || this.#isInLineList();
    if (why === "line-break") {
      if (endsHere) this.#list = undefined;
      this.#line += 1;
      this.#indent = 0;
    }
    this.#reset(endsHere ? "between" : "lost");
    return next;
  }

  /**
   * Gives up the open value if one of the lines that it has swallowed opens an object at its own
   * indentation, and reads on from there; `bytes` is all of the value. Else false.
   */
  #goBack(bytes: Buffer): boolean {
    if (this.#layout !== "open" || this.#list !== undefined || this.#fault !== undefined) {
      return false;
    }
    let lines = 0;
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, at + 1)) {
      lines += 1;
      let first = at + 1;
      while (bytes[first] === space || bytes[first] === tab) first += 1;
      if (bytes[first] !== openObject || first - at - 1 !== this.#valueIndent) continue;
      this.#report("broken");
      if (lines === 1) this.#layout = "lines";
      this.#reset("between");
      this.#line = this.#valueLine + lines;
      this.#indent = 0;
      this.#scan(bytes.subarray(at + 1));
      return true;
    }
    return false;
  }

  /** Whether the list at hand began on this line, in an input whose values are on lines. */
  #isInLineList(): boolean {
    return this.#hasOneLiner && this.#list?.line === this.#line;
  }

  #scanOther(chunk: Buffer, from: number): number {
    let index = from;
    while (index < chunk.length) {
      if (this.#inString) {
        index = this.#scanString(chunk, index);
        if (index === chunk.length) return index;
        this.#inString = false;
        continue;
      }
      const byte = chunk[index];
      const ends =
        byte === newline || (this.#list !== undefined && (byte === comma || byte === closeList));
      if (ends) {
        this.#endValue(chunk, index);
        return index;
      }
      // Outside of lists the whole line is the value, quotes or not.
      if (byte === quote && this.#list !== undefined) this.#inString = true;
      index += 1;
    }
    return index;
  }

  #scanRest(chunk: Buffer, from: number): number {
    let index = from;
    while (index < chunk.length) {
      if (this.#inString) {
        index = this.#scanString(chunk, index);
        if (index === chunk.length) return index;
        if (this.#inString) {
          this.#inString = false;
          this.#report("broken");
          this.#reset("between");
          return index;
        }
      }
      const byte = chunk[index];
      index += 1;
      if (byte === quote) this.#inString = true;
      else if (byte === openObject || byte === openList) this.#depth += 1;
      else if (byte === newline) {
        if (this.#layout === "lines" || (this.#hasOneLiner && this.#valueLine === this.#line)) {
          this.#report("unfinished");
          this.#reset("between");
          return index - 1;
        }
        this.#line += 1;
      } else if (byte === closeObject || byte === closeList) {
        this.#depth -= 1;
        if (this.#depth === 0) {
          this.#learn(this.#valueLine);
          this.#reset("between");
          return index;
        }
      }
    }
    return index;
  }

  #scanLost(chunk: Buffer, from: number): number {
    for (let index = from; index < chunk.length; index += 1) {
      const byte = chunk[index];
      if (byte === newline) this.#breakLine();
      else if (this.#indent !== undefined) {
        if (byte === space || byte === tab) this.#indent += 1;
        else if (byte === openObject && this.#indent === (this.#valueIndent ?? this.#indent)) {
          this.#mode = "between";
          return index;
        } else this.#indent = undefined;
      }
    }
    return chunk.length;
  }

  #breakLine(): void {
    if (this.#list !== undefined && (this.#layout === "lines" || this.#isInLineList())) {
      this.#elements += 1;
      this.#report("unfinished");
      this.#list = undefined;
    }
    this.#line += 1;
    this.#indent = 0;
  }

  #indentBy(blanks: number): void {
    if (this.#indent !== undefined) this.#indent += blanks;
  }

  #endValue(chunk: Buffer, end: number): void {
    this.#hold(chunk.subarray(0, end));
    const position = this.#position();
    if (this.#fault !== undefined) this.#report(this.#fault);
    else {
      const [first] = this.#held;
      const bytes = this.#held.length === 1 && first ? first : Buffer.concat(this.#held);
      this.#pieces.push({ kind: "value", position, text: bytes.toString("utf8") });
    }
    if (this.#list === undefined && this.#mode === "value") this.#learn(this.#valueLine);
    this.#reset("between");
  }

  #beginList(list: { readonly line: number; readonly around: number }): void {
    this.#list = list;
    this.#isByLine = false;
  }

  #endList(): void {
    const list = this.#list;
    this.#list = undefined;
    if (list === undefined) return;
    this.#valueLine = list.line;
    if (list.around > 0) {
      this.#mode = "rest";
      this.#depth = list.around;
    } else this.#learn(list.line);
  }

  /** Something outside of lists that began on `line` has ended. */
  #learn(line: number): void {
    if (line === this.#line) this.#hasOneLiner = true;
    else if (this.#layout === "open") this.#layout = "many";
  }

  #hold(chunk: Buffer): void {
    if (this.#fault === undefined) {
      const bytes = chunk.subarray(this.#start);
      this.#held.push(bytes);
      this.#heldBytes += bytes.length;
      if (this.#heldBytes > this.#limits.valueBytes) this.#fail("too-long");
    }
    this.#start = 0;
  }

  /**
   * Whether the value is over a limit. Asked wherever the answer matters, so that it does not depend on
   * where chunks end.
   */
  #hasFailed(index: number): boolean {
    const bytes = this.#heldBytes + index - this.#start;
    if (this.#fault === undefined && bytes > this.#limits.valueBytes) this.#fail("too-long");
    return this.#fault !== undefined;
  }

  /** From here on the value is only followed to its end. */
  #fail(fault: JsonFault): void {
    this.#fault ??= fault;
    this.#held = [];
    this.#heldBytes = 0;
  }

  #report(fault: JsonFault): void {
    this.#isByLine = false;
    this.#pieces.push({ kind: "fault", position: this.#position(), fault });
  }

  #position(): number {
    return this.#list === undefined ? this.#valueLine : this.#elements;
  }

  #reset(mode: Mode): void {
    this.#mode = mode;
    this.#depth = 0;
    this.#inString = false;
    this.#escaped = false;
    this.#inHits = false;
    this.#held = [];
    this.#heldBytes = 0;
    this.#fault = undefined;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === space || byte === newline || byte === tab || byte === carriageReturn;
}

/** What may stand between values and means nothing: blanks, commas, marks that some writers put before each text. */
function isFiller(byte: number): boolean {
  return (
    byte === carriageReturn ||
    byte === comma ||
    byte === recordSeparator ||
    byteOrderMark.includes(byte)
  );
}
