import { xmlEntities } from "./xml-entities.ts";
/** An element of XML. Names are without prefix; text is what stands in it, all pieces together. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly XmlElement[];
  readonly text: string;
}

/** What keeps a hostile document from taking the memory: characters, levels and elements of one element. */
export interface XmlLimits {
  readonly characters: number;
  readonly nesting: number;
  readonly elements: number;
}

/** A Windows event has at most 64 KiB, which escaping makes a few times longer. */
export const eventLimits: XmlLimits = {
  characters: 4 * 1024 * 1024,
  nesting: 32,
  elements: 65_536,
};

/** Why there is no element: the text breaks off; it is not XML; it goes beyond a limit. */
export type XmlFault = "unfinished" | "broken" | "too-long" | "too-deep";

export type ParsedXml =
  | { readonly element: XmlElement; readonly end: number }
  | { readonly fault: XmlFault };

/** An element while it is open. */
interface OpenElement extends XmlElement {
  readonly tag: string;
  readonly children: OpenElement[];
  text: string;
}

/**
 * Reads the element that begins at `start`, where a `<` stands, and tells where it ends. Knows elements,
 * attributes, text, CDATA, comments and the five entities that need no declaration; nothing is ever
 * fetched or expanded, and an entity that is none stays as it is written. What Windows and its tools do
 * not write (document types inside of an event) is a fault.
 *
 * `findEnd` finds the end of a comment or of CDATA: a caller that tries again from later places passes one
 * that remembers, as the same text would be searched each time.
 */
export function parseXml(
  text: string,
  start: number,
  limits: XmlLimits = eventLimits,
  findEnd: (terminator: string, from: number) => number = (terminator, from) =>
    text.indexOf(terminator, from),
): ParsedXml {
  const stack: OpenElement[] = [];
  const last = Math.min(text.length, start + limits.characters);
  const cut: ParsedXml = { fault: last < text.length ? "too-long" : "unfinished" };
  let elements = 0;
  let at = start;
  while (at < last) {
    const open = stack.at(-1);
    const next = text.indexOf("<", at);
    if (next < 0 || next >= last) return cut;
    if (next > at && open !== undefined) open.text += decodeEntities(text.slice(at, next));
    const kind = text.charCodeAt(next + 1);
    if (kind === bang || kind === question) {
      const section = sections.find(({ opening }) => text.startsWith(opening, next));
      if (section === undefined) return isCut(text, next, last) ? cut : broken;
      const from = next + section.opening.length;
      const end = findEnd(section.closing, from);
      if (end < 0 || end >= last) return cut;
      if (section.isText && open !== undefined) open.text += text.slice(from, end);
      at = end + section.closing.length;
      continue;
    }
    const end = findTagEnd(text, next + 1, last);
    if (end === "cut") return cut;
    if (end === "broken") return broken;
    at = end + 1;
    if (kind === slash) {
      if (open === undefined || text.slice(next + 2, end).trimEnd() !== open.tag) return broken;
      stack.pop();
      if (stack.length === 0) return { element: open, end: at };
      continue;
    }
    elements += 1;
    if (elements > limits.elements) return { fault: "too-long" };
    const isEmpty = text.charCodeAt(end - 1) === slash;
    const element = parseTag(text.slice(next + 1, isEmpty ? end - 1 : end));
    if (element === undefined) return broken;
    open?.children.push(element);
    if (!isEmpty) {
      if (stack.length >= limits.nesting) return { fault: "too-deep" };
      stack.push(element);
    } else if (open === undefined) return { element, end: at };
  }
  return cut;
}

const broken: ParsedXml = { fault: "broken" };

const bang = 0x21;
const question = 0x3f;
const slash = 0x2f;
const doubleQuote = 0x22;
const singleQuote = 0x27;
const less = 0x3c;
const greater = 0x3e;

const sections = [
  { opening: "<![CDATA[", closing: "]]>", isText: true },
  { opening: "<!--", closing: "-->", isText: false },
  { opening: "<?", closing: "?>", isText: false },
];

/** Whether what begins at `at` could still become a section if there were more text. */
function isCut(text: string, at: number, last: number): boolean {
  const there = text.slice(at, Math.min(last, at + "<![CDATA[".length));
  return at + there.length === last && sections.some(({ opening }) => opening.startsWith(there));
}

/** The `>` of a tag. One inside of quotes is none; a `<` is wrong anywhere in a tag. */
function findTagEnd(text: string, from: number, last: number): number | "cut" | "broken" {
  let quote = 0;
  for (let index = from; index < last; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === less) return "broken";
    if (quote !== 0) {
      if (unit === quote) quote = 0;
    } else if (unit === greater) return index;
    else if (unit === doubleQuote || unit === singleQuote) quote = unit;
  }
  return "cut";
}

/** `Data Name="x"`; `undefined` where it is not a name and attributes. */
function parseTag(inside: string): OpenElement | undefined {
  const tag = /^[^\s"'=/]+/.exec(inside)?.[0];
  if (tag === undefined) return undefined;
  const attributes: (readonly [string, string])[] = [];
  if (tag.length < inside.length) {
    const attribute = /\s+([^\s"'=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')|\s+$/y;
    attribute.lastIndex = tag.length;
    while (attribute.lastIndex < inside.length) {
      const found = attribute.exec(inside);
      if (found === null) return undefined;
      const [, name, double, single] = found;
      if (name === undefined) break;
      attributes.push([withoutPrefix(name), decodeEntities(double ?? single ?? "")]);
    }
  }
  return { tag, name: withoutPrefix(tag), attributes, children: [], text: "" };
}

function withoutPrefix(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, digits, hex, name) => {
      if (name !== undefined) return xmlEntities.get(name) ?? whole;
      const code = digits === undefined ? Number.parseInt(hex, 16) : Number(digits);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** The first child of a name. */
export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.find(([key]) => key === name)?.[1];
}
