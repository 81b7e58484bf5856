import { type Fields, putKey } from "../fields.ts";

const entities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * The values of `<Data Name="x">text</Data>` in a piece of XML. Not an XML reader: Windows renders
 * EventData in this one way, without comments, sections or elements inside.
 */
export function readXmlData(xml: string): Fields {
  const data: Fields = {};
  for (let at = xml.indexOf("<Data"); at >= 0; at = xml.indexOf("<Data", at + 1)) {
    const tagEnd = xml.indexOf(">", at);
    if (tagEnd < 0) break;
    const name = /^<Data Name=(?:"([^"]*)"|'([^']*)')$/.exec(xml.slice(at, tagEnd));
    const end = xml.indexOf("</Data>", tagEnd);
    const key = name?.[1] ?? name?.[2];
    if (key === undefined || end < 0) continue;
    putKey(data, decode(key), decode(xml.slice(tagEnd + 1, end)));
    at = end;
  }
  return data;
}

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, digits, hex, name) => {
      if (name !== undefined) return entities.get(name) ?? whole;
      const code = digits === undefined ? Number.parseInt(hex, 16) : Number(digits);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
