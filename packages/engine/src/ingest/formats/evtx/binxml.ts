import { DamageError } from "../../bytes/damage.ts";
import { type ChunkBytes, hexOf } from "./chunk-bytes.ts";
import { Names } from "./names.ts";
import { NodeParser, type NodeSource } from "./node-parser.ts";
import { type ElementNode, type Node, token, type ValueNode } from "./nodes.ts";
import { smallNumber, valueItems, valueText, valueType } from "./values.ts";

/** The values that an event brings for a template: of each its type, and where it stands in the chunk. */
export interface Frame {
  /** How many templates are around it. */
  readonly depth: number;
  count: number;
  types: Uint8Array;
  starts: Uint32Array;
  ends: Uint32Array;
}

/** Takes an element that is there, with the values that belong to it. They are good until it returns. */
export type VisitElement = (element: ElementNode, frame: Frame) => void;

/** Templates in templates: Windows has two of them, the event's and that of its data. */
const deepestTemplates = 8;
/** The token, a byte of no use, the id and the place of the definition. */
const instanceHead = 10;
/** The place of the next definition, a GUID and the length. */
const definitionHead = 24;
const descriptorLength = 4;

/**
 * The binary XML of one chunk. Definitions of templates are read once and kept as nodes; an event is a template
 * and values, and its elements are visited without making a text or a tree of it first.
 *
 * Nothing is trusted: every reference is checked, templates nest to a limit, and an event can have no more work
 * done than its size is worth (`allow`), however often a template repeats its values.
 */
export class BinXml implements NodeSource {
  readonly bytes: ChunkBytes;
  readonly names: Names;
  readonly #definitions = new Map<number, readonly Node[] | DamageError>();
  readonly #frames: Frame[] = [];
  #allowance = 0;
  /** For reading definitions, which is work for all events of the chunk. */
  #shared: number;

  constructor(bytes: ChunkBytes) {
    this.bytes = bytes;
    this.names = new Names(bytes);
    this.#shared = 4 * bytes.length;
  }

  /** Begins an event of so many bytes: its values may be repeated, but not without end. */
  allow(eventBytes: number): void {
    this.#allowance = 4_096 + 64 * eventBytes;
  }

  spend(amount: number): void {
    this.#allowance -= amount;
    if (this.#allowance < 0) throw new DamageError("damaged", "its templates repeat without end");
  }

  /** Visits the outermost elements of what stands from `start` to `end`. */
  visitFragment(start: number, end: number, depth: number, visit: VisitElement): void {
    let at = start;
    while (at < end) {
      const byte = this.bytes.u8(at);
      switch (byte & ~token.more) {
        case token.endOfStream:
          return;
        case token.fragmentHeader:
          at += 4;
          break;
        case token.templateInstance:
          at = this.#visitInstance(at, end, depth, visit);
          break;
        case token.openElement: {
          const parsed = new NodeParser(this, at, end, false).parseElement();
          const frame = this.#frameAt(depth);
          frame.count = 0;
          visit(parsed.element, frame);
          at = parsed.end;
          break;
        }
        default:
          throw new DamageError("damaged", `${hexOf(byte)} at ${hexOf(at)} begins nothing`);
      }
    }
  }

  /** Visits the elements of a content, those that values bring with them in their places. */
  visitElements(content: readonly Node[], frame: Frame, visit: VisitElement): void {
    this.spend(content.length);
    for (const node of content) {
      if (node.kind !== "element") this.visitOthers(node, frame, visit);
      else if (this.isThere(node, frame)) visit(node, frame);
    }
  }

  /** Visits the elements that a node brings with it which is none itself. */
  visitOthers(node: Exclude<Node, ElementNode>, frame: Frame, visit: VisitElement): void {
    if (node.kind === "instance") {
      this.#visitInstance(node.at, this.bytes.length, frame.depth + 1, visit);
    } else if (isBinXml(node, frame)) {
      const start = frame.starts[node.slot] ?? 0;
      this.visitFragment(start, frame.ends[node.slot] ?? start, frame.depth + 1, visit);
    }
  }

  /** Whether an element is there: what it depends on is not null. */
  isThere(element: ElementNode, frame: Frame): boolean {
    return element.dependency < 0 || typeOf(frame, element.dependency) !== valueType.null;
  }

  /** Whether a content has elements in it. */
  hasElements(content: readonly Node[], frame: Frame): boolean {
    return content.some((node) => {
      if (node.kind === "element") return this.isThere(node, frame);
      return node.kind === "instance" || isBinXml(node, frame);
    });
  }

  /** The text of a content, without that of elements in it. Items of an array are joined by commas. */
  textOf(content: readonly Node[], frame: Frame): string {
    if (content.length === 1) {
      const [node] = content;
      return node === undefined ? "" : this.#textOfNode(node, frame);
    }
    let text = "";
    for (const node of content) text += this.#textOfNode(node, frame);
    return text;
  }

  /**
   * The items where a content is nothing but an array: its element is written once for each of them. `undefined`
   * for any other content.
   */
  itemsOf(content: readonly Node[], frame: Frame): readonly string[] | undefined {
    const [node] = content;
    if (content.length !== 1 || node?.kind !== "value") return undefined;
    const type = typeOf(frame, node.slot);
    if ((type & valueType.array) === 0) return undefined;
    const start = frame.starts[node.slot] ?? 0;
    const end = frame.ends[node.slot] ?? start;
    this.spend(end - start);
    return valueItems(this.bytes, type, start, end);
  }

  /** Whether an attribute is left out because of its value. */
  isLeftOut(content: readonly Node[], frame: Frame): boolean {
    const [node] = content;
    if (content.length !== 1 || node?.kind !== "value" || !node.isOptional) return false;
    return typeOf(frame, node.slot) === valueType.null;
  }

  /** The whole number that a content is; `undefined` where it is none. */
  numberOf(content: readonly Node[], frame: Frame): number | undefined {
    const [node] = content;
    if (content.length === 1 && node?.kind === "value") {
      const { slot } = node;
      const start = frame.starts[slot] ?? 0;
      // As these are in all events but for strange ones, without the way over a text.
      const number = smallNumber(this.bytes, typeOf(frame, slot), start, frame.ends[slot] ?? start);
      if (number !== undefined) return number;
    }
    const text = this.textOf(content, frame);
    if (text === "") return undefined;
    const number = Number(text);
    return Number.isSafeInteger(number) && /^\s*\d+\s*$/.test(text) ? number : undefined;
  }

  endOfInstance(at: number, limit: number): number {
    const instance = this.#openInstance(at, limit);
    let end = instance.values;
    for (let slot = 0; slot < instance.count; slot += 1) {
      end += this.bytes.u16(instance.descriptors + descriptorLength * slot);
    }
    if (end > limit) throw outside(at);
    return end;
  }

  #textOfNode(node: Node, frame: Frame): string {
    if (node.kind === "text") {
      this.spend(1);
      return node.text;
    }
    if (node.kind !== "value") return "";
    const { slot } = node;
    const type = typeOf(frame, slot);
    const start = frame.starts[slot] ?? 0;
    const end = frame.ends[slot] ?? start;
    this.spend(1 + end - start);
    return (type & valueType.array) === 0
      ? valueText(this.bytes, type, start, end)
      : valueItems(this.bytes, type, start, end).join(",");
  }

