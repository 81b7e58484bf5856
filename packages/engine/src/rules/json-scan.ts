import { type DecodedText, startDecoding } from "./offset-map.ts";
import type { TextRange, ValuePath } from "./parsed-file.ts";

/** Where a JSON text stops being one, and why. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

/** The first fault of the JSON text in a range; `undefined` when there is none. Nesting costs no stack. */
export function findJsonFault(file: string, range: TextRange): JsonFault | undefined {
  const closers: string[] = [];
  let at = skipBlank(file, range.start);
  /** What may stand here: a value, a value or the end of an empty list, a key, a key or the end of an empty object. */
  let expected: "value" | "value or ]" | "key" | "key or }" = "value";
  for (;;) {
    const unit = at < range.end ? file.charAt(at) : "";
    const isEmpty =
      (expected === "value or ]" && unit === "]") || (expected === "key or }" && unit === "}");
    if (isEmpty) {
      closers.pop();
      at += 1;
    } else if (expected === "key" || expected === "key or }") {
      if (unit !== '"') return fault(at, unit, "expected a key in double quotes");
      const end = endOfString(file, at, range.end);
      if (typeof end !== "number") return end;
      at = skipBlank(file, end);
      if (file[at] !== ":" || at >= range.end) {
        return fault(at, file.charAt(at), "expected `:` after the key");
      }
      at = skipBlank(file, at + 1);
      expected = "value";
      continue;
    } else if (unit === "[" || unit === "{") {
      closers.push(unit === "[" ? "]" : "}");
      expected = unit === "[" ? "value or ]" : "key or }";
      at = skipBlank(file, at + 1);
      continue;
    } else {
      const end = endOfScalar(file, at, range.end);
      if (typeof end !== "number") return end;
      at = end;
    }
    for (;;) {
      at = skipBlank(file, at);
      const closer = closers.at(-1);
      const next = at < range.end ? file.charAt(at) : "";
      if (closer === undefined) {
        return next === "" ? undefined : fault(at, next, "expected nothing after the value");
      }
      if (next === closer) {
        closers.pop();
        at += 1;
      } else if (next === ",") {
        expected = closer === "]" ? "value" : "key";
        at = skipBlank(file, at + 1);
        break;
      } else {
        return fault(at, next, `expected \`,\` or \`${closer}\``);
      }
    }
  }
}

function fault(offset: number, unit: string, message: string): JsonFault {
  return { offset, message: unit === "" ? `unexpected end of the text, ${message}` : message };
}

/** Where a string, a number or a word ends. */
function endOfScalar(file: string, start: number, limit: number): number | JsonFault {
  if (start >= limit) return fault(start, "", "expected a value");
  if (file[start] === '"') return endOfString(file, start, limit);
  let end = start;
  while (end < limit && /[-+.\w]/.test(file.charAt(end))) end += 1;
  const word = file.slice(start, end);
  const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(word);
  const isWord = word === "true" || word === "false" || word === "null";
  return isNumber || isWord ? end : fault(start, file.charAt(start), "expected a value");
}

function endOfString(file: string, start: number, limit: number): number | JsonFault {
  for (let at = start + 1; at < limit; at += 1) {
    const unit = file.charCodeAt(at);
    if (unit === 0x22) return at + 1;
    if (unit < 0x20) {
      return { offset: at, message: "a control character in a string must be escaped" };
    }
    if (unit === 0x5c) {
      const isKnown = /^(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/.test(file.slice(at + 1, at + 6));
      if (!isKnown) return { offset: at, message: "there is no such escape" };
      at += 1;
    }
  }
  return { offset: start, message: "a string without an end" };
}

/**
 * Tells where the values of the valid JSON text stand that starts at `start`. Of equal keys the last
 * counts, as for the parser. The places of a list's elements are kept: findings ask for one after another.
 */
export function locateJsonValues(
  file: string,
  start: number,
): (path: ValuePath) => TextRange | undefined {
  const lists = new Map<number, readonly number[]>();
  const elementsOf = (list: number): readonly number[] => {
    const elements = lists.get(list) ?? elementStarts(file, list);
    lists.set(list, elements);
    return elements;
  };
  return (path) => {
    let at: number | undefined = skipBlank(file, start);
    for (const step of path) {
      at = typeof step === "number" ? elementsOf(at)[step] : memberAt(file, at, step);
      if (at === undefined) return undefined;
    }
    return { start: at, end: skipValue(file, at) };
  };
}

function elementStarts(file: string, list: number): number[] {
  const starts: number[] = [];
  if (file[list] !== "[") return starts;
  let at = skipBlank(file, list + 1);
  while (at < file.length && file[at] !== "]") {
    starts.push(at);
    at = skipBlank(file, skipValue(file, at));
    if (file[at] !== ",") break;
    at = skipBlank(file, at + 1);
  }
  return starts;
}

function memberAt(file: string, object: number, wanted: string): number | undefined {
  if (file[object] !== "{") return undefined;
  let found: number | undefined;
  let at = skipBlank(file, object + 1);
  while (file[at] === '"') {
    const keyEnd = skipValue(file, at);
    const key = decodeJsonString(file, { start: at, end: keyEnd });
    at = skipBlank(file, skipBlank(file, keyEnd) + 1);
    if (key?.text === wanted) found = at;
    at = skipBlank(file, skipValue(file, at));
    if (file[at] !== ",") break;
    at = skipBlank(file, at + 1);
  }
  return found;
}

/** The end of the valid JSON value that starts at `start`. */
function skipValue(file: string, start: number): number {
  let depth = 0;
  for (let at = start; at < file.length; ) {
    const unit = file.charAt(at);
    if (unit === '"') {
      at += 1;
      while (at < file.length && file[at] !== '"') at += file[at] === "\\" ? 2 : 1;
      at += 1;
    } else if (unit === "[" || unit === "{") {
      depth += 1;
      at += 1;
    } else if (unit === "]" || unit === "}") {
      if (depth === 0) return at;
      depth -= 1;
      at += 1;
    } else if (unit === "," && depth === 0) {
      return at;
    } else if (depth === 0 && isBlank(unit)) {
      return at;
    } else {
      at += 1;
      continue;
    }
    if (depth === 0) return at;
  }
  return file.length;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  '"': '"',
  "\\": "\\",
  "/": "/",
};

/** Reads a JSON string, its quotes included, with the place of each unit; `undefined` where the range is no string. */
export function decodeJsonString(file: string, range: TextRange): DecodedText | undefined {
  if (file[range.start] !== '"') return undefined;
  const end = range.end - 1;
  const decoder = startDecoding();
  let at = range.start + 1;
  while (at < end) {
    const backslash = file.indexOf("\\", at);
    const stop = backslash < 0 || backslash > end ? end : backslash;
    decoder.copy(file.slice(at, stop), at);
    if (stop === end) break;
    const letter = file.charAt(stop + 1);
    if (letter === "u") {
      const unit = Number.parseInt(file.slice(stop + 2, stop + 6), 16);
      decoder.put(String.fromCharCode(unit), stop);
      at = stop + 6;
    } else {
      decoder.put(simpleEscapes[letter] ?? letter, stop);
      at = stop + 2;
    }
  }
  return decoder.finish(end);
}

function skipBlank(file: string, start: number): number {
  let at = start;
  while (at < file.length && isBlank(file.charAt(at))) at += 1;
  return at;
}

function isBlank(unit: string): boolean {
  return unit === " " || unit === "\n" || unit === "\r" || unit === "\t";
}
