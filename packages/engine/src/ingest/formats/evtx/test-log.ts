/** Writes event logs for tests, to the format's description (MS-EVEN6 2.2.12 for binary XML). Not part of the program. */
import { addCrc32 } from "../../bytes/crc32.ts";
import { chunkLength } from "./chunk-bytes.ts";
import { fileHeadLength } from "./file-header.ts";
import { token } from "./nodes.ts";
import { valueType } from "./values.ts";

export type TestNode = string | TestElement | TestSlot;

export interface TestElement {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string | TestSlot])[];
  readonly content: readonly TestNode[];
  readonly dependency: number;
}

/** The place of a value. */
export interface TestSlot {
  readonly slot: number;
  readonly isOptional: boolean;
}

export interface TestTemplate {
  readonly root: TestElement;
}

/** A template and what stands in its places. */
export interface TestInstance {
  readonly template: TestTemplate;
  readonly values: readonly TestValue[];
}

export type TestValue = { readonly type: number; readonly bytes: Buffer } | TestInstance;

export interface TestRecord {
  readonly id: number;
  readonly event: TestInstance;
}

export function element(
  name: string,
  attributes: { readonly [name: string]: string | TestSlot } = {},
  content: readonly TestNode[] = [],
  dependency = 0xffff,
): TestElement {
  return { name, attributes: Object.entries(attributes), content, dependency };
}

export function slot(index: number, isOptional = true): TestSlot {
  return { slot: index, isOptional };
}

export function value(type: number, bytes: Buffer | readonly number[]): TestValue {
  return { type, bytes: Buffer.from(bytes) };
}

export function text(content: string): TestValue {
  return value(valueType.string, Buffer.from(content, "utf16le"));
}

export const nothing: TestValue = value(valueType.null, []);

export function uint16(number: number): TestValue {
  return value(valueType.uint16, [number & 0xff, number >> 8]);
}

/** So many 100 ns since 1601. */
export function filetime(ticks: bigint): TestValue {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ticks);
  return value(valueType.filetime, bytes);
}

/** A log with its header and a chunk for each list of records. */
export function writeLog(
  chunks: readonly (readonly TestRecord[])[],
  { flags = 0 }: { readonly flags?: number } = {},
): Buffer {
  const header = Buffer.alloc(fileHeadLength);
  header.write("ElfFile\0", "latin1");
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(fileHeadLength, 40);
  header.writeUInt16LE(chunks.length, 42);
  header.writeUInt32LE(flags, 120);
  header.writeUInt32LE(addCrc32(0, header.subarray(0, 120)), 124);
  return Buffer.concat([header, ...chunks.map((records) => writeChunk(records))]);
}

export function writeChunk(records: readonly TestRecord[]): Buffer {
  const writer = new ChunkWriter();
  for (const { id, event } of records) writer.record(id, () => writer.instance(event));
  return writer.finish();
}

/** Makes the checksums of a chunk right again after something in it was changed. */
export function seal(chunk: Buffer): Buffer {
  const end = chunk.readUInt32LE(48);
  chunk.writeUInt32LE(addCrc32(0, chunk.subarray(512, end)), 52);
  const head = addCrc32(0, chunk.subarray(0, 120));
  chunk.writeUInt32LE(addCrc32(head, chunk.subarray(128, 512)), 124);
  return chunk;
}

/** Writes a chunk token by token, for what no template and values can say, too. */
export class ChunkWriter {
  readonly chunk: Buffer = Buffer.alloc(chunkLength);
  at = 512;
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<TestTemplate, number>();

  record(id: number, writeContent: () => void): void {
    const start = this.at;
    this.u32(0x2a2a).u32(0).u32(id).u32(0).u32(0).u32(0);
    this.u8(token.fragmentHeader).u8(1).u8(1).u8(0);
    writeContent();
    this.u8(token.endOfStream);
    const length = this.at + 4 - start;
    this.u32(length);
    this.chunk.writeUInt32LE(length, start + 4);
  }

  instance({ template, values }: TestInstance): void {
    this.u8(token.templateInstance).u8(1).u32(0);
    const known = this.#templates.get(template);
    this.#templates.set(template, known ?? this.at + 4);
    this.u32(known ?? this.at + 4);
    if (known === undefined) this.definition(template.root);
    this.values(values);
  }

  definition(root: TestElement): void {
    this.u32(0).u32(0).u32(0).u32(0).u32(0);
    const length = this.#later();
    this.u8(token.fragmentHeader).u8(1).u8(1).u8(0);
    this.element(root, true);
    this.u8(token.endOfStream);
    length();
  }

  values(values: readonly TestValue[]): void {
    this.u32(values.length);
    const descriptors = this.at;
    this.at += 4 * values.length;
    for (const [index, each] of values.entries()) {
      const start = this.at;
      if ("template" in each) {
        this.u8(token.fragmentHeader).u8(1).u8(1).u8(0);
        this.instance(each);
        this.u8(token.endOfStream);
      } else this.at += each.bytes.copy(this.chunk, this.at);
      this.chunk.writeUInt16LE(this.at - start, descriptors + 4 * index);
      const type = "template" in each ? valueType.binxml : each.type;
      this.chunk.writeUInt8(type, descriptors + 4 * index + 2);
    }
  }

  element({ name, attributes, content, dependency }: TestElement, isDefinition: boolean): void {
    const hasAttributes = attributes.length > 0;
    this.u8(token.openElement | (hasAttributes ? token.more : 0));
    if (isDefinition) this.u16(dependency);
    const length = this.#later();
    this.name(name);
    if (hasAttributes) {
      const attributesLength = this.#later();
      for (const [index, [key, content]] of attributes.entries()) {
        this.u8(token.attribute | (index + 1 < attributes.length ? token.more : 0));
        this.name(key);
        this.#content(content, isDefinition);
      }
      attributesLength();
    }
    if (content.length === 0) this.u8(token.closeEmptyElement);
    else {
      this.u8(token.closeStartTag);
      for (const node of content) this.#content(node, isDefinition);
      this.u8(token.endElement);
    }
    length();
  }

  name(name: string): void {
    const known = this.#names.get(name);
    this.u32(known ?? this.at + 4);
    if (known !== undefined) return;
    this.#names.set(name, this.at);
    this.u32(0).u16(0).u16(name.length);
    this.at += this.chunk.write(name, this.at, "utf16le");
    this.u16(0);
  }

  u8(number: number): this {
    this.at = this.chunk.writeUInt8(number, this.at);
    return this;
  }

  u16(number: number): this {
    this.at = this.chunk.writeUInt16LE(number, this.at);
    return this;
  }

  u32(number: number): this {
    this.at = this.chunk.writeUInt32LE(number, this.at);
    return this;
  }

  finish(): Buffer {
    const { chunk } = this;
    chunk.write("ElfChnk\0", "latin1");
    chunk.writeUInt32LE(128, 40);
    chunk.writeUInt32LE(this.at, 48);
    return seal(chunk);
  }

  #content(node: TestNode, isDefinition: boolean): void {
    if (typeof node === "string") {
      this.u8(token.value).u8(valueType.string).u16(node.length);
      this.at += this.chunk.write(node, this.at, "utf16le");
    } else if ("slot" in node) {
      this.u8(node.isOptional ? token.optionalSubstitution : token.substitution);
      this.u16(node.slot).u8(0);
    } else this.element(node, isDefinition);
  }

  /** Leaves room for a length; the result writes it, of what has come since. */
  #later(): () => void {
    const place = this.at;
    this.u32(0);
    return () => this.chunk.writeUInt32LE(this.at - place - 4, place);
  }
}
