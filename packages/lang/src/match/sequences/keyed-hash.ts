/** Two whole numbers of 32 bits that nobody else should know. */
export type HashKey = readonly [low: number, high: number];

/**
 * HalfSipHash-1-3 of the first `length` bytes of the words, the low byte of a word first; bytes after them must be zero. Who does
 * not know the key can't make texts whose numbers are equal.
 */
export function hashWords(words: Int32Array, length: number, [low, high]: HashKey): number {
  let a = low;
  let b = high;
  let c = 0x6c796765 ^ low;
  let d = 0x74656462 ^ high;
  const whole = length >>> 2;
  // One word more, which holds the rest and the length; then one for each of the rounds that end it.
  for (let at = 0; at <= whole + 3; at += 1) {
    let word = 0;
    if (at <= whole) {
      word = (words[at] ?? 0) | 0;
      if (at === whole) word = ((length & 3) === 0 ? 0 : word) | (length << 24);
      d ^= word;
    } else if (at === whole + 1) {
      c ^= 0xff;
    }
    a = (a + b) | 0;
    b = ((b << 5) | (b >>> 27)) ^ a;
    a = (a << 16) | (a >>> 16);
    c = (c + d) | 0;
    d = ((d << 8) | (d >>> 24)) ^ c;
    a = (a + d) | 0;
    d = ((d << 7) | (d >>> 25)) ^ a;
    c = (c + b) | 0;
    b = ((b << 13) | (b >>> 19)) ^ c;
    c = (c << 16) | (c >>> 16);
    a ^= word;
  }
  return b ^ d;
}
