/**
 * The text of UTF-8 bytes. What is no UTF-8 becomes U+FFFD, one for each maximal part that begins like
 * a character, as the Encoding Standard has it. A byte order mark is a character like others.
 */
export function decodeUtf8(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  let text = "";
  const units: number[] = [];
  let at = start;
  while (at < end) {
    const lead = bytes[at] ?? 0;
    at += 1;
    if (lead < 0x80) units.push(lead);
    else {
      const form = formOf(lead);
      let point = lead & form.mask;
      let missing = form.more;
      let { least, most } = form;
      while (missing > 0 && at < end) {
        const next = bytes[at] ?? 0;
        if (next < least || next > most) break;
        point = (point << 6) | (next & 0x3f);
        at += 1;
        missing -= 1;
        least = 0x80;
        most = 0xbf;
      }
      if (form.more === 0 || missing > 0) units.push(replacement);
      else if (point > 0xffff) {
        units.push(0xd800 + ((point - 0x10000) >> 10), 0xdc00 + ((point - 0x10000) & 0x3ff));
      } else units.push(point);
    }
    if (units.length >= mostAtOnce) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}

const replacement = 0xfffd;
/** Arguments of one call: more might not fit the stack. */
const mostAtOnce = 4_096;

/** How many bytes follow a lead byte, and which the first of them may be: no long forms, no surrogates, nothing past U+10FFFF. */
interface Form {
  readonly more: number;
  readonly mask: number;
  readonly least: number;
  readonly most: number;
}

const forms = {
  none: { more: 0, mask: 0, least: 0x80, most: 0xbf },
  two: { more: 1, mask: 0x1f, least: 0x80, most: 0xbf },
  e0: { more: 2, mask: 0x0f, least: 0xa0, most: 0xbf },
  ed: { more: 2, mask: 0x0f, least: 0x80, most: 0x9f },
  three: { more: 2, mask: 0x0f, least: 0x80, most: 0xbf },
  f0: { more: 3, mask: 0x07, least: 0x90, most: 0xbf },
  f4: { more: 3, mask: 0x07, least: 0x80, most: 0x8f },
  four: { more: 3, mask: 0x07, least: 0x80, most: 0xbf },
} as const satisfies Record<string, Form>;

function formOf(lead: number): Form {
  if (lead < 0xc2 || lead > 0xf4) return forms.none;
  if (lead < 0xe0) return forms.two;
  if (lead === 0xe0) return forms.e0;
  if (lead === 0xed) return forms.ed;
  if (lead < 0xf0) return forms.three;
  if (lead === 0xf0) return forms.f0;
  return lead === 0xf4 ? forms.f4 : forms.four;
}
