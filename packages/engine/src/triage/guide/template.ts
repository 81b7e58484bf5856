import type { TemplatePart, TemplateValue } from "./guide.ts";

/** The text with its `{{field}}` found; a text without one is a constant. Blanks around a name do not count. */
export function readTemplate(text: string): TemplateValue {
  const parts: TemplatePart[] = [];
  let end = 0;
  for (;;) {
    const open = text.indexOf("{{", end);
    const close = open === -1 ? -1 : text.indexOf("}}", open);
    if (close === -1) break;
    const field = text.slice(open + 2, close).trim();
    if (field === "") break;
    parts.push(text.slice(end, open), { field });
    end = close + 2;
  }
  if (parts.length === 0) return text;
  return [...parts, text.slice(end)];
}

export function isTemplate(value: TemplateValue): value is readonly TemplatePart[] {
  return typeof value === "object";
}