  /** Visits the elements of a template's instance, and returns where it ends. */
  #visitInstance(at: number, limit: number, depth: number, visit: VisitElement): number {
    const { definition, count, descriptors, values } = this.#openInstance(at, limit);
    const frame = this.#frameAt(depth);
    fit(frame, count);
    let start = values;
    for (let slot = 0; slot < count; slot += 1) {
      const descriptor = descriptors + descriptorLength * slot;
      const end = start + this.bytes.u16(descriptor);
      frame.types[slot] = this.bytes.u8(descriptor + 2);
      frame.starts[slot] = start;
      frame.ends[slot] = end;
      start = end;
    }
    if (start > limit) throw outside(at);
    this.spend(count);
    this.visitElements(this.#definition(definition), frame, visit);
    return start;
  }

  #openInstance(at: number, limit: number) {
    const definition = this.bytes.u32(at + 6);
    const isHere = definition === at + instanceHead;
    const counted =
      at + instanceHead + (isHere ? definitionHead + this.bytes.u32(definition + 20) : 0);
    const count = this.bytes.u32(counted);
    const descriptors = counted + 4;
    const values = descriptors + descriptorLength * count;
    if (values > limit) throw outside(at);
    return { definition, count, descriptors, values };
  }

  #definition(at: number): readonly Node[] {
    const known = this.#definitions.get(at) ?? this.#readDefinition(at);
    if (known instanceof DamageError) throw known;
    return known;
  }

  /** Also remembers what cannot be read, as many events may want it. */
  #readDefinition(at: number): readonly Node[] | DamageError {
    const own = this.#allowance;
    let result: readonly Node[] | DamageError;
    try {
      const start = at + definitionHead;
      const length = this.bytes.u32(at + 20);
      this.bytes.need(start, length);
      this.#shared -= length + definitionHead;
      if (this.#shared < 0) throw new DamageError("damaged", "the chunk has too many templates");
      this.#allowance = 64 + 2 * length;
      result = new NodeParser(this, start, start + length, true).parse();
    } catch (error) {
      if (!(error instanceof DamageError)) throw error;
      result = error;
    }
    this.#allowance = own;
    this.#definitions.set(at, result);
    return result;
  }

  #frameAt(depth: number): Frame {
    if (depth >= deepestTemplates)
      throw new DamageError("damaged", "its templates nest without end");
    const known = this.#frames[depth];
    if (known !== undefined) return known;
    const frame: Frame = {
      depth,
      count: 0,
      types: new Uint8Array(),
      starts: new Uint32Array(),
      ends: new Uint32Array(),
    };
    this.#frames[depth] = frame;
    return frame;
  }
}

/** What an event brings no value for is null. */
function typeOf(frame: Frame, slot: number): number {
  return slot < frame.count ? (frame.types[slot] ?? valueType.null) : valueType.null;
}

function isBinXml(node: Node, frame: Frame): node is ValueNode {
  if (node.kind !== "value" || typeOf(frame, node.slot) !== valueType.binxml) return false;
  return frame.ends[node.slot] !== frame.starts[node.slot];
}

function fit(frame: Frame, count: number): void {
  frame.count = count;
  if (count <= frame.types.length) return;
  const room = Math.max(32, 2 * count);
  frame.types = new Uint8Array(room);
  frame.starts = new Uint32Array(room);
  frame.ends = new Uint32Array(room);
}

function outside(at: number): DamageError {
  return new DamageError("damaged", `the values of the template at ${hexOf(at)} lead out of it`);
}
