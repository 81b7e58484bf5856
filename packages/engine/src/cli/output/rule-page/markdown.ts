import {
  cellCode,
  escapeMarkdown,
  escapeMarkdownStart,
  fencedCode,
  inlineCode,
  plainMarkdown as plain,
} from "../markdown-text.ts";
import { linkOf, showsHost } from "../web-link.ts";
import type { ButtonWords } from "./describe-button.ts";
import { type GuideStyle, guideLines } from "./guide-lines.ts";
import type { Fact, PageException, PageTechnique, RulePage, SectionBody } from "./page.ts";

/** The page as Markdown. Everything of the rule is text in it: no HTML, no pictures, no links but those of the web. */
export function pageMarkdown(page: RulePage): string {
  const blocks = [
    `# ${plain(page.title)}`,
    plain(page.lead),
    ["|   |   |", "|---|---|", ...page.facts.map(factRow)].join("\n"),
    ...page.sections.map(({ title, body }) => `## ${title}\n\n${bodyMarkdown(body).join("\n")}`),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function factRow({ name, values, isCode }: Fact): string {
  const shown = values.map((value) => (isCode === true ? cellCode(value) : plain(value)));
  return `| ${name} | ${shown.join(", ")} |`;
}

function bodyMarkdown(body: SectionBody): readonly string[] {
  switch (body.kind) {
    case "code":
      return fencedCode(body.text);
    case "guide":
      return guideLines(body.blocks, markdownStyle);
    case "list":
      return body.items.map((item) => `- ${plain(item)}`);
    case "addresses":
      return body.items.map((item) => `- ${address(item)}`);
    case "techniques":
      return body.items.flatMap((tactic) => techniqueLines(tactic, ""));
    case "fields":
      return [
        "| field | type | |",
        "|---|---|---|",
        ...body.items.map(
          ({ name, type, isEcs }) =>
            `| ${cellCode(name)} | ${plain(type)} | ${isEcs === false ? "not of ECS" : ""} |`,
        ),
      ];
    case "exceptions":
      return body.items.flatMap(exceptionLines);
    default:
      return body satisfies never;
  }
}

function techniqueLines(
  { id, name, reference, successor, below }: PageTechnique,
  indent: string,
): readonly string[] {
  const link = linkOf(reference);
  const words = plain(`${id} ${name}`);
  const shown = link === undefined ? words : `[${words}](<${link.href}>)`;
  const today = successor === undefined ? "" : ` (now ${successor.id} ${plain(successor.name)})`;
  return [
    `${indent}- ${shown}${today}`,
    ...below.flatMap((each) => techniqueLines(each, `${indent}  `)),
  ];
}

function exceptionLines({ name, conditions, limits }: PageException): readonly string[] {
  const head = limits.length === 0 ? name : `${name} (${limits.join(", ")})`;
  return [`- ${plain(head)}`, ...conditions.map((each) => `  - ${plain(each)}`)];
}

const markdownStyle: GuideStyle = {
  text: escapeMarkdown,
  code: inlineCode,
  marked: (kind, inner) => {
    const mark = { emphasis: "*", strong: "**", struck: "~~" }[kind];
    return inner.trim() === "" ? inner : `${mark}${inner}${mark}`;
  },
  link: (target, inner, text) => {
    const link = linkOf(target);
    if (link === undefined) return text === target ? inner : `${inner} (${plain(target)})`;
    const open = `[${inner}](<${link.href}>)`;
    return showsHost(text, link) ? open : `${open} (${plain(link.host)})`;
  },
  label: (name) => `**${name}:** `,
  lineBreak: "\\\n",
  heading: (depth, inner) => [`${"#".repeat(Math.min(6, depth + 2))} ${inner}`],
  codeBlock: fencedCode,
  table: (head, rows) => [rowLine(head), rowLine(head.map(() => "---")), ...rows.map(rowLine)],
  cellCode,
  button: buttonLines,
  rule: "---",
  wrap: (text) => text.split("\n").map(escapeMarkdownStart),
};

function rowLine(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** A list of its own: what the button is, then its conditions. */
function buttonLines({ label, description, range, groups, code }: ButtonWords): readonly string[] {
  const about = [description, range].filter((text) => text !== "").map(plain);
  return [
    `- **\\[${plain(label)}\\]**${about.length === 0 ? "" : ` ${about.join(", ")}`}`,
    ...groups.flatMap((group, place) => [
      ...(place === 0 ? [] : ["  - or"]),
      ...group.map((condition) => `${place === 0 ? "  " : "    "}- ${inlineCode(condition)}`),
    ]),
    ...(code === "" ? [] : [`  - ${inlineCode(code)}`]),
  ];
}

function address(text: string): string {
  const link = linkOf(text);
  if (link === undefined) return plain(text);
  const open = `[${plain(text)}](<${link.href}>)`;
  return showsHost(text, link) ? open : `${open} (${plain(link.host)})`;
}
