import { createHash } from "node:crypto";

/** Plain data as ids are made of: JSON and moments. */
export type HashedValue =
  | string
  | number
  | boolean
  | null
  | Date
  | readonly HashedValue[]
  | { readonly [key: string]: HashedValue };

/**
 * A hash of structured data: SHA-1, in hex, of the text that the npm package `object-hash` writes for
 * it (versions 1.3 to 3, its defaults), so that ids with it are Elastic's (detection-semantics 4.3).
 * That text spells the prototype of plain objects, too: the first object in full, later ones by number.
 */
export function hashObject(value: HashedValue): string {
  const hash = createHash("sha1");
  const writer: Writer = { write: (text) => hash.update(text), objects: 0, shared: undefined };
  write(value, writer);
  return hash.digest("hex");
}

interface Writer {
  readonly write: (text: string) => void;
  /** Objects so far, lists and moments too. Each has its number, from 0. */
  objects: number;
  /** The numbers of what plain objects have in common, once there was one. */
  shared: { readonly prototype: number; readonly maker: number } | undefined;
}

function write(value: HashedValue, writer: Writer): void {
  if (value === null) writer.write("Null");
  else if (typeof value === "string") writeText(value, writer);
  else if (typeof value === "number") writer.write(`number:${value}`);
  else if (typeof value === "boolean") writer.write(`bool:${value}`);
  else {
    writer.objects += 1;
    if (value instanceof Date) writer.write(`date:${value.toJSON()}`);
    else if (isList(value)) {
      writer.write(`array:${value.length}:`);
      for (const item of value) write(item, writer);
    } else writeEntries(value, writer);
  }
}

/** `Array.isArray` does not tell a readonly array from an object. */
function isList(value: object): value is readonly HashedValue[] {
  return Array.isArray(value);
}

function writeText(text: string, { write }: Writer): void {
  write(`string:${text.length}:${text}`);
}

function writeEntries(object: { readonly [key: string]: HashedValue }, writer: Writer): void {
  const keys = Object.keys(object).sort();
  writer.write(`object:${keys.length + 3}:`);
  writePrototype(writer);
  for (const key of keys) {
    writeText(key, writer);
    writer.write(":");
    write(object[key] ?? null, writer);
    writer.write(",");
  }
}

const maker = "fn:string:8:[native]string:20:function-name:Object";

function writePrototype(writer: Writer): void {
  const constant = (text: string) => writer.write(text);
  constant("string:9:prototype:Undefined,string:9:__proto__:");
  if (writer.shared === undefined) {
    const shared = { prototype: writer.objects, maker: writer.objects + 1 };
    writer.objects += 2;
    writer.shared = shared;
    constant("object:3:string:9:prototype:Undefined,string:9:__proto__:Null,");
    constant(`string:11:constructor:${maker}object:0:,`);
  } else writeText(`[CIRCULAR:${writer.shared.prototype}]`, writer);
  constant(`,string:11:constructor:${maker}`);
  writeText(`[CIRCULAR:${writer.shared.maker}]`, writer);
  constant(",");
}
