import type { Colors } from "../../terminal.ts";
import { nameValueLines } from "../table.ts";
import { visibleLines, visibleText } from "../terminal-text.ts";
import { wrapText } from "../text-width.ts";
import type { ButtonWords } from "./describe-button.ts";
import { type GuideStyle, guideLines } from "./guide-lines.ts";
import type { PageException, PageTechnique, RulePage, SectionBody } from "./page.ts";

export interface PageTextOptions {
  readonly width: number;
  readonly colors: Colors;
}

/** The page for a terminal. */
export function pageText(page: RulePage, options: PageTextOptions): string {
  const { width, colors } = options;
  const facts = page.facts.map(
    ({ name, values }) => [name, visibleText(values.join(", "))] as const,
  );
  const blocks = [
    [colors.bold(visibleText(page.title))],
    wrapped(page.lead, width),
    nameValueLines(facts, width, colors.dim),
    ...page.sections.map(({ title, body }) => [
      colors.bold(title),
      ...bodyLines(body, options).map((line) => (line === "" ? "" : `  ${line}`)),
    ]),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function wrapped(text: string, width: number): string[] {
  return visibleLines(text)
    .split("\n")
    .flatMap((line) => wrapText(line, width));
}

function bodyLines(body: SectionBody, options: PageTextOptions): readonly string[] {
  const width = options.width - 2;
  switch (body.kind) {
    case "code":
      // A query must stay as it is, to be copied; a terminal breaks its long lines where it must.
      return visibleLines(body.text).split("\n");
    case "guide":
      return guideLines(body.blocks, textStyle(width, options.colors));
    case "list":
    case "addresses":
      return body.items.flatMap((item) => listItem(visibleText(item), width));
    case "techniques":
      return body.items.flatMap((tactic) => techniqueLines(tactic, ""));
    case "fields":
      return nameValueLines(
        body.items.map(({ name, type, isEcs }) => [
          visibleText(name),
          visibleText(isEcs === false ? `${type}, not of ECS` : type),
        ]),
        width,
      );
    case "exceptions":
      return body.items.flatMap((item) => exceptionLines(item, width));
    default:
      return body satisfies never;
  }
}

function listItem(text: string, width: number): string[] {
  return wrapText(text, width - 2).map((line, place) => `${place === 0 ? "- " : "  "}${line}`);
}

function techniqueLines(
  { id, name, successor, below }: PageTechnique,
  indent: string,
): readonly string[] {
  const today = successor === undefined ? "" : ` (now ${successor.id} ${successor.name})`;
  return [
    `${indent}${visibleText(`${id} ${name}`)}${today}`,
    ...below.flatMap((each) => techniqueLines(each, `${indent}  `)),
  ];
}

function exceptionLines({ name, conditions, limits }: PageException, width: number): string[] {
  const head = limits.length === 0 ? name : `${name} (${limits.join(", ")})`;
  return [
    ...wrapText(visibleText(head), width),
    ...conditions
      .flatMap((each) => listItem(visibleText(each), width - 2))
      .map((line) => `  ${line}`),
  ];
}

function textStyle(width: number, colors: Colors): GuideStyle {
  return {
    text: visibleText,
    code: (text) => `\`${visibleText(text)}\``,
    marked: (_, inner) => inner,
    link: (target, inner, text) => (text === target ? inner : `${inner} (${visibleText(target)})`),
    label: (name) => `${name}: `,
    lineBreak: "\n",
    heading: (_, inner) => wrapText(inner, width).map((line) => colors.bold(line)),
    codeBlock: (text) =>
      visibleLines(text)
        .split("\n")
        .map((line) => `    ${line}`),
    table: (head, rows) => [head, ...rows].flatMap((row) => wrapText(row.join(" | "), width)),
    cellCode: visibleText,
    button: (words) => buttonLines(words).map((line) => colors.cyan(line)),
    rule: "---",
    wrap: (text, indent) =>
      text.split("\n").flatMap((line) => wrapText(line, Math.max(20, width - indent))),
  };
}

function buttonLines({ label, description, range, groups, code }: ButtonWords): readonly string[] {
  const about = [description, range].filter((text) => text !== "").join(", ");
  return [
    `[${label}]${about === "" ? "" : ` ${about}`}`,
    ...groups.flatMap((group, place) => [
      ...(place === 0 ? [] : ["  or"]),
      ...group.map((condition) => `  ${condition}`),
    ]),
    ...(code === "" ? [] : [`  ${code}`]),
  ].map(visibleText);
}
