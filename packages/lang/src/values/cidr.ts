import { type Address, formatAddress, isVersion4, parseAddress } from "./address.ts";

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
 * A test whether a text is an address inside any of the blocks, in logarithmic time: lists of reputation and of
 * owners have a hundred thousand. A text that is no address is in none. A block that cannot be read holds no
 * address: the checks report it before.
 */
export function compileBlocks(blocks: readonly string[]): (text: string) => boolean {
  const apart = largestBlocks(blocks.map(parseBlock).filter((block) => block !== undefined));
  return (text) => {
    const address = parseAddress(text);
    if (address === undefined) return false;
    let low = 0;
    let high = apart.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const block = apart[middle];
      if (block === undefined || compareWords(block.base, address) > 0) high = middle;
      else low = middle + 1;
    }
    const last = apart[low - 1];
    return last !== undefined && isInBlock(last, address);
  };
}

/** In order, without those inside of others: of two blocks one holds the other, or they have no address in common. */
function largestBlocks(blocks: readonly Block[]): readonly Block[] {
  const sorted = [...blocks].sort(
    (left, right) => compareWords(left.base, right.base) || compareWords(left.mask, right.mask),
  );
  const apart: Block[] = [];
  for (const block of sorted) {
    const last = apart.at(-1);
    if (last === undefined || !isInBlock(last, block.base)) apart.push(block);
  }
  return apart;
}

function compareWords(left: Address, right: Address): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2] || left[3] - right[3];
}

/**
 * The blocks that together hold the addresses from `first` to `last`, both included: at most 254. Undefined if
 * one of the texts is no address, if they are of two families, or if `last` lies before `first`.
 */
export function blocksOfRange(first: string, last: string): readonly string[] | undefined {
  const from = parseAddress(first);
  const to = parseAddress(last);
  if (from === undefined || to === undefined || isVersion4(from) !== isVersion4(to)) {
    return undefined;
  }
  let start = toNumber(from);
  const end = toNumber(to);
  if (start > end) return undefined;
  const blocks: string[] = [];
  while (start <= end) {
    // As many host bits as the start has zeros, as long as the block does not reach past the end.
    let hostBits = 0;
    while (
      hostBits < 128 &&
      isFree(start, hostBits) &&
      start + (2n << BigInt(hostBits)) - 1n <= end
    ) {
      hostBits += 1;
    }
    const base = toAddress(start);
    const isShort = isVersion4(base) && hostBits <= 32;
    blocks.push(
      `${isShort ? formatAddress(base) : wholeText(base)}/${(isShort ? 32 : 128) - hostBits}`,
    );
    start += 1n << BigInt(hostBits);
  }
  return blocks;
}

function isFree(address: bigint, bit: number): boolean {
  return ((address >> BigInt(bit)) & 1n) === 0n;
}

function toNumber(address: Address): bigint {
  return address.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
}

function toAddress(value: bigint): Address {
  const wordAt = (index: bigint): number => Number((value >> (96n - index * 32n)) & 0xffffffffn);
  return [wordAt(0n), wordAt(1n), wordAt(2n), wordAt(3n)];
}

/** With all its groups: the short form of a mapped address would have another length. */
function wholeText(address: Address): string {
  return address
    .flatMap((word) => [word >>> 16, word & 0xffff])
    .map((group) => group.toString(16))
    .join(":");
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
