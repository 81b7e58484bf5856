/**
 * Order of texts: by code point, which is also the order of their UTF-8 bytes (eql-semantics 6).
 * Plain `<` orders by UTF-16 unit and puts U+1F600 before U+FF5E.
 */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    // Surrogates stand for code points past U+FFFF: they go after all other units.
    if (isSurrogate(left) !== isSurrogate(right)) {
      if (left >= 0xe000) return -1;
      if (right >= 0xe000) return 1;
    }
    return left - right;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
