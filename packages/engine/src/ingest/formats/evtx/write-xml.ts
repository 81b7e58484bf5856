import type { BinXml, Frame } from "./binxml.ts";
import type { ElementNode, Node } from "./nodes.ts";

/**
 * The event that stands from `start` to `end` of a chunk as the text that Windows shows of it, on one line.
 * Throws `DamageError` where something in it is wrong.
 */
export function writeXml(binxml: BinXml, start: number, end: number): string {
  binxml.allow(end - start);
  const parts: string[] = [];
  binxml.visitFragment(start, end, 0, (element, frame) => {
    writeElement(binxml, element, frame, parts);
  });
  return parts.join("");
}

function writeElement(binxml: BinXml, element: ElementNode, frame: Frame, parts: string[]): void {
  let tag = element.name;
  for (const { name, content } of element.attributes) {
    if (binxml.isLeftOut(content, frame)) continue;
    tag += ` ${name}='${escapeXml(binxml.textOf(content, frame)).replaceAll("'", "&apos;")}'`;
  }
  const items = binxml.itemsOf(element.content, frame);
  if (items !== undefined) {
    for (const item of items) parts.push(`<${tag}>`, escapeXml(item), `</${element.name}>`);
  } else if (element.isEmptyTag) parts.push(`<${tag}/>`);
  else {
    parts.push(`<${tag}>`);
    for (const node of element.content) writeNode(binxml, node, frame, parts);
    parts.push(`</${element.name}>`);
  }
}

function writeNode(binxml: BinXml, node: Node, frame: Frame, parts: string[]): void {
  const content = [node];
  if (binxml.hasElements(content, frame)) {
    binxml.visitElements(content, frame, (element, inner) => {
      writeElement(binxml, element, inner, parts);
    });
  } else parts.push(escapeXml(binxml.textOf(content, frame)));
}

/** Besides what means something in XML, what may not stand in it at all. */
function escapeXml(text: string): string {
  return text.replace(
    /[&<>]|(?![\t\n\r\u007f-\u009f])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu,
    (character) => escapes.get(character) ?? "\ufffd",
  );
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
]);
