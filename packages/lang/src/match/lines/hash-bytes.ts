/** Bytes that may be read past the last of a text. Whoever holds texts leaves so much room behind them. */
export const readAhead = 8;

/**
 * A number for the bytes of a text; equal texts have equal numbers. Four bytes at a time. It spreads ordinary texts
 * well and withstands nobody: tables that use it bound how far they look.
 */
export function hashBytes(view: DataView, start: number, end: number, seed: number): number {
  const length = end - start;
  let hash = Math.imul(seed ^ length, spread);
  let at = start;
  if (length >= lanes * 4) {
    // Side by side, for none has to wait for another.
    let second = hash ^ 1;
    let third = hash ^ 2;
    let fourth = hash ^ 3;
    for (; at + lanes * 4 <= end; at += lanes * 4) {
      hash = mix(hash, view.getInt32(at, true));
      second = mix(second, view.getInt32(at + 4, true));
      third = mix(third, view.getInt32(at + 8, true));
      fourth = mix(fourth, view.getInt32(at + 12, true));
    }
    hash = mix(mix(mix(hash, second), third), fourth);
  }
  for (; at + 4 <= end; at += 4) hash = mix(hash, view.getInt32(at, true));
  const rest = end - at;
  if (rest > 0) hash = mix(hash, view.getInt32(at, true) & lowBytes(rest));
  return hash ^ (hash >>> 16);
}

/** Whether two texts of `length` bytes are the same. */
export function equalBytes(
  left: DataView,
  leftStart: number,
  right: DataView,
  rightStart: number,
  length: number,
): boolean {
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    if (left.getInt32(leftStart + at, true) !== right.getInt32(rightStart + at, true)) return false;
  }
  const rest = length - at;
  if (rest === 0) return true;
  const difference = left.getInt32(leftStart + at, true) ^ right.getInt32(rightStart + at, true);
  return (difference & lowBytes(rest)) === 0;
}

const lanes = 4;
const spread = 0x9e3779b1;

function mix(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, spread);
  return mixed ^ (mixed >>> 15);
}

function lowBytes(count: number): number {
  return (1 << (count * 8)) - 1;
}
