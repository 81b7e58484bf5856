import { DamageError } from "../../bytes/damage.ts";
import type { ChunkBytes } from "./chunk-bytes.ts";
import { filetimeText } from "./filetime.ts";
import { guidLength, guidText, sidLength, sidText } from "./identifiers.ts";

/** The types of values in binary XML (MS-EVEN6 2.2.12). `array` is a bit beside the type of the items. */
export const valueType = {
  null: 0x00,
  string: 0x01,
  ansiString: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  real32: 0x0b,
  real64: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  size: 0x10,
  filetime: 0x11,
  systemtime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  binxml: 0x21,
  xml: 0x23,
  array: 0x80,
} as const;

/** Bytes of the types that always have as many. */
const fixedLengths: ReadonlyMap<number, number> = new Map([
  [valueType.int8, 1],
  [valueType.uint8, 1],
  [valueType.int16, 2],
  [valueType.uint16, 2],
  [valueType.int32, 4],
  [valueType.uint32, 4],
  [valueType.int64, 8],
  [valueType.uint64, 8],
  [valueType.real32, 4],
  [valueType.real64, 8],
  [valueType.bool, 4],
  [valueType.guid, guidLength],
  [valueType.filetime, 8],
  [valueType.systemtime, 16],
  [valueType.hex32, 4],
  [valueType.hex64, 8],
]);

/** What the bytes from 0x80 to 0x9f are in the code page that is assumed, 1252; the others are as in Latin-1. */
const ansiSpecials = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/**
 * A value that is no array as the text that Windows shows: numbers decimal or with `0x`, GUIDs in braces, bytes in
 * upper-case hex, times in UTC with all their digits. Types that are not known are shown as bytes.
 */
export function valueText(bytes: ChunkBytes, type: number, start: number, end: number): string {
  const length = end - start;
  if (length === 0) return "";
  switch (type) {
    case valueType.null:
    case valueType.binxml:
      return "";
    case valueType.string:
    case valueType.xml:
      return stringText(bytes, start, end);
    case valueType.ansiString:
      return ansiText(bytes, start, end);
    case valueType.int8:
      return String(bytes.i8(start));
    case valueType.uint8:
      return String(bytes.u8(start));
    case valueType.bool:
      return (length < 4 ? bytes.u8(start) : bytes.u32(start)) === 0 ? "false" : "true";
    case valueType.size:
      return length < 8 ? hex32Text(bytes, start) : hex64Text(bytes, start);
    case valueType.sid:
      need(length, sidLength(bytes, start));
      return sidText(bytes, start);
    case valueType.int16:
    case valueType.uint16:
    case valueType.int32:
    case valueType.uint32:
    case valueType.int64:
    case valueType.uint64:
    case valueType.real32:
    case valueType.real64:
    case valueType.guid:
    case valueType.filetime:
    case valueType.systemtime:
    case valueType.hex32:
    case valueType.hex64:
      need(length, fixedLengths.get(type) ?? 0);
      return fixedText(bytes, type, start);
    default:
      return bytes.buffer.toString("hex", start, end).toUpperCase();
  }
}

/** The number that a value of up to 32 bits without a sign is; `undefined` where it is something else. */
export function smallNumber(
  bytes: ChunkBytes,
  type: number,
  start: number,
  end: number,
): number | undefined {
  if (type === valueType.uint32) return end - start === 4 ? bytes.u32(start) : undefined;
  if (type === valueType.uint16) return end - start === 2 ? bytes.u16(start) : undefined;
  return type === valueType.uint8 && end - start === 1 ? bytes.u8(start) : undefined;
}

function fixedText(bytes: ChunkBytes, type: number, at: number): string {
  switch (type) {
    case valueType.int16:
      return String(bytes.i16(at));
    case valueType.uint16:
      return String(bytes.u16(at));
    case valueType.int32:
      return String(bytes.i32(at));
    case valueType.uint32:
      return String(bytes.u32(at));
    case valueType.int64:
      return bytes.i64Text(at);
    case valueType.uint64:
      return bytes.u64Text(at);
    case valueType.real32:
      return real32Text(bytes.f32(at));
    case valueType.real64:
      return String(bytes.f64(at));
    case valueType.guid:
      return guidText(bytes, at);
    case valueType.filetime:
      return filetimeText(bytes.u32(at), bytes.u32(at + 4));
    case valueType.systemtime:
      return systemtimeText(bytes, at);
    case valueType.hex32:
      return hex32Text(bytes, at);
    default:
      return hex64Text(bytes, at);
  }
}

