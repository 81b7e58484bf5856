import type { PairLayout } from "./event-map.ts";

/**
 * The pairs of a text: `action=deny msg="a \"b\"" count=3`. What has no `assign` in it is passed over; of a
 * name that comes again the first value stays. Reads each character once.
 */
export function readPairs(text: string, { between, assign }: PairLayout): Record<string, string> {
  const pairs = new Map<string, string>();
  const isBlankBetween = between.trim() === "";
  const isEnd = (at: number) =>
    isBlankBetween ? text[at] === " " || text[at] === "\t" : text.startsWith(between, at);
  const step = isBlankBetween ? 1 : between.length;
  let at = 0;
  while (at < text.length) {
    let name = "";
    const start = at;
    while (at < text.length && !isEnd(at) && !text.startsWith(assign, at)) at += 1;
    if (text.startsWith(assign, at)) {
      name = text.slice(start, at).trim();
      at += assign.length;
      if (!isBlankBetween) while (text[at] === " ") at += 1;
      const isQuoted = text[at] === '"';
      const read = isQuoted ? readQuoted(text, at) : undefined;
      const valueStart = at;
      at = read?.end ?? at;
      while (at < text.length && !isEnd(at)) at += 1;
      const value = read?.value ?? text.slice(valueStart, at).trim();
      if (name !== "" && value !== "" && !pairs.has(name)) pairs.set(name, value);
    }
    at += step;
  }
  return Object.fromEntries(pairs);
}

/** A quoted text from its opening quote on; `undefined` where nothing closes it. */
function readQuoted(
  text: string,
  start: number,
): { readonly value: string; readonly end: number } | undefined {
  let value = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charAt(at);
    if (unit === '"') return { value, end: at + 1 };
    if (unit === "\\" && (text[at + 1] === '"' || text[at + 1] === "\\")) at += 1;
    value += text.charAt(at);
  }
  return undefined;
}
