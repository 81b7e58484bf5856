import { DamageError } from "../../bytes/damage.ts";
import { xmlEntities } from "../xml-entities.ts";
import { type ChunkBytes, hexOf } from "./chunk-bytes.ts";
import type { Name, Names } from "./names.ts";
import { type AttributeNode, type ElementNode, type Node, token } from "./nodes.ts";
import { valueType } from "./values.ts";

/** What a parser needs to know of the chunk. */
export interface NodeSource {
  readonly bytes: ChunkBytes;
  readonly names: Names;
  /** Pays for work, so that no input gets more done than it is worth; throws where it has nothing left. */
  spend(amount: number): void;
  /** Where the template instance at an offset ends. */
  endOfInstance(at: number, limit: number): number;
}

/** Windows itself nests no deeper than this in its definitions. */
const deepestNesting = 32;
/** Nothing that an element can depend on. */
const noDependency = 0xffff;

/**
 * Reads the tokens of a template's definition, or of an event that was written without one, into nodes. Only
 * in definitions does an element say on what it depends.
 */
export class NodeParser {
  readonly #source: NodeSource;
  readonly #bytes: ChunkBytes;
  readonly #end: number;
  readonly #isDefinition: boolean;
  #at: number;
  #depth = 0;

  constructor(source: NodeSource, start: number, end: number, isDefinition: boolean) {
    this.#source = source;
    this.#bytes = source.bytes;
    this.#at = start;
    this.#end = end;
    this.#isDefinition = isDefinition;
  }

  /** What stands there up to the end of the stream, the end of an element that is not ours, or the end of the bytes. */
  parse(): readonly Node[] {
    return this.#parseContent();
  }

  /** The element whose token is the next one, and where it ends. */
  parseElement(): { readonly element: ElementNode; readonly end: number } {
    const element = this.#parseElement();
    return { element, end: this.#at };
  }

  #parseContent(): readonly Node[] {
    const nodes: Node[] = [];
    while (this.#at < this.#end) {
      const byte = this.#bytes.u8(this.#at);
      const kind = byte & ~token.more;
      if (kind === token.endOfStream || kind === token.endElement) break;
      if (kind === token.openElement) nodes.push(this.#parseElement());
      else if (kind === token.templateInstance) nodes.push(this.#parseInstance());
      else if (kind === token.fragmentHeader) this.#skip(4);
      else if (kind === token.instructionTarget) {
        this.#skip(1);
        this.#parseName();
      } else if (kind === token.instructionData) {
        this.#skip(1);
        this.#parseText();
      } else {
        const node = this.#parseCharacters(kind);
        if (node === undefined) throw this.#unexpected(byte);
        nodes.push(node);
      }
    }
    return nodes;
  }

  #parseElement(): ElementNode {
    const hasAttributes = (this.#bytes.u8(this.#at) & token.more) !== 0;
    this.#source.spend(1);
    this.#skip(1);
    const dependency = this.#isDefinition ? this.#bytes.u16(this.#at) : noDependency;
    // The length of the element follows; its end is where its end token is.
    this.#skip(this.#isDefinition ? 6 : 4);
    const name = this.#parseName();
    const attributes: AttributeNode[] = [];
    if (hasAttributes) {
      this.#skip(4);
      while ((this.#peek() & ~token.more) === token.attribute)
        attributes.push(this.#parseAttribute());
    }
    const closing = this.#peek();
    this.#skip(1);
    const isEmptyTag = closing === token.closeEmptyElement;
    if (!isEmptyTag && closing !== token.closeStartTag) throw this.#unexpected(closing);
    return {
      kind: "element",
      name: name.text,
      local: name.local,
      dependency: dependency === noDependency ? -1 : dependency,
      attributes,
      content: isEmptyTag ? [] : this.#parseInside(),
      isEmptyTag,
    };
  }

  /** The content of an element and its end token. */
  #parseInside(): readonly Node[] {
    this.#depth += 1;
    if (this.#depth > deepestNesting) {
      throw new DamageError("damaged", `there are more than ${deepestNesting} levels`);
    }
    const content = this.#parseContent();
    this.#depth -= 1;
    const closing = this.#peek();
    if (closing !== token.endElement) throw this.#unexpected(closing);
    this.#skip(1);
    return content;
  }

  #parseAttribute(): AttributeNode {
    this.#source.spend(1);
    this.#skip(1);
    const name = this.#parseName();
    const content: Node[] = [];
    while (this.#at < this.#end) {
      const node = this.#parseCharacters(this.#peek() & ~token.more);
      if (node === undefined) break;
      content.push(node);
    }
    return { name: name.text, local: name.local, content };
  }

  /** A piece of text; `undefined` where something else stands, of which nothing is taken then. */
  #parseCharacters(kind: number): Node | undefined {
    switch (kind) {
      case token.value: {
        const type = this.#bytes.u8(this.#at + 1);
        if (type !== valueType.string) throw this.#unexpected(type);
        this.#skip(2);
        return { kind: "text", text: this.#parseText() };
      }
      case token.cdata:
        this.#skip(1);
        return { kind: "text", text: this.#parseText() };
      case token.characterReference: {
        const unit = this.#bytes.u16(this.#at + 1);
        this.#skip(3);
        return { kind: "text", text: String.fromCharCode(unit) };
      }
      case token.entityReference: {
        this.#skip(1);
        const { text } = this.#parseName();
        return { kind: "text", text: xmlEntities.get(text) ?? `&${text};` };
      }
      case token.substitution:
      case token.optionalSubstitution: {
        this.#source.spend(1);
        const slot = this.#bytes.u16(this.#at + 1);
        // The type of the value follows; that of the event's own value counts.
        this.#skip(4);
        return { kind: "value", slot, isOptional: kind === token.optionalSubstitution };
      }
    }
    return undefined;
  }

  #parseInstance(): Node {
    const at = this.#at;
    this.#at = this.#source.endOfInstance(at, this.#end);
    return { kind: "instance", at };
  }

  /** A reference to a name, and the name itself where it is the first one. */
  #parseName(): Name {
    const offset = this.#bytes.u32(this.#at);
    this.#skip(4);
    const name = this.#source.names.at(offset);
    this.#source.spend(1);
    if (offset === this.#at) this.#skip(name.length);
    return name;
  }

  #parseText(): string {
    const length = 2 * this.#bytes.u16(this.#at);
    this.#skip(2);
    const start = this.#at;
    this.#skip(length);
    this.#source.spend(length);
    return this.#bytes.utf16(start, start + length);
  }

  #peek(): number {
    return this.#bytes.u8(this.#at);
  }

  #skip(length: number): void {
    this.#at += length;
    if (this.#at > this.#end) throw new DamageError("damaged", "the tokens go beyond their end");
  }

  #unexpected(byte: number): DamageError {
    return new DamageError("damaged", `${hexOf(byte)} at ${hexOf(this.#at)} means nothing here`);
  }
}