/** The items of an array. Texts end in a null character each; types whose items have no length of their own are one item. */
export function valueItems(
  bytes: ChunkBytes,
  arrayType: number,
  start: number,
  end: number,
): readonly string[] {
  const type = arrayType & ~valueType.array;
  switch (type) {
    case valueType.string:
      return stringItems(bytes, start, end);
    case valueType.ansiString:
      return ansiItems(bytes, start, end);
    case valueType.sid:
      return sidItems(bytes, start, end);
  }
  const length = type === valueType.size ? sizeLength(start, end) : fixedLengths.get(type);
  if (length === undefined) return [valueText(bytes, type, start, end)];
  const items: string[] = [];
  for (let at = start; at + length <= end; at += length) {
    items.push(valueText(bytes, type, at, at + length));
  }
  return items;
}

/** Nothing tells whether pointers had four or eight bytes where the log was written; eight, if that comes out even. */
function sizeLength(start: number, end: number): number {
  return (end - start) % 8 === 0 ? 8 : 4;
}

/** Texts may be longer than what was written to them: the rest is null characters. */
function stringText(bytes: ChunkBytes, start: number, end: number): string {
  const { buffer } = bytes;
  bytes.need(start, end - start);
  let last = end - ((end - start) & 1);
  while (last > start && buffer[last - 1] === 0 && buffer[last - 2] === 0) last -= 2;
  return buffer.toString("utf16le", start, last);
}

function ansiText(bytes: ChunkBytes, start: number, end: number): string {
  bytes.need(start, end - start);
  let last = end;
  while (last > start && bytes.buffer[last - 1] === 0) last -= 1;
  return bytes.buffer
    .toString("latin1", start, last)
    .replace(/[\u0080-\u009f]/g, (special) => ansiSpecials[special.charCodeAt(0) - 0x80] ?? "");
}

function stringItems(bytes: ChunkBytes, start: number, end: number): string[] {
  const items: string[] = [];
  let from = start;
  for (let at = start; at + 2 <= end; at += 2) {
    if (bytes.u16(at) !== 0) continue;
    items.push(bytes.utf16(from, at));
    from = at + 2;
  }
  if (from + 2 <= end) items.push(bytes.utf16(from, end));
  return items;
}

function ansiItems(bytes: ChunkBytes, start: number, end: number): string[] {
  const items: string[] = [];
  let from = start;
  for (let at = start; at < end; at += 1) {
    if (bytes.u8(at) !== 0) continue;
    items.push(ansiText(bytes, from, at));
    from = at + 1;
  }
  if (from < end) items.push(ansiText(bytes, from, end));
  return items;
}

function sidItems(bytes: ChunkBytes, start: number, end: number): string[] {
  const items: string[] = [];
  let at = start;
  while (at < end) {
    const length = sidLength(bytes, at);
    need(end - at, length);
    items.push(sidText(bytes, at));
    at += length;
  }
  return items;
}

function hex32Text(bytes: ChunkBytes, at: number): string {
  return `0x${bytes.u32(at).toString(16)}`;
}

function hex64Text(bytes: ChunkBytes, at: number): string {
  const high = bytes.u32(at + 4);
  const low = bytes.u32(at).toString(16);
  return high === 0 ? `0x${low}` : `0x${high.toString(16)}${low.padStart(8, "0")}`;
}

/** The shortest text that is this number among those of 32 bits. */
function real32Text(value: number): string {
  for (let digits = 6; digits < 9; digits += 1) {
    const text = Number(value.toPrecision(digits));
    if (Math.fround(text) === value) return String(text);
  }
  return String(value);
}

/** Sixteen-bit numbers: year, month, day of the week, day, hour, minute, second, millisecond. */
function systemtimeText(bytes: ChunkBytes, at: number): string {
  const part = (index: number, digits: number) =>
    String(bytes.u16(at + 2 * index)).padStart(digits, "0");
  return `${part(0, 4)}-${part(1, 2)}-${part(3, 2)}T${part(4, 2)}:${part(5, 2)}:${part(6, 2)}.${part(7, 3)}Z`;
}

function need(length: number, needed: number): void {
  if (length < needed) {
    throw new DamageError("damaged", `a value has ${length} bytes where its type has ${needed}`);
  }
}
