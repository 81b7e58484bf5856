/** What separates words. */
export function isBlank(unit: string): boolean {
  return unit !== "" && " \t\n\r\u3000".includes(unit);
}

/** The first offset from `from` on that is no blank. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charAt(at))) at += 1;
  return at;
}
