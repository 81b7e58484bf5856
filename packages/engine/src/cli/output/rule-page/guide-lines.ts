import type { GuideBlock, GuideInline, GuideRow } from "../../../triage/index.ts";
import { type ButtonWords, describeButton } from "./describe-button.ts";

/** How the parts of a guide are written as lines: for a terminal, or as Markdown. Gets hostile text, gives harmless text. */
export interface GuideStyle {
  readonly text: (text: string) => string;
  readonly code: (text: string) => string;
  readonly marked: (kind: "emphasis" | "strong" | "struck", inner: string) => string;
  /** `text` is what `inner` was made of, where that is nothing but text. */
  readonly link: (target: string, inner: string, text: string) => string;
  readonly label: (name: string) => string;
  /** At the end of a line that the author broke. */
  readonly lineBreak: string;
  readonly heading: (depth: number, inner: string) => readonly string[];
  readonly codeBlock: (text: string) => readonly string[];
  readonly table: (
    head: readonly string[],
    rows: readonly (readonly string[])[],
  ) => readonly string[];
  /** As code stands in a table. */
  readonly cellCode: (text: string) => string;
  readonly button: (words: ButtonWords) => readonly string[];
  readonly rule: string;
  readonly wrap: (text: string, indent: number) => readonly string[];
}

/** The blocks as lines. `indent` columns stand before them. */
export function guideLines(
  blocks: readonly GuideBlock[],
  style: GuideStyle,
  indent = 0,
): readonly string[] {
  const shift = headingShift(blocks);
  return blocks.flatMap((block, place) => {
    const lines = blockLines(block, style, indent, shift);
    return place === 0 || isTight(block) || isTight(blocks[place - 1]) ? lines : ["", ...lines];
  });
}

/** What to add to the level of a heading so that the highest one is right below the title of its section. */
export function headingShift(blocks: readonly GuideBlock[]): number {
  const levels = blocks.flatMap((block) => (block.kind === "heading" ? [block.level] : []));
  return levels.length === 0 ? 0 : 1 - Math.min(...levels);
}

function isTight(block: GuideBlock | undefined): boolean {
  return block?.kind === "paragraph" && block.isTight;
}

function blockLines(
  block: GuideBlock,
  style: GuideStyle,
  indent: number,
  shift: number,
): readonly string[] {
  switch (block.kind) {
    case "heading":
      return style.heading(block.level + shift, inlineText(block.of, style));
    case "paragraph":
      return paragraphLines(block.of, style, indent);
    case "list":
      return listLines(block, style, indent);
    case "quote":
      return guideLines(block.of, style, indent + 2).map((line) => `> ${line}`.trimEnd());
    case "code":
      return style.codeBlock(block.text);
    case "table": {
      const cells = (row: GuideRow) =>
        row.map((cell) => inlineText(cell, { ...style, code: style.cellCode }));
      return style.table(cells(block.head), block.rows.map(cells));
    }
    case "rule":
      return [style.rule];
    default:
      return block satisfies never;
  }
}

/** Buttons stand below the text that they are in. */
function paragraphLines(
  of: readonly GuideInline[],
  style: GuideStyle,
  indent: number,
): readonly string[] {
  const text = inlineText(of, style).trim();
  const buttons = of.flatMap((each) =>
    each.kind === "button" ? style.button(describeButton(each.button, each.problem)) : [],
  );
  return [...(text === "" ? [] : style.wrap(text, indent)), ...buttons];
}

function listLines(
  { start, items }: Extract<GuideBlock, { kind: "list" }>,
  style: GuideStyle,
  indent: number,
): readonly string[] {
  return items.flatMap((item, place) => {
    const mark = start === undefined ? "- " : `${start + place}. `;
    const lines = guideLines(item, style, indent + mark.length);
    const gap = place > 0 && !isTight(item[0]) ? [""] : [];
    return [
      ...gap,
      ...(lines.length === 0 ? [mark.trimEnd()] : []),
      ...lines.map((line, at) =>
        line === "" ? "" : `${at === 0 ? mark : " ".repeat(mark.length)}${line}`,
      ),
    ];
  });
}

function inlineText(of: readonly GuideInline[], style: GuideStyle): string {
  return of.map((each) => oneInline(each, style)).join("");
}

/** The text of a link that is nothing but text; empty for others. */
export function plainText(of: readonly GuideInline[]): string {
  const [only] = of;
  return of.length === 1 && only?.kind === "text" ? only.text : "";
}

function oneInline(inline: GuideInline, style: GuideStyle): string {
  switch (inline.kind) {
    case "text":
      return style.text(inline.text);
    case "code":
      return style.code(inline.text);
    case "emphasis":
    case "strong":
    case "struck":
      return style.marked(inline.kind, inlineText(inline.of, style));
    case "link":
      return style.link(inline.target, inlineText(inline.of, style), plainText(inline.of));
    case "label":
      return style.label(`${inline.name.charAt(0).toUpperCase()}${inline.name.slice(1)}`);
    case "break":
      return style.lineBreak;
    case "button":
      return "";
    default:
      return inline satisfies never;
  }
}
