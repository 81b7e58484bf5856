import { type Address, isVersion4, parseAddress } from "./address.ts";

/** A block of addresses: those whose words, masked, are those of `base`. */
export interface Block {
  readonly base: Address;
  readonly mask: Address;
}

/**
 * Reads `10.0.0.0/8`, `2001:db8::/32`, or a bare address, a block of one. Host bits may be set:
 * `10.6.48.157/8` is `10.0.0.0/8` (eql-semantics 10). Undefined if the text is none.
 */
export function parseBlock(text: string): Block | undefined {
  const slash = text.indexOf("/");
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  // The length counts in the family that is written: `::ffff:10.0.0.0/104` is `10.0.0.0/8`.
  const isShort = isVersion4(address) && !text.includes(":");
  const width = isShort ? 32 : 128;
  const length = slash < 0 ? width : parseLength(text.slice(slash + 1));
  if (length === undefined || length > width) return undefined;
  const mask = maskOf(isShort ? length + 96 : length);
  return { base: maskAddress(address, mask), mask };
}

/** Whether the address lies in the block. An IPv4 address lies in `::/0`, as in Elasticsearch. */
export function isInBlock({ base, mask }: Block, address: Address): boolean {
  return (
    (address[3] & mask[3]) >>> 0 === base[3] &&
    (address[2] & mask[2]) >>> 0 === base[2] &&
    (address[1] & mask[1]) >>> 0 === base[1] &&
    (address[0] & mask[0]) >>> 0 === base[0]
  );
}

/**
 * A test whether a text is an address inside any of the blocks. A text that is no address is in none.
 * A block that cannot be read holds no address: the checks report it before.
 */
export function compileBlocks(blocks: readonly string[]): (text: string) => boolean {
  const parsed = blocks.map(parseBlock).filter((block) => block !== undefined);
  return (text) => {
    const address = parseAddress(text);
    if (address === undefined) return false;
    for (const block of parsed) if (isInBlock(block, address)) return true;
    return false;
  };
}

function parseLength(text: string): number | undefined {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) ? Number(text) : undefined;
}

function maskOf(length: number): Address {
  const wordAt = (index: number): number => {
    const bits = Math.max(0, Math.min(32, length - index * 32));
    // A shift by 32 would be one by 0.
    return bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
  };
  return [wordAt(0), wordAt(1), wordAt(2), wordAt(3)];
}

function maskAddress(address: Address, mask: Address): Address {
  return [
    (address[0] & mask[0]) >>> 0,
    (address[1] & mask[1]) >>> 0,
    (address[2] & mask[2]) >>> 0,
    (address[3] & mask[3]) >>> 0,
  ];
}
