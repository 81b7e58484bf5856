import {
  eventLimits,
  parseXml,
  type XmlElement,
  type XmlFault,
  type XmlLimits,
} from "./xml-element.ts";

/** An `Event` element, or why one could not be read. `position` counts both from 1. */
export type XmlPiece =
  | { readonly kind: "event"; readonly element: XmlElement; readonly position: number }
  | { readonly kind: "fault"; readonly fault: XmlFault; readonly position: number };

/**
 * Cuts text into its `Event` elements, whatever stands around them: the `Events` of an export, nothing, or
 * the head of a line of syslog. An element that breaks off costs only itself: reading goes on at the next
 * start behind the broken one's. Work and memory stay linear in the text, also where it is hostile.
 */
export class XmlSplitter {
  readonly #limits: XmlLimits;
  #text = "";
  /** How long the text must be before another try: twice what did not suffice, so that all tries together stay linear. */
  #wanted = 0;
  #position = 0;
  #isBehindFault = false;
  #line = "";
  #strayLines = 0;
  /** By terminator: a stretch of the text in which none begins. */
  readonly #none = new Map<string, { from: number; to: number }>();

  constructor(limits: XmlLimits = eventLimits) {
    this.#limits = limits;
  }

  /** Lines with something that is neither an event nor its frame, nor on a line with one. */
  get strayLines(): number {
    return this.#strayLines;
  }

  /** Takes the next text and gives what it completed. */
  push(text: string): readonly XmlPiece[] {
    this.#text += text;
    return this.#text.length < this.#wanted ? [] : this.#take(false);
  }

  /** The text has ended: what is left is all there is. */
  finish(): readonly XmlPiece[] {
    const pieces = this.#take(true);
    this.#passOver(`${this.#text}\n`);
    this.#text = "";
    return pieces;
  }

  #take(isEnd: boolean): XmlPiece[] {
    const pieces: XmlPiece[] = [];
    let done = 0;
    this.#wanted = 0;
    for (;;) {
      const start = findStart(this.#text, done);
      if (start < 0) {
        const kept = isEnd ? this.#text.length : this.#text.length - opening.length;
        const end = Math.max(done, kept);
        this.#passOver(this.#text.slice(done, end));
        done = end;
        break;
      }
      const parsed = parseXml(this.#text, start, this.#limits, this.#findEnd);
      if ("fault" in parsed && parsed.fault === "unfinished" && !isEnd) {
        this.#passOver(this.#text.slice(done, start));
        this.#wanted = 2 * (this.#text.length - start);
        done = start;
        break;
      }
      this.#passOver(this.#text.slice(done, start));
      this.#line = "";
      this.#position += 1;
      const position = this.#position;
      this.#isBehindFault = "fault" in parsed;
      if ("fault" in parsed) {
        pieces.push({ kind: "fault", fault: parsed.fault, position });
        done = start + opening.length;
      } else {
        pieces.push({ kind: "event", element: parsed.element, position });
        done = parsed.end;
      }
    }
    this.#drop(done);
    return pieces;
  }

  #drop(characters: number): void {
    this.#text = this.#text.slice(characters);
    for (const stretch of this.#none.values()) {
      stretch.from = Math.max(0, stretch.from - characters);
      stretch.to = Math.max(0, stretch.to - characters);
    }
  }

  /** Text that is no event. The rest of a broken one is no news. */
  #passOver(text: string): void {
    if (this.#isBehindFault) return;
    const lines = (this.#line + text).split("\n");
    this.#line = (lines.pop() ?? "").slice(0, 256);
    for (const line of lines) {
      if (line.replace(/<[^<>]*>/g, "").trim().length > 0) this.#strayLines += 1;
    }
  }

  /** As `indexOf`, but what was searched once without success is not searched again. */
  readonly #findEnd = (terminator: string, from: number): number => {
    const known = this.#none.get(terminator);
    const isKnown = known !== undefined && known.from <= from && from < known.to;
    const found = this.#text.indexOf(terminator, isKnown ? known.to : from);
    const to = found < 0 ? Math.max(from, this.#text.length - terminator.length + 1) : found;
    this.#none.set(terminator, { from: isKnown ? known.from : from, to });
    return found;
  };
}

const opening = "<Event";

/** Where the next `Event` begins; not `Events`, not `EventData`. */
function findStart(text: string, from: number): number {
  for (let at = text.indexOf(opening, from); at >= 0; at = text.indexOf(opening, at + 1)) {
    const next = text[at + opening.length];
    if (next !== undefined && " \t\r\n>/".includes(next)) return at;
  }
  return -1;
}
