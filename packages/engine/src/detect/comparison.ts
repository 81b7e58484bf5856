import type { FieldValue } from "@harrier/lang/match";
import {
  type Address,
  type FieldType,
  parseAddress,
  parseBlock,
  parseInstant,
  toNumeric,
} from "@harrier/lang/values";

/** How values of an event and of an indicator are compared: as texts that are equal when the values are. */
export interface Comparison {
  /** The same for comparisons that give the same texts. */
  readonly name: string;
  /** The text of an indicator's value; undefined for what no event can have. */
  readonly known: (value: FieldValue) => string | undefined;
  /** The texts that an indicator's value equal to this one has; several where it may be a block of addresses. */
  readonly asked: (value: FieldValue) => readonly string[];
}

/**
 * The way to compare two fields: as addresses, dates or numbers where one of them is such, else as
 * text, letter by letter. An indicator of a field of addresses may be a block.
 */
export function makeComparison(event: FieldType, indicator: FieldType): Comparison {
  const types = [event, indicator];
  if (types.includes("ip")) return compareAddresses();
  if (types.includes("date") || types.includes("date_nanos")) return dates;
  if (types.includes("long") || types.includes("double")) return numbers;
  return texts;
}

const texts: Comparison = { name: "text", known: String, asked: (value) => [String(value)] };
const numbers = exactly("number", (value) => {
  const number = toNumeric(value);
  return number === undefined ? undefined : String(number);
});
const dates = exactly("date", (value) => {
  const instant = typeof value === "boolean" ? undefined : parseInstant(value);
  return instant === undefined ? undefined : String(instant);
});

function exactly(name: string, known: Comparison["known"]): Comparison {
  return {
    name,
    known,
    asked: (value) => {
      const text = known(value);
      return text === undefined ? [] : [text];
    },
  };
}

/** Remembers the sizes of the blocks among the indicators: an address is asked for once for each. */
function compareAddresses(): Comparison {
  const masks = new Map<number, Address>();
  return {
    name: "address",
    known: (value) => {
      const block = parseBlock(String(value));
      if (block === undefined) return undefined;
      masks.set(sizeOf(block.mask), block.mask);
      return blockText(block.base, block.mask);
    },
    asked: (value) => {
      const address = parseAddress(String(value));
      if (address === undefined) return [];
      return Array.from(masks.values(), (mask) => blockText(address, mask));
    },
  };
}

function blockText(address: Address, mask: Address): string {
  const words = address.map((word, place) => (word & (mask[place] ?? 0)) >>> 0);
  return `${words.map((word) => word.toString(36)).join(".")}/${sizeOf(mask)}`;
}

function sizeOf(mask: Address): number {
  return mask.reduce((bits, word) => bits + Math.clz32(~word), 0);
}
